"""The plan around the money: targets (目标), tasks (任务) and the taxonomy of industry chains (产业链分类)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from duixian.errors import NOWHERE, Place
from duixian.rules.expression import Expression


class TargetNature(StrEnum):
    """How a target is counted (目标性质)."""

    LEVEL = "达到"
    GROWTH = "年均增长"
    STOCK = "存量"
    CUMULATIVE = "累计"
    FLOW = "每年"


class TargetRelation(StrEnum):
    """How the figure binds (关系)."""

    AT_LEAST = "以上"
    EXACTLY = "等于"
    ABOUT = "左右"


@dataclass(frozen=True, slots=True)
class Measurement:
    """How facts measure a target (度量): count the enterprises, objects or facts of a kind that meet a condition."""

    kind: str
    condition: Expression
    per: str


@dataclass(frozen=True, slots=True)
class Target:
    """A number with a deadline (目标). ``value`` is fen for 亿元, a count otherwise, basis points for growth; see ``unit``."""

    id: str
    indicator: str
    nature: TargetNature
    relation: TargetRelation
    value: int
    unit: str
    from_year: int | None
    to_year: int | None
    clause: str
    document: str
    units: tuple[str, ...] = ()
    measurement: Measurement | None = None
    source: str = ""
    interpretations: tuple[str, ...] = ()
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Task:
    """Something to be done by named units (任务). The first unit leads; implementers are inherited where the text says so."""

    number: int
    name: str
    group: str
    actions: tuple[str, ...]
    units: tuple[str, ...]
    implementers: tuple[str, ...]
    targets: tuple[str, ...]
    clause: str
    document: str
    interpretations: tuple[str, ...] = ()
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Branch:
    """A leaf of the taxonomy (分类叶): a run-in head such as 海工装备 with the products that the text names."""

    name: str
    products: tuple[str, ...]
    industry_codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Chain:
    """One industry of the 1+3+4 taxonomy (产业链), with its tier (重点, 特色, 巩固提升) and leaves."""

    name: str
    tier: str
    branches: tuple[Branch, ...]
    clause: str
    document: str
    place: Place = NOWHERE
