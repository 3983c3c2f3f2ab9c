"""Columns of every Arrow type, with values that readers accept and values that they refuse."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pyarrow as pa  # type: ignore[import-untyped]
from hypothesis import strategies as st

from duixian.credit_code import make_code

OPTIONS = ("规上工业", "非规上", "甲、乙")
CODE = make_code("91", "320706", 1)

_CODES = f"{CODE}|{CODE.lower()}| {CODE}|{CODE[:-1]}X|{CODE[:-2]}|110101190001010002|9.1320700E+17"
_ODD = "F1|-5|'F1|F１|E+|1E+5|+1|=1|＝1|@|/|—|—的|“甲”|·|\u00a0|a\u00a0b|a\u2003b|\ufeffa|\ufffd|a\x00|a  b|a b| a|a |\u3000|１２"
_NAMES = (
    "甲、乙|规上工业；非规上|规上工业;别的|海州区|新浦区|开发区|省级|省|获评|入选|CMMI|先进级|是|否|√|也许"
)
_FIGURES = (
    "2026|2026年|2026-03-01|2026年3月1日|46082|1|0|2,000.50|200万元|0.005|-1|1e5|3台|999999999999|1000000000000|￥5|"
    "100000000000000000"
)
TEXTS = st.sampled_from("|".join((_CODES, _ODD, _NAMES, _FIGURES)).split("|")) | st.text(max_size=6)
NUMBERS = st.sampled_from(
    [0, 1, -1, 26, 1900, 2026, 2200, 2201, 10**12, 10**15, 10**15 + 1, 2**63 - 1, -(2**63)]
) | st.integers(-(2**63), 2**63 - 1)
FRACTIONS = (
    st.sampled_from(
        [
            0.0,
            -0.0,
            0.1,
            0.30000000000000004,
            2026.0,
            1.005,
            12345678901.23,
            1e13,
            1e15,
            1e16,
            9.1320700e17,
            1e300,
            5e-324,
            float("nan"),
            float("inf"),
        ]
    )
    | st.floats()
    | st.integers(-(10**6), 10**15).map(lambda cents: cents / 100)
)
DAYS = st.dates() | st.sampled_from(
    [date(1899, 12, 31), date(1900, 1, 1), date(2200, 12, 31), date(2201, 1, 1)]
)
MOMENTS = st.datetimes(datetime(1700, 1, 1), datetime(2250, 1, 1))


def _decimals(precision: int, scale: int) -> st.SearchStrategy[Decimal]:
    most = 10**precision - 1
    wide = st.integers(-most, most) | st.sampled_from([0, 1, 100, 10 ** min(precision - 1, 19), most])
    return wide.map(lambda digits: Decimal(f"{digits}E-{scale}"))


ARRAYS: dict[str, tuple[Any, st.SearchStrategy[Any]]] = {
    "null": (pa.null(), st.none()),
    "string": (pa.string(), TEXTS),
    "large_string": (pa.large_string(), TEXTS),
    "bool": (pa.bool_(), st.booleans()),
    "int8": (pa.int8(), st.integers(-128, 127)),
    "uint16": (pa.uint16(), st.integers(0, 2**16 - 1)),
    "int64": (pa.int64(), NUMBERS),
    "uint64": (pa.uint64(), st.integers(0, 2**64 - 1)),
    "float32": (pa.float32(), st.floats(width=32)),
    "float64": (pa.float64(), FRACTIONS),
    "decimal(18,2)": (pa.decimal128(18, 2), _decimals(18, 2)),
    "decimal(38,0)": (pa.decimal128(38, 0), _decimals(38, 0)),
    "decimal(38,20)": (pa.decimal128(38, 20), _decimals(38, 20)),
    "decimal(20,4)": (pa.decimal128(20, 4), _decimals(20, 4)),
    "decimal256": (pa.decimal256(50, 2), _decimals(50, 2)),
    "date32": (pa.date32(), DAYS),
    "date64": (pa.date64(), DAYS),
    "timestamp(ms)": (pa.timestamp("ms"), MOMENTS),
    "timestamp(ns)": (pa.timestamp("ns"), MOMENTS),
    "timestamp(us, UTC)": (pa.timestamp("us", "Asia/Shanghai"), MOMENTS.map(lambda each: each.replace(tzinfo=UTC))),
    "time": (pa.time64("us"), st.just(time(8, 0))),
    "duration": (pa.duration("s"), st.just(timedelta(1))),
    "list": (pa.list_(pa.string()), st.lists(st.sampled_from([*OPTIONS, "别的", ""]), max_size=3)),
}  # fmt: skip
