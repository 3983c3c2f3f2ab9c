"""Fingerprints see every change of every cell, and nothing but changes."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pyarrow as pa  # type: ignore[import-untyped]
import pytest

from duixian.kernel.fingerprints import NOBODY, fingerprints, unchanged
from duixian.kernel.unfit import UnfitFacts
from tests.kernel.demo import CODE, demo_tables, shuffled
from tests.kernel.test_table_words import dressings

FIELDS = dict.fromkeys(demo_tables(), CODE)


def of(tables: dict[str, Any]) -> Any:
    return fingerprints(tables, FIELDS)


def few() -> dict[str, Any]:
    """Some rows of every kind."""
    return {kind: table[:6] for kind, table in demo_tables().items()}


def another(value: Any) -> Any:
    """Some other value of the same type."""
    if value is None:
        return None
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    return value + timedelta(days=1) if isinstance(value, date) else f"{value}又"


def with_cell(tables: dict[str, Any], kind: str, field: str, row: int, value: Any) -> dict[str, Any]:
    table = tables[kind]
    values = table[field].to_pylist()
    values[row] = value
    type_ = table[field].type
    held = type_.value_type if pa.types.is_dictionary(type_) else type_
    column = pa.array(values, held)
    place = table.column_names.index(field)
    return tables | {kind: table.set_column(place, field, column)}


def differing(before: Any, now: Any) -> set[str]:
    """The enterprises that are new or not the same."""
    same = unchanged(before, now)
    return {code for code, is_same in zip(now["code"].to_pylist(), same, strict=True) if not is_same}


@pytest.mark.parametrize("kind", sorted(FIELDS))
def test_every_changed_cell_is_seen_and_in_no_other_enterprise(kind: str) -> None:
    table = demo_tables()[kind][:4]
    before, codes = of({kind: table}), table[CODE].to_pylist()
    for field in table.column_names:
        for row, value in enumerate(table[field].to_pylist()):
            for other in {another(value), None} - {value} if field != CODE else {another(value)}:
                touched = {codes[row]}
                if field == CODE:
                    # Whoever got the row; whoever lost it is there only as long as something else is known of it.
                    touched = {other} | touched & {*codes[:row], *codes[row + 1 :]}
                now = of(with_cell({kind: table}, kind, field, row, other))
                assert differing(before, now) == touched, (field, row)


def test_a_row_of_nobody_is_refused() -> None:
    with pytest.raises(UnfitFacts, match="no-code: 认定"):
        of(with_cell(few(), "认定", CODE, 2, None))


def test_a_text_of_nothing_is_not_a_missing_one() -> None:
    one = pa.table({CODE: ["A", "B"], "名": ["", None]})
    two = pa.table({CODE: ["A", "B"], "名": [None, ""]})
    fields = {"甲": CODE}
    assert not unchanged(fingerprints({"甲": one}, fields), fingerprints({"甲": two}, fields)).any()


def test_a_missing_cell_is_the_same_as_no_column() -> None:
    one = pa.table({CODE: ["A"], "名": pa.array([None], pa.string()), "数": pa.array([None], pa.int64())})
    two = pa.table({CODE: ["A"]})
    fields = {"甲": CODE}
    assert unchanged(fingerprints({"甲": one}, fields), fingerprints({"甲": two}, fields)).all()


def test_the_order_of_rows_columns_and_tables_is_no_change() -> None:
    assert of(shuffled(demo_tables())).equals(of(demo_tables()))


@pytest.mark.parametrize("dress", ["chunks", "sliced", "plain", "large", "dictionaries", "backwards"])
def test_the_dress_of_a_table_is_no_change(dress: str) -> None:
    tables = {kind: dressings(table)[dress] for kind, table in demo_tables().items()}
    assert of(tables).equals(of(demo_tables()))


def test_a_dictionary_may_hold_nothing_as_a_name() -> None:
    plain = pa.array(["甲", None, "乙"])
    with_null = pa.DictionaryArray.from_arrays(pa.array([1, 0, 2], pa.int32()), pa.array([None, "甲", "乙"]))
    tables = [{"甲": pa.table({CODE: ["A", "B", "C"], "名": each})} for each in (plain, with_null)]
    one, two = (fingerprints(each, {"甲": CODE}) for each in tables)
    assert one.equals(two)


def test_values_that_change_places_are_seen() -> None:
    fields = {"甲": CODE}

    def of_rows(*rows: tuple[str, int | None, int | None]) -> Any:
        columns = zip(*rows, strict=True)
        table = pa.table(dict(zip((CODE, "一", "二"), map(list, columns), strict=True)))
        return fingerprints({"甲": table}, fields)

    base = of_rows(("A", 1, 2), ("A", 3, 4), ("B", 5, 6))
    for other in (
        of_rows(("A", 2, 1), ("A", 3, 4), ("B", 5, 6)),
        of_rows(("A", 3, 2), ("A", 1, 4), ("B", 5, 6)),
        of_rows(("A", 1, 2), ("B", 3, 4), ("B", 5, 6)),
        of_rows(("A", 1, 2), ("A", 1, 2), ("A", 3, 4), ("B", 5, 6)),
        of_rows(("A", 1, 2), ("B", 5, 6)),
    ):
        assert not unchanged(base, other)[0]


def test_a_row_in_another_table_is_another_row() -> None:
    table = pa.table({CODE: ["A"], "编号": ["F"]})
    fields = {"甲": CODE, "乙": CODE}
    one, two = (fingerprints({kind: table}, fields) for kind in fields)
    assert not unchanged(one, two).any()


def test_who_is_new_is_not_unchanged_and_who_is_gone_is_not_asked() -> None:
    now = of(few())
    before = now.slice(1)
    assert list(unchanged(before, now)) == [False] + [True] * (len(now) - 1)
    assert unchanged(now, before).all()
    assert not unchanged(NOBODY, now).any()
    assert len(unchanged(now, NOBODY)) == 0


def test_nobody_has_no_fingerprint() -> None:
    assert of({}).equals(NOBODY)
    assert of({kind: table[:0] for kind, table in demo_tables().items()}).equals(NOBODY)
    assert of(demo_tables())["code"].to_pylist() == sorted(set(of(demo_tables())["code"].to_pylist()))
