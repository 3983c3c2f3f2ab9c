"""Award lines (结果行): what every engine returns, as columns; ``workload.md`` tells their meaning."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from bench.world.columns import Int8, Int32, Int64

PAYABLE, NOT_HIGHEST, OVER_LIMIT, INELIGIBLE, NOT_IN_FORCE, UNDECIDED, UNKNOWN = range(7)
"""Codes of outcomes, in the order of ``duixian.rules.determination.Outcome``."""
NONE = -1
"""No measure, no row, an unknown sum."""


@dataclass(frozen=True, slots=True)
class Lines:
    """One value for each fact under each measure; sums in fen, ``NONE`` where there is none."""

    enterprise: Int32
    measure: Int8
    row: Int8
    fact: Int32
    outcome: Int8
    ceiling_fen: Int64
    amount_fen: Int64
    city_fen: Int64
    county_fen: Int64

    def __len__(self) -> int:
        return len(self.fact)

    def sorted(self) -> Lines:
        """The same lines by fact and measure, for comparing line by line."""
        order = np.lexsort((self.measure, self.fact))
        return Lines(*(getattr(self, each.name)[order] for each in fields(self)))


def differences(one: Lines, two: Lines, most: int = 5) -> list[str]:
    """The first few facts on which two engines differ, told in full."""
    one, two = one.sorted(), two.sorted()
    names = [each.name for each in fields(Lines)]
    if len(one) != len(two):
        strange = np.setdiff1d(_keys(one), _keys(two)), np.setdiff1d(_keys(two), _keys(one))
        return [
            f"{len(one)} lines and {len(two)} lines; only in one: {strange[0][:most]}, only in two: {strange[1][:most]}"
        ]
    unlike = np.zeros(len(one), dtype=np.bool_)
    for name in names:
        unlike |= getattr(one, name) != getattr(two, name)
    told = (
        [int(getattr(lines, name)[place]) for lines in (one, two) for name in names]
        for place in np.flatnonzero(unlike)[:most]
    )
    width = len(names)
    return [
        f"{dict(zip(names, each[:width], strict=True))} or {dict(zip(names, each[width:], strict=True))}"
        for each in told
    ]


def _keys(lines: Lines) -> Int64:
    return lines.fact.astype(np.int64) * 32 + lines.measure + 1
