"""Enterprises and what happens to them (造企业): a pure function of the seed and the enterprises' numbers."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from bench.world.columns import (
    AREAS,
    MISSING,
    SLOTS,
    Columns,
    Enterprises,
    Int32,
    Int64,
    Projects,
    Recognitions,
    Supports,
)
from bench.world.draws import Words, bits, draw
from bench.world.happenings import (
    CERTIFICATE,
    CHARACTER_OF,
    FIRST_PROJECT,
    SOFTWARE,
    SUPPORT,
    TABLE_BITS,
    happening_table,
)

FIRST_DAY, LAST_DAY = (int(np.datetime64(day).astype(np.int64)) for day in ("2025-01-01", "2027-12-31"))
DECEMBER = int(np.datetime64("2025-12-01").astype(np.int64))
"""December 2025: both documents are in force, and one fact in five falls into it."""
_HAPPENINGS = happening_table()
_COUNT_ENDS = np.cumsum([51, 57, 56, 41, 26, 15, 10])
"""Of 256 enterprises, how many have 0, 1, … 6 facts; 2.08 on average."""
_CERTIFICATE_SLOT = 6
_AMOUNT_UNIT_FEN, _ROUND_FEN = 50_000_000, 100_000_000


class _Facts(NamedTuple):
    """Facts of all kinds: enterprise within the block, slot, what happens, day, and bits left to draw from."""

    enterprise: Int64
    slot: Int64
    happening: npt.NDArray[np.uint8]
    day: Int64
    words: Words


def world_columns(seed: int, first: int, last: int) -> Columns:
    """The enterprises with the numbers ``first`` to ``last`` - 1 and all their facts; about 70 bytes for each enterprise.

    Whatever the stretches a world is cut into, it is the same world.
    """
    own = draw(seed, 0, np.arange(first, last, dtype=np.int64))
    character = CHARACTER_OF[bits(own, 0, 4)]
    facts = _with_certificates(_ordinary(seed, first, own, character), seed, first, own, character)
    kind = facts.happening
    return Columns(
        _enterprises(first, own, character),
        _recognitions(first, _chosen(facts, kind < FIRST_PROJECT)),
        _projects(seed, first, _chosen(facts, (kind >= FIRST_PROJECT) & (kind < SUPPORT))),
        _supports(first, _chosen(facts, kind == SUPPORT)),
    )


def _enterprises(first: int, own: Words, character: npt.NDArray[np.uint8]) -> Enterprises:
    chance = bits(own, 4, 6)
    size = np.where(chance < 26, 0, 2).astype(np.int8)
    size[(chance < 52) & (character == SOFTWARE)] = 1
    size[chance == 63] = 1
    return Enterprises(first, size, (bits(own, 10, 8) % len(AREAS)).astype(np.int8))


def _ordinary(seed: int, first: int, own: Words, character: npt.NDArray[np.uint8]) -> _Facts:
    """Up to six facts of every enterprise, one in five of them in December 2025."""
    counts = np.searchsorted(_COUNT_ENDS, bits(own, 18, 8), side="right")
    enterprise = np.repeat(np.arange(len(own), dtype=np.int64), counts)
    slot = np.arange(len(enterprise), dtype=np.int64) - np.repeat(np.cumsum(counts) - counts, counts)
    words = draw(seed, 1, (enterprise + first) * SLOTS + slot)
    happening = _HAPPENINGS[character[enterprise], bits(words, 0, TABLE_BITS)]
    # A support is of an earlier fact; where there is none the enterprise renews its certificate.
    happening[(happening == SUPPORT) & (slot == 0)] = CERTIFICATE
    spread = FIRST_DAY + (bits(words, 12, 16) * (LAST_DAY - FIRST_DAY + 1) >> 16)
    december = DECEMBER + (bits(words, 12, 16) * 31 >> 16)
    return _Facts(enterprise, slot, happening, np.where(bits(words, 28, 8) < 46, december, spread), words)


def _with_certificates(
    facts: _Facts, seed: int, first: int, own: Words, character: npt.NDArray[np.uint8]
) -> _Facts:
    """One software maker in twelve takes 8 to 14 certificates more within one year: more than the year's limit pays."""
    takes = (character == SOFTWARE) & (bits(own, 26, 8) < 21)
    counts = np.where(takes, 8 + bits(own, 34, 8) % 7, 0)
    enterprise = np.repeat(np.arange(len(own), dtype=np.int64), counts)
    turn = np.arange(len(enterprise), dtype=np.int64) - np.repeat(np.cumsum(counts) - counts, counts)
    slot = turn + _CERTIFICATE_SLOT
    words = draw(seed, 1, (enterprise + first) * SLOTS + slot)
    year = FIRST_DAY + 365 * (1 + bits(own, 42, 1))[enterprise]
    more = _Facts(
        enterprise,
        slot,
        np.full(len(slot), CERTIFICATE, np.uint8),
        year + (bits(words, 12, 16) * 365 >> 16),
        words,
    )
    both = _Facts(
        np.concatenate((facts.enterprise, more.enterprise)),
        np.concatenate((facts.slot, more.slot)),
        np.concatenate((facts.happening, more.happening)),
        np.concatenate((facts.day, more.day)),
        np.concatenate((facts.words, more.words)),
    )
    order = np.argsort(both.enterprise * SLOTS + both.slot, kind="stable")
    return _chosen(both, order)


def _chosen(facts: _Facts, which: npt.NDArray[np.bool_] | npt.NDArray[np.intp]) -> _Facts:
    return _Facts(
        facts.enterprise[which],
        facts.slot[which],
        facts.happening[which],
        facts.day[which],
        facts.words[which],
    )


def _numbers(first: int, facts: _Facts) -> tuple[Int32, Int32]:
    enterprise = facts.enterprise + first
    return enterprise.astype(np.int32), (enterprise * SLOTS + facts.slot).astype(np.int32)


def _recognitions(first: int, facts: _Facts) -> Recognitions:
    enterprise, number = _numbers(first, facts)
    renewed = (bits(facts.words, 36, 4) < 2).astype(np.int8)
    title = facts.happening.astype(np.int16)
    return Recognitions(enterprise, title, renewed, facts.day.astype(np.int32), number)


def _projects(seed: int, first: int, facts: _Facts) -> Projects:
    enterprise, number = _numbers(first, facts)
    words = draw(seed, 2, number.astype(np.int64))
    unit = _AMOUNT_UNIT_FEN << bits(words, 0, 3)
    fen = unit + (bits(words, 3, 24) * unit >> 24)
    # One amount in eight is a round number of million yuan: thresholds are met exactly, and awards are equal.
    is_round = bits(words, 27, 3) == 0
    fen[is_round] = -(-fen[is_round] // _ROUND_FEN) * _ROUND_FEN
    fen[bits(words, 30, 7) == 0] = MISSING
    category = (facts.happening - np.uint8(FIRST_PROJECT)).astype(np.int8)
    existing = (bits(words, 37, 4) < 14).astype(np.int8)
    return Projects(enterprise, category, fen, facts.day.astype(np.int32), existing, number)


def _supports(first: int, facts: _Facts) -> Supports:
    enterprise, number = _numbers(first, facts)
    about = number - 1 - (bits(facts.words, 40, 8) % np.maximum(facts.slot, 1)).astype(np.int32)
    level = (bits(facts.words, 48, 8) % 3).astype(np.int8)
    return Supports(enterprise, about.astype(np.int32), level, facts.day.astype(np.int32), number)
