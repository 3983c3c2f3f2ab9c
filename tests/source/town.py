"""The small city that the tests of the reader use, and ways to read single expressions and tables of it."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from duixian.errors import Problem
from duixian.rules.clause import Binding
from duixian.rules.expression import Expression, Type
from duixian.rules.policy import City, Policy
from duixian.source.city import read_city
from duixian.source.desk import Desk
from duixian.source.expression import read_expression
from duixian.source.reference import Frame
from duixian.source.region import written_names
from duixian.source.report import Report
from duixian.source.titles import TitleReader
from duixian.source.yaml_tree import Excerpt, Origin, ScalarNode

TOWN = Path(__file__).parent / "data" / "town"
POLICY = TOWN / "aid-2026" / "policy.md"


@cache
def town() -> City:
    """The small city, read without a problem."""
    reading = read_city(TOWN)
    assert not reading.problems, reading.problems
    assert reading.city is not None
    return reading.city


def aid() -> Policy:
    """Its one document."""
    return town().policies[0]


def copy_of_town(folder: Path) -> Path:
    """A copy that a test may spoil."""
    return Path(shutil.copytree(TOWN, folder / "town"))


def desk() -> Desk:
    """A desk with the town's words, and nothing put down yet."""
    city = town()
    return Desk(
        titles=TitleReader.of(city.vocabulary),
        region=city.region,
        interpretations=city.interpretations,
        has_all_questions=True,
        report=Report(),
        area_names=written_names(city.region.areas.values()),
        unit_names=written_names(city.region.units.values()),
    )


@dataclass(frozen=True, slots=True)
class Read:
    """What came of reading one expression."""

    expression: Expression | None
    problems: tuple[Problem, ...]
    bindings: tuple[Binding, ...]

    @property
    def codes(self) -> list[str]:
        """The codes of the problems, in their order."""
        return [problem.code.removeprefix("source.") for problem in self.problems]


def excerpt(text: str) -> Excerpt:
    """A text as it would stand in line 1 of a file."""
    origin = Origin("rule.md", 1, (text,))
    return Excerpt.whole(ScalarNode(text, " ", origin, (0, 0), (0, len(text))))


def read(text: str, kind: str = "投资", expected: Type = Type.FLAG) -> Read:
    """An expression over a fact of this kind."""
    own = desk()
    found = read_expression(excerpt(text), expected, Frame((town().vocabulary.kinds[kind],)), own)
    return Read(found, own.report.sorted(), tuple(own.bindings))
