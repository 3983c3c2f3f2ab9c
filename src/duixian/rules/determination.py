"""Determinations (认定结果): what a policy gives for a fact, how much at most, and why; or why nothing.

These types are named tuples, not dataclasses: a run makes millions of them, and a tuple is made five times faster.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from fractions import Fraction
from functools import partial
from typing import NamedTuple


class Outcome(StrEnum):
    """What became of one fact under one measure (结论)."""

    PAYABLE = "可兑付"
    NOT_HIGHEST = "就高未取"
    OVER_LIMIT = "超出限额"
    INELIGIBLE = "不符合条件"
    NOT_IN_FORCE = "不在有效期"
    UNDECIDED = "待定"
    UNKNOWN = "待核"


class Step(StrEnum):
    """The way of one award (兑付步骤)."""

    MATCH = "匹配"
    ENTITLE = "计算"
    EXCLUDE = "排除"
    CHOOSE = "就高"
    SHARE = "分担"


class TraceLine(NamedTuple):
    """One step of the calculation (计算过程): a stable code, the clause it rests on, and the values that fill its words.

    The words live in ``duixian/wording/trace.toml``, so that recording a trace costs next to nothing.
    """

    step: Step
    code: str
    clause: str
    args: tuple[object, ...] = ()


write_line: Callable[[tuple[Step, str, str, tuple[object, ...]]], TraceLine] = partial(
    tuple.__new__, TraceLine
)
"""A trace line from its four parts. Runs write a dozen lines for every award, and this is twice as fast as the constructor."""


class Mark(NamedTuple):
    """An undecided interpretation that touches this determination (口径标记): what another option would give, in fen.

    ``amount_fen`` and ``city_fen`` are None while unknown under that option.
    """

    interpretation: str
    option: str
    outcome: Outcome
    amount_fen: int | None
    city_fen: int | None


class CostShare(NamedTuple):
    """Who bears the award (分担), in fen; both None while the fiscal rule is unknown (待定). The parts add up exactly."""

    city_fen: int | None
    county_fen: int | None
    basis: str


class Determination(NamedTuple):
    """What one measure gives for one fact (认定结果).

    Four numbers are kept apart: ``ceiling_fen`` (what the row allows, None while unknown), ``base_fen`` and ``rate``
    (of a rate subsidy), and ``amount_fen`` (the most that is left after choice and limits; None while unknown, 0 when
    nothing). What is paid (应付) is decided later, by approval. ``reason`` is the line that settled the outcome.
    """

    enterprise: str
    document: str
    clause: str
    measure_id: str
    measure: str
    row: str
    fact_kind: str
    fact: str
    outcome: Outcome
    ceiling_fen: int | None
    base_fen: int | None
    rate: Fraction | None
    is_exact: bool
    amount_fen: int | None
    reason: TraceLine
    trace: tuple[TraceLine, ...]
    share: CostShare | None
    marks: tuple[Mark, ...]
    missing: tuple[str, ...]
    year: int | None

    @property
    def key(self) -> tuple[str, str, str, str, str]:
        """What identifies it within a run: enterprise, document, measure, fact kind, fact."""
        return (self.enterprise, self.document, self.measure_id, self.fact_kind, self.fact)


write_determination: Callable[[tuple[object, ...]], Determination] = partial(tuple.__new__, Determination)
"""A determination from its fields in order; as quick as :data:`write_line`, and as little to be used outside of engines."""
