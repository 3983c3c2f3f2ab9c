"""A policy document (政策): its clauses, its measures, and the rules that hold for all of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from duixian.errors import NOWHERE, Place
from duixian.rules.clause import Clause
from duixian.rules.decided import Decided
from duixian.rules.definition import Definition
from duixian.rules.expression import Expression
from duixian.rules.interpretation import Interpretation
from duixian.rules.measure import Measure
from duixian.rules.region import Region
from duixian.rules.target import Chain, Target, Task
from duixian.rules.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a document (公文头): number, titles, issuer and the days around it."""

    number: str
    title: str
    notice_title: str = ""
    short_name: str = ""
    issuer: str = ""
    adopted_by: str = ""
    written_on: date | None = None
    printed_on: date | None = None
    status: str = "有效"


@dataclass(frozen=True, slots=True)
class Validity:
    """From which day to which the document applies (有效期), both days included."""

    first_day: Decided[date]
    last_day: Decided[date]
    clause: str
    place: Place = NOWHERE


class SameMatter(StrEnum):
    """What makes two awards one matter (同一事项)."""

    SAME_FACT = "同一事实"
    SAME_OBJECT = "同一对象"


class CumulationReach(StrEnum):
    """Between which awards 就高不重复 holds."""

    OTHER_DOCUMENTS = "不同文件"
    ALL_CLAUSES = "全部条款"


class AfterPayment(StrEnum):
    """What the higher award gives when a lower one of the same matter has been paid already."""

    DIFFERENCE = "补差"
    NOTHING = "不再兑付"


@dataclass(frozen=True, slots=True)
class Cumulation:
    """The document's rule against paying one matter twice (就高不重复)."""

    clause: str
    same_matter: Decided[SameMatter]
    reach: Decided[CumulationReach]
    after_payment: Decided[AfterPayment]
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Exclusion:
    """Facts that bar an award (排除). ``exempt`` lists the rows to which it does not apply."""

    name: str
    clause: str
    condition: Expression
    exempt: Decided[frozenset[str]]
    place: Place = NOWHERE


class Remainder(StrEnum):
    """Who bears the fen that a ratio leaves over (尾差)."""

    COUNTY = "县区承担"
    CITY = "市级承担"


@dataclass(frozen=True, slots=True)
class ShareRule:
    """Who pays (分担): a fixed ratio city:county, or the city's fiscal table (现行财政体制) when ``ratio`` is None.

    Empty ``clauses`` or ``areas`` mean all. The first rule that fits holds.
    """

    clause: str
    clauses: frozenset[str]
    areas: frozenset[str]
    ratio: tuple[int, int] | None
    basis: str
    remainder: Decided[Remainder] = Remainder.COUNTY
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Policy:
    """A whole policy document (政策文件), in the order of its text."""

    head: Head
    validity: Validity
    clauses: tuple[Clause, ...]
    measures: tuple[Measure, ...]
    cumulation: Cumulation | None = None
    exclusions: tuple[Exclusion, ...] = ()
    shares: tuple[ShareRule, ...] = ()
    targets: tuple[Target, ...] = ()
    tasks: tuple[Task, ...] = ()
    chains: tuple[Chain, ...] = ()
    definitions: tuple[Definition, ...] = ()
    file: str = ""
    original_file: str = ""

    @property
    def number(self) -> str:
        """The document number (文号)."""
        return self.head.number

    def clause(self, clause_id: str) -> Clause:
        """The clause of that id; KeyError when there is none."""
        for clause in self.clauses:
            if clause.id == clause_id:
                return clause
        raise KeyError(clause_id)


@dataclass(frozen=True, slots=True)
class City:
    """A folder of policies (城市): words, places, open questions, and the documents in the order of their coming."""

    name: str
    vocabulary: Vocabulary
    region: Region
    policies: tuple[Policy, ...]
    interpretations: Mapping[str, Interpretation]
    folder: str = ""

    @property
    def decisions(self) -> dict[str, str]:
        """The option that holds for every interpretation: the ruling's, else the default."""
        return {name: each.holding_option for name, each in self.interpretations.items()}

    @property
    def measures(self) -> tuple[Measure, ...]:
        """All measures in document order."""
        return tuple(measure for policy in self.policies for measure in policy.measures)

    def policy(self, number: str) -> Policy:
        """The document of that number; KeyError when there is none."""
        for policy in self.policies:
            if policy.number == number:
                return policy
        raise KeyError(number)
