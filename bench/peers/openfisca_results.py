"""What OpenFisca's arrays tell (OpenFisca 结果): lines where it computed them, else sums, each amount rounded to the fen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from bench.peers.engine import Money
from bench.peers.lines import INELIGIBLE, NONE, PAYABLE, UNKNOWN, Lines
from bench.peers.openfisca_law import own_name
from bench.peers.openfisca_measures import NOT_ABOUT, every_measure
from bench.world.columns import SLOTS, Int32, Int64

PAID = ("paid", "paid_by_city", "paid_by_county")
Made = list[tuple[Int32, dict[str, Any]]]
"""For every simulation its facts' numbers and what was asked for."""


def money_of(made: Made) -> Money:
    """Sums of what each fact gets."""
    awards, sums = 0, np.zeros(3, dtype=np.int64)
    for _, found in made:
        paid = [_fen(found[name]) for name in PAID]
        awards += int(np.count_nonzero(paid[0]))
        sums += [each.sum() for each in paid]
    return Money(awards, *(int(each) for each in sums))


def lines_of(made: Made) -> Lines:
    """The results as lines: one for each fact and measure that is about it, one for a fact that no measure is about."""
    found = [line for number, of in made for line in _lines_of(number, of)]
    types = (np.int32, np.int8, np.int8, np.int32, np.int8, np.int64, np.int64, np.int64, np.int64)
    return Lines(
        *(
            np.concatenate(each).astype(type_)
            for each, type_ in zip(zip(*found, strict=True), types, strict=True)
        )
    )


def _lines_of(number: Int32, found: dict[str, Any]) -> Iterator[tuple[Any, ...]]:
    is_nobodys = np.ones(len(number), dtype=bool)
    _, city, county = (_fen(found[name]) for name in PAID)
    first_row = 0
    for place, measure in enumerate(every_measure()):
        row, ceiling, outcome, given = (
            found[f"{own_name(measure.id)}_{what}"] for what in ("row", "ceiling", "outcome", "given")
        )
        at = np.flatnonzero(outcome != NOT_ABOUT)
        is_nobodys[at] = False
        is_given, is_unknown = outcome[at] == PAYABLE, outcome[at] == UNKNOWN
        yield (
            number[at] // SLOTS, np.full(len(at), place), np.where(row[at] > 0, row[at] - 1 + first_row, NONE), number[at],
            outcome[at], np.where(ceiling[at] < 0, NONE, _fen(ceiling[at])), np.where(is_unknown, NONE, _fen(given[at])),
            np.where(is_given, city[at], NONE), np.where(is_given, county[at], NONE),
        )  # fmt: skip
        first_row += len(measure.rows)
    left = number[is_nobodys]
    none, zero = np.full(len(left), NONE), np.zeros(len(left), dtype=np.int64)
    yield left // SLOTS, none, none, left, np.full(len(left), INELIGIBLE), none, zero, none, none


def _fen(yuan: Any) -> Int64:
    """Float32 yuan rounded to the fen: the best that it allows."""
    fen: Int64 = np.rint(yuan.astype(np.float64) * 100).astype(np.int64)
    return fen
