"""Totals of a run (合计与校验): what engines must agree on, to the fen and to the line."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bench.peers.lines import NONE, PAYABLE, Lines
from bench.world.draws import Words, mixed

BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Totals:
    """Counts and sums in fen over all lines; ``mix`` is the sum of all stirred lines mod 2^64, as 16 hexadecimal digits."""

    lines: int
    outcomes: tuple[int, ...]
    paid_fen: int
    city_fen: int
    county_fen: int
    ceiling_fen: int
    mix: str

    @property
    def money(self) -> tuple[int, int, int, int]:
        """What an engine without lines can still be held to: awards given, and their sums in fen."""
        return (self.outcomes[PAYABLE], self.paid_fen, self.city_fen, self.county_fen)


def totals(lines: Lines) -> Totals:
    """The totals of a run, block by block."""
    given = lines.outcome == PAYABLE
    stirred = 0
    for start in range(0, len(lines), BLOCK):
        stirred += int(_stirred(lines, slice(start, start + BLOCK)).sum(dtype=np.uint64))
    return Totals(
        lines=len(lines),
        outcomes=tuple(int(count) for count in np.bincount(lines.outcome, minlength=7)),
        paid_fen=int(lines.amount_fen[given].sum()),
        city_fen=int(lines.city_fen[given].sum()),
        county_fen=int(lines.county_fen[given].sum()),
        ceiling_fen=int(lines.ceiling_fen[lines.ceiling_fen != NONE].sum()),
        mix=f"{stirred % (1 << 64):016x}",
    )


def _stirred(lines: Lines, part: slice) -> Words:
    key = lines.fact[part].astype(np.int64)
    for column, shift in ((lines.measure, 40), (lines.row, 48)):
        key += (column[part].astype(np.int64) + 1) << shift
    key += lines.outcome[part].astype(np.int64) << 56
    words = mixed(key.view(np.uint64))
    for sums in (lines.ceiling_fen, lines.amount_fen, lines.city_fen, lines.county_fen):
        words = mixed(words ^ np.ascontiguousarray(sums[part], dtype=np.int64).view(np.uint64))
    return words
