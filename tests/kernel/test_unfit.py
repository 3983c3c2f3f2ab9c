"""Tables that are none of the city's are refused by name: nothing is dropped, nothing is misread, nobody's data is told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]
import pytest

from duixian.kernel.kernel import Kernel
from duixian.kernel.unfit import UnfitFacts
from duixian.kernel.variations import Variations
from duixian.money import MAX_FEN
from tests.kernel.demo import AS_OF, CODE, demo_kernel, demo_tables
from tests.laws.real_city import lianyungang

Column = Callable[[int], Any]
"""A column of so many rows."""


def projects() -> int:
    return len(demo_tables()["投资项目"])


def replaced(kind: str, field: str, column: Any) -> dict[str, Any]:
    table = demo_tables()[kind]
    place = table.column_names.index(field)
    return demo_tables() | {kind: table.set_column(place, field, column)}


def refused(tables: dict[str, Any], kernel: Kernel | None = None) -> tuple[str, str, str]:
    with pytest.raises(UnfitFacts) as refusal:
        (kernel or demo_kernel()).determine(tables, AS_OF)
    return refusal.value.kind, refusal.value.field, refusal.value.reason


def test_a_kind_that_the_city_does_not_know_is_not_dropped_in_silence() -> None:
    table = pa.table({"编号": ["Z1"], CODE: ["91320700MA"]})
    assert refused(demo_tables() | {"专利": table}) == ("专利", "", "unknown-kind")
    assert refused(demo_tables() | {"专利": table[:0]}) == ("专利", "", "unknown-kind")


def test_rows_of_nobody_are_refused() -> None:
    codes = demo_tables()["认定"][CODE].to_pylist()
    codes[3] = None
    assert refused(replaced("认定", CODE, pa.array(codes))) == ("认定", CODE, "no-code")
    without = demo_tables()["认定"].drop_columns([CODE])
    assert refused(demo_tables() | {"认定": without}) == ("认定", CODE, "no-code")
    assert refused(replaced("认定", CODE, pa.array(range(len(codes))))) == ("认定", CODE, "wrong-type")


def test_facts_without_a_number_are_refused() -> None:
    ids = demo_tables()["认定"]["编号"].to_pylist()
    ids[3] = None
    assert refused(replaced("认定", "编号", pa.array(ids))) == ("认定", "编号", "no-number")
    without = demo_tables()["认定"].drop_columns(["编号"])
    assert refused(demo_tables() | {"认定": without}) == ("认定", "编号", "no-number")
    assert refused(replaced("认定", "编号", pa.array(range(len(ids))))) == ("认定", "编号", "wrong-type")


def test_an_enterprise_that_is_described_twice_is_refused() -> None:
    table = demo_tables()["企业"]
    twice = pa.concat_tables([table, table[7:8]])
    assert refused(demo_tables() | {"企业": twice}) == ("企业", CODE, "described-twice")


@pytest.mark.parametrize(
    ("field", "column"),
    [
        ("有效投入额", lambda rows: pa.array([1.0] * rows)),
        ("有效投入额", lambda rows: pa.array(["200万元"] * rows)),
        ("有效投入额", lambda rows: pa.array([1] * rows).cast(pa.decimal128(24, 2))),
        ("竣工日期", lambda rows: pa.array([datetime(2026, 7, 1)] * rows)),
        ("竣工日期", lambda rows: pa.array([date(2026, 7, 1)] * rows).cast(pa.date64())),
        ("竣工日期", lambda rows: pa.array(["2026-07-01"] * rows)),
        ("存量企业", lambda rows: pa.array([1] * rows)),
        ("存量企业", lambda rows: pa.array(["是"] * rows)),
        ("类别", lambda rows: pa.array([["智改数转网联"]] * rows)),
        ("类别", lambda rows: pa.array([3] * rows)),
    ],
)
def test_columns_of_another_type_are_refused_where_a_rule_reads_them(field: str, column: Column) -> None:
    assert refused(replaced("投资项目", field, column(projects()))) == ("投资项目", field, "wrong-type")


def test_numbers_and_days_out_of_all_range_are_refused() -> None:
    rows = projects()
    for fen in (MAX_FEN + 1, -MAX_FEN - 1, 2**63 - 1):
        assert refused(replaced("投资项目", "有效投入额", pa.array([fen] * rows)))[2] == "out-of-range"
    beyond = pa.array([2**31 - 1] * rows, pa.int32()).cast(pa.date32())
    assert refused(replaced("投资项目", "竣工日期", beyond))[2] == "out-of-range"


def owners() -> dict[str, Any]:
    """Whose the rows of each table are, by their row among the enterprises."""
    places = {code: place for place, code in enumerate(demo_tables()["企业"][CODE].to_pylist())}
    return {
        kind: np.array([places[code] for code in table[CODE].to_pylist()], np.int64)
        for kind, table in demo_tables().items()
    }


def test_right_owners_are_taken() -> None:
    told = demo_kernel().determine(demo_tables(), AS_OF, owners=owners()).table
    assert told.equals(demo_kernel().determine(demo_tables(), AS_OF).table)


@pytest.mark.parametrize(
    "change",
    [
        lambda own: own[:0],
        lambda own: own[:-1],
        lambda own: np.append(own, own[-1]),
        lambda own: own[::-1],
        lambda own: own - 10**6,
        lambda own: own + 10**6,
    ],
)
@pytest.mark.parametrize("kind", ["认定", "企业"])
def test_owners_that_are_not_those_of_the_rows_are_refused(kind: str, change: Column) -> None:
    with pytest.raises(UnfitFacts) as refusal:
        demo_kernel().determine(demo_tables(), AS_OF, owners=owners() | {kind: change(owners()[kind])})
    assert (refusal.value.kind, refusal.value.reason) == (kind, "wrong-owners")


def test_owners_without_the_enterprises_are_refused() -> None:
    tables = {kind: table for kind, table in demo_tables().items() if kind != "企业"}
    with pytest.raises(UnfitFacts, match="no-code: 企业"):
        demo_kernel().determine(tables, AS_OF, owners=owners())


def test_small_integers_and_columns_without_anything_are_taken() -> None:
    rows = projects()
    for column in (pa.array([1000] * rows, pa.int16()), pa.nulls(rows), pa.nulls(rows, pa.int64())):
        found = demo_kernel().determine(replaced("投资项目", "有效投入额", column), AS_OF)
        assert found.entangled == ()


def test_parameter_sets_refuse_them_too() -> None:
    with pytest.raises(UnfitFacts, match="unknown-kind: 专利"):
        Variations(lianyungang(), []).totals({"专利": demo_tables()["认定"]}, AS_OF)


def test_a_refusal_tells_nobody_s_data() -> None:
    told = pa.array(["9132070012345"] * projects())
    with pytest.raises(UnfitFacts) as refusal:
        demo_kernel().determine(replaced("投资项目", "有效投入额", told), AS_OF)
    assert str(refusal.value) == "wrong-type: 投资项目 有效投入额"
