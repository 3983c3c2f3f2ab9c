"""Amounts, counts, years and days as numbers (数值列): integers and decimals become fen without a step through fractions.

What the row reader would refuse of a number is refused here by the same bounds. None means: this kind of column is not for
here, and is read value by value.
"""

from __future__ import annotations

from datetime import date
from math import gcd
from typing import Any

import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]
from pyarrow import types

from duixian.dates import EARLIEST_YEAR, LATEST_YEAR
from duixian.exchange.columns.raw_cells import NoSuchDay
from duixian.exchange.columns.read_column import Numbers, ReadColumn, from_numbers, numbers_of, valid_of
from duixian.money import FEN_PER_YUAN, MAX_FEN, UNITS_IN_YUAN

_LONG = np.iinfo(np.int64)
_MOST_SCALE = 18
_MOST_COUNT = 10**12 - 1
_EPOCH = date(1970, 1, 1).toordinal()
_FIRST_DAY, _LAST_DAY = (each.toordinal() - _EPOCH for each in (date.min, date.max))
_EARLIEST = date(EARLIEST_YEAR, 1, 1).toordinal() - _EPOCH
_LATEST = date(LATEST_YEAR, 12, 31).toordinal() - _EPOCH
_PLAIN_AMOUNT, _AMOUNT = r"^[0-9]{1,15}(?:\.[0-9]{1,2})?$", pa.decimal128(18, 2)
_SECONDS, _MILLISECONDS = 86_400, 86_400_000
# Up to here every whole number, and every cent, has a binary fraction of its own that shows as it was meant.
_MOST_EXACT = 10**13


def money_column(array: Any, unit: str) -> ReadColumn | None:
    """Amounts in yuan, or in the unit of their column, as fen."""
    fen = FEN_PER_YUAN * UNITS_IN_YUAN[unit or "元"]
    if types.is_integer(array.type):
        numbers = _as_long(array)
        return None if numbers is None else _fen(array, numbers, fen, 1)
    if types.is_decimal(array.type) and 0 <= array.type.scale <= _MOST_SCALE:
        numbers = _unscaled(array)
        return None if numbers is None else _fen(array, numbers, fen, 10**array.type.scale)
    if types.is_string(array.type) or types.is_large_string(array.type):
        return _plain_amounts(array, unit)
    if types.is_float64(array.type):
        cents = _cents(array)
        return None if cents is None else _fen(array, cents, fen // FEN_PER_YUAN, 1)
    return None


def count_column(array: Any) -> ReadColumn | None:
    """Whole numbers of things."""
    return _within(array, 0, _MOST_COUNT)


def year_column(array: Any) -> ReadColumn | None:
    """Years as numbers."""
    return _within(array, EARLIEST_YEAR, LATEST_YEAR)


def date_column(array: Any) -> ReadColumn | None:
    """Days, and moments cut to their day.

    Raises:
        NoSuchDay: for a day before the year 1 or after 9999.
    """
    days = _days(array)
    if days is None:
        return None
    valid = valid_of(array)
    told = days if valid is None else days[valid]
    least, most = (int(told.min()), int(told.max())) if len(told) else (_EARLIEST, _LATEST)
    if not _FIRST_DAY <= least <= most <= _LAST_DAY:
        raise NoSuchDay
    if types.is_date32(array.type) and _EARLIEST <= least <= most <= _LATEST:
        return ReadColumn(array)
    if valid is not None:
        days = np.where(valid, days, 0)
    outside = (days < _EARLIEST) | (days > _LATEST)
    return from_numbers(days.astype(np.int32), valid, pa.date32(), outside)


def _days(array: Any) -> Numbers | None:
    if types.is_date32(array.type):
        return numbers_of(array.view(pa.int32()))
    if types.is_date64(array.type):
        return numbers_of(array.view(pa.int64())) // _MILLISECONDS
    if types.is_timestamp(array.type):
        return numbers_of(array.cast(pa.timestamp("s"), safe=False).view(pa.int64())) // _SECONDS
    return None


def _within(array: Any, least: int, most: int) -> ReadColumn | None:
    numbers = _as_long(array) if types.is_integer(array.type) else None
    if numbers is None:
        return None
    return from_numbers(numbers, valid_of(array), pa.int64(), (numbers < least) | (numbers > most))


def _fen(array: Any, numbers: Numbers, fen: int, scale: int) -> ReadColumn:
    """``numbers`` × ``fen`` / ``scale``, refused where that is no whole number of fen or out of bounds."""
    shared = gcd(fen, scale)
    times, parts = fen // shared, scale // shared
    whole = numbers // parts
    unread = (numbers < 0) | (whole * parts != numbers) | (whole > MAX_FEN // times)
    return from_numbers(np.where(unread, 0, whole) * times, valid_of(array), pa.int64(), unread)


def _plain_amounts(array: Any, unit: str) -> ReadColumn | None:
    """Texts of digits with at most two decimals; None when any text is written otherwise (200万元, 1,000)."""
    empty = pc.equal(array, "").fill_null(False)
    if not pc.all(pc.or_(empty, pc.match_substring_regex(array, _PLAIN_AMOUNT)), min_count=0).as_py():
        return None
    filled = pc.if_else(empty, pa.scalar(None, array.type), array)
    return money_column(filled.cast(_AMOUNT), unit)


def _as_long(array: Any) -> Numbers | None:
    """Integers of any width; None when one is beyond 64 bits with a sign."""
    numbers = numbers_of(array)
    if numbers.dtype == np.uint64 and len(numbers) and numbers.max() > _LONG.max:
        return None
    return numbers.astype(np.int64, copy=False)


def _unscaled(array: Any) -> Numbers | None:
    """The digits of decimals as whole numbers; None when they are beyond 64 bits."""
    if types.is_decimal256(array.type):
        return None
    if not types.is_decimal128(array.type):
        array = array.cast(pa.decimal128(array.type.precision, array.type.scale))
    words = np.frombuffer(array.buffers()[1], np.int64).reshape(-1, 2)
    low, high = words[array.offset : array.offset + len(array)].T
    fits = high == low >> 63
    valid = valid_of(array)
    return np.ascontiguousarray(low) if (fits if valid is None else fits | ~valid).all() else None


def _cents(array: Any) -> Numbers | None:
    """Binary fractions as hundredths, where each is the very fraction that stands for that decimal; else None.

    Nothing is rounded into being right: a fraction that is not the nearest one to some whole number of hundredths is read
    digit by digit, as any other number.
    """
    fractions, valid = numbers_of(array), valid_of(array)
    if valid is not None:
        fractions = np.where(valid, fractions, 0)
    if not (np.abs(fractions) < _MOST_EXACT).all():
        return None
    cents = np.rint(fractions * FEN_PER_YUAN)
    return cents.astype(np.int64) if (cents / FEN_PER_YUAN == fractions).all() else None
