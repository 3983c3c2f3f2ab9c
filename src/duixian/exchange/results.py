"""The results of a run (结果): what was determined for whom, from which facts, as of which day, under which decisions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from duixian.errors import Problem
from duixian.exchange.roster import UncertainName
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
    the city's own decisions; ``problems`` and ``uncertain`` are what the tables left open.
    """

    city: City
    as_of: date
    dossiers: Mapping[str, Dossier]
    determinations: tuple[Determination, ...]
    rulings: Mapping[str, str] = field(default_factory=dict)
    is_strict: bool = False
    problems: tuple[Problem, ...] = ()
    uncertain: tuple[UncertainName, ...] = ()
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

    def name_of(self, code: str) -> str:
        """The enterprise's name."""
        return self.dossiers[code].name

    def area_of(self, code: str) -> str:
        """The enterprise's area, "" when the facts do not say."""
        return str(self.dossiers[code].subject.get(AREA, ""))

    def clause_name(self, document: str, clause: str) -> str:
        """The name of a clause, "" when the policy has none."""
        return self._clause_names().get((document, clause), "")

    def _clause_names(self) -> dict[tuple[str, str], str]:
        return {
            (policy.number, each.id): each.name for policy in self.city.policies for each in policy.clauses
        }
