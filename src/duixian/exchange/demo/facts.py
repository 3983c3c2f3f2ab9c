"""The facts of the demo city as they pile up (虚构事实): rows by kind, each with its number and its body.

Numbers are unique over all kinds, since 事实编号 may lead to any of them. Money is in fen.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from random import Random

from duixian.exchange.demo.city import Body, pools_of
from duixian.rules.fact import Value

Row = dict[str, Value]
"""One row: the known fields of a fact, by the names of the vocabulary."""

LETTERS = {
    "认定": "R",
    "投资项目": "T",
    "攻关项目": "G",
    "产品交付": "J",
    "标准": "B",
    "上级支持": "S",
    "已兑付": "D",
    "企业变更": "C",
    "负面记录": "F",
}
"""The fact kinds in the order of their tables, with the letter that begins their numbers."""

NUMBER, CODE, NAME = "编号", "统一社会信用代码", "企业名称"


@dataclass(frozen=True, slots=True)
class DemoFact:
    """A row with the body that it belongs to (虚构事实); ``plan`` says what it was made for: a programme, a kind of project."""

    body: Body
    row: Row
    plan: str = ""

    @property
    def day(self) -> date:
        """The day it happened: the first date of its row."""
        return next(value for value in self.row.values() if isinstance(value, date))


@dataclass(slots=True)
class DemoCity:
    """The city while it is being written (虚构城市). ``entered`` are the codes that became 规上 along the way."""

    seed: int
    bodies: tuple[Body, ...]
    facts: dict[str, list[DemoFact]] = field(default_factory=lambda: {kind: [] for kind in LETTERS})
    entered: set[str] = field(default_factory=set)
    pools: Mapping[str, tuple[Body, ...]] = field(init=False)

    def __post_init__(self) -> None:
        """Sort the bodies into pools."""
        self.pools = pools_of(self.bodies)

    def random(self, step: str) -> Random:
        """The random numbers of one step: its own, so that a change of one step leaves the others as they are."""
        return Random(f"{self.seed}/{step}")

    def add(self, kind: str, body: Body, values: Mapping[str, Value], plan: str = "") -> Row:
        """Enter a fact and give it its number."""
        number = f"{LETTERS[kind]}{len(self.facts[kind]) + 1:06d}"
        row: Row = {NUMBER: number, CODE: body.code, NAME: body.name, **values}
        self.facts[kind].append(DemoFact(body, row, plan))
        return row

    def quota(self, yearly: int) -> int:
        """How many a year in a city of this size, given how many in one of 3,000 bodies; never none."""
        return max(1, yearly * len(self.bodies) // 3_000)
