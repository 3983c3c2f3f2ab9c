"""The results of a run (结果): what was determined for whom, from which facts, as of which day, under which decisions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from duixian.errors import Problem
from duixian.exchange.tables.facts import TableCount
from duixian.exchange.tables.roster import UncertainName
from duixian.rules.determination import Determination
from duixian.rules.fact import Dossier
from duixian.rules.house_words import AREA
from duixian.rules.interpretation import Interpretation
from duixian.rules.policy import City
from duixian.wording import Language


@dataclass(frozen=True, slots=True)
class Results:
    """All that one run found, in the order in which it is told (结果).

    ``determinations`` go by credit code, then in document order. ``rulings`` are the options taken for this run on top of
    the city's own decisions; ``problems``, ``uncertain`` and ``tables`` are what the reading of the tables told.
    """

    city: City
    as_of: date
    dossiers: Mapping[str, Dossier]
    determinations: tuple[Determination, ...]
    rulings: Mapping[str, str] = field(default_factory=dict)
    is_strict: bool = False
    problems: tuple[Problem, ...] = ()
    uncertain: tuple[UncertainName, ...] = ()
    tables: tuple[TableCount, ...] = ()
    language: Language = Language.CHINESE

    @property
    def decisions(self) -> dict[str, str]:
        """The option that held in this run for every interpretation."""
        return self.city.decisions | dict(self.rulings)

    @property
    def open_questions(self) -> tuple[Interpretation, ...]:
        """The questions that nobody has decided, in the order of the documents."""
        return tuple(
            each
            for name, each in self.city.interpretations.items()
            if not each.is_decided and name not in self.rulings
        )

    @property
    def rows_set_aside(self) -> int:
        """How many rows of the tables are in no dossier, repeated ones too."""
        return sum(each.rows - each.kept for each in self.tables)

    @property
    def has_open_ends(self) -> bool:
        """Whether something of the tables could not be used and waits for a person."""
        return bool(self.uncertain) or any(problem.is_error for problem in self.problems)

    def name_of(self, code: str) -> str:
        """The enterprise's name."""
        return self.dossiers[code].name

    def area_of(self, code: str) -> str:
        """The enterprise's area, "" when the facts do not say."""
        return str(self.dossiers[code].subject.get(AREA, ""))

    def clause_names(self) -> dict[tuple[str, str], str]:
        """The names of all clauses, by document number and clause id."""
        return {
            (policy.number, each.id): each.name for policy in self.city.policies for each in policy.clauses
        }
