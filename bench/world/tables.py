"""The world as typed fact tables (类型化事实表): Arrow tables by kind, whose columns are the vocabulary's fields.

Names are dictionaries of int32 codes, money is int64 fen, days are date32, flags are bool; null is missing. Sorted by credit code.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa  # type: ignore[import-untyped]

from bench.world.codes import Bytes, credit_codes
from bench.world.columns import (
    AREAS,
    MISSING,
    SIZES,
    Columns,
    Enterprises,
    Int32,
    Projects,
    Recognitions,
    Supports,
)
from bench.world.happenings import CATEGORIES, LEVELS, RECOGNITIONS

_TITLES = tuple(dict.fromkeys(each.title for each in RECOGNITIONS))
_GRADES = tuple(dict.fromkeys(each.grade for each in RECOGNITIONS if each.grade))
_ROUNDS = ("获评", "复评")
_ID_DIGITS = 10
_NAME = pa.dictionary(pa.int32(), pa.string())
_CODE = ("统一社会信用代码", pa.string())

SCHEMAS = {
    "企业": pa.schema([_CODE, ("所属地区", _NAME), ("规上类别", _NAME)]),
    "认定": pa.schema([
        ("编号", pa.string()), _CODE, ("称号", _NAME), ("级别", _NAME), ("等级", _NAME), ("轮次", _NAME), ("日期", pa.date32()),
    ]),
    "投资项目": pa.schema([
        ("编号", pa.string()), _CODE, ("类别", _NAME), ("有效投入额", pa.int64()), ("竣工日期", pa.date32()), ("存量企业", pa.bool_()),
    ]),
    "上级支持": pa.schema([
        ("编号", pa.string()), _CODE, ("事实编号", pa.string()), ("级别", _NAME), ("日期", pa.date32()),
    ]),
}  # fmt: skip
"""The columns of every kind."""


def fact_tables(columns: Columns) -> dict[str, pa.Table]:
    """The typed fact tables of a stretch of the world, by kind."""
    enterprises = columns.enterprises
    first = enterprises.first
    codes = credit_codes(np.arange(first + 1, first + 1 + len(enterprises), dtype=np.int64))
    return {
        "企业": _enterprises(enterprises, codes),
        "认定": _recognitions(columns.recognitions, codes, first),
        "投资项目": _projects(columns.projects, codes, first),
        "上级支持": _supports(columns.supports, codes, first, _letters(columns)),
    }


def _enterprises(enterprises: Enterprises, codes: Bytes) -> pa.Table:
    return _table("企业", _texts(codes), _names(enterprises.area, AREAS), _names(enterprises.size, SIZES))


def _recognitions(facts: Recognitions, codes: Bytes, first: int) -> pa.Table:
    return _table(
        "认定",
        _ids("R", facts.number),
        _texts(codes[facts.enterprise - first]),
        _names(_TITLE_OF[facts.title], _TITLES),
        _names(_LEVEL_OF[facts.title], LEVELS),
        _names(_GRADE_OF[facts.title], _GRADES),
        _names(facts.round, _ROUNDS),
        pa.array(facts.day, pa.date32()),
    )


def _projects(facts: Projects, codes: Bytes, first: int) -> pa.Table:
    return _table(
        "投资项目",
        _ids("P", facts.number),
        _texts(codes[facts.enterprise - first]),
        _names(facts.category, CATEGORIES),
        pa.array(facts.invested_fen, mask=facts.invested_fen == MISSING),
        pa.array(facts.day, pa.date32()),
        pa.array(facts.existing.astype(np.bool_)),
    )


def _supports(facts: Supports, codes: Bytes, first: int, letters: npt.NDArray[np.uint8]) -> pa.Table:
    return _table(
        "上级支持",
        _ids("S", facts.number),
        _texts(codes[facts.enterprise - first]),
        _ids(letters, facts.about),
        _names(facts.level, LEVELS),
        pa.array(facts.day, pa.date32()),
    )


def _letters(columns: Columns) -> npt.NDArray[np.uint8]:
    """For each support, the letter of the fact that it is about: R, P, or S where it names another support."""
    about = columns.supports.about
    letters = np.full(len(about), ord("S"), dtype=np.uint8)
    letters[np.isin(about, columns.recognitions.number)] = ord("R")
    letters[np.isin(about, columns.projects.number)] = ord("P")
    return letters


def _table(kind: str, *columns: pa.Array) -> pa.Table:
    return pa.Table.from_arrays(list(columns), schema=SCHEMAS[kind])


def _codes(names: Sequence[str], known: Sequence[str]) -> npt.NDArray[np.int32]:
    """The place of each name, -1 for none."""
    return np.array([known.index(name) if name else -1 for name in names], dtype=np.int32)


_TITLE_OF = _codes([each.title for each in RECOGNITIONS], _TITLES)
_LEVEL_OF = _codes([each.level for each in RECOGNITIONS], LEVELS)
_GRADE_OF = _codes([each.grade for each in RECOGNITIONS], _GRADES)


def _names(places: npt.NDArray[np.integer], known: Sequence[str]) -> pa.Array:
    places = places.astype(np.int32)
    return pa.DictionaryArray.from_arrays(pa.array(places, mask=places < 0), pa.array(known))


def _texts(rows: Bytes) -> pa.Array:
    """Rows of as many ASCII bytes each, as strings."""
    count, width = rows.shape
    ends = np.arange(0, (count + 1) * width, width, dtype=np.int32)
    return pa.Array.from_buffers(
        pa.string(), count, [None, pa.py_buffer(ends), pa.py_buffer(np.ascontiguousarray(rows))]
    )


def _ids(letter: str | npt.NDArray[np.uint8], numbers: Int32) -> pa.Array:
    rows = np.empty((len(numbers), 1 + _ID_DIGITS), dtype=np.uint8)
    rows[:, 0] = ord(letter) if isinstance(letter, str) else letter
    rest = numbers
    for place in range(_ID_DIGITS, 0, -1):
        rest, digit = np.divmod(rest, 10)
        rows[:, place] = digit + ord("0")
    return _texts(rows)
