"""Typed tables: what dossiers know goes into columns and comes back the same, and what is missing stays missing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pyarrow as pa  # type: ignore[import-untyped]
from hypothesis import given
from hypothesis import strategies as st

from duixian.errors import NOWHERE
from duixian.exchange.columns.dossiers import dossiers_of
from duixian.exchange.columns.typed import arrow_type, typed_tables
from duixian.exchange.tables.facts import read_facts
from duixian.rules.fact import Dossier, Fact
from duixian.rules.vocabulary import FieldType
from tests.exchange.results.harbour import FACTS, harbour, harbour_facts
from tests.exchange.small_city import CITY, EAST, EAST_NAME, TRADER, WEST, WEST_NAME

SUBJECT = {"统一社会信用代码": EAST, "企业名称": EAST_NAME, "所属地区": "海州区"}
PROJECT = Fact(
    "投资项目",
    "P1",
    EAST,
    {
        "编号": "P1",
        "统一社会信用代码": EAST,
        "类别": ("智改数转网联", "技改升级"),
        "年度": 2026,
        "有效投入额": 10**17,
        "竣工日期": date(2026, 6, 30),
        "存量企业": False,
        "设备台数": 0,
    },
)
EMPTY_PROJECT = Fact("投资项目", "P2", EAST, {"编号": "P2", "统一社会信用代码": EAST})
TITLE = Fact(
    "认定", "F1", TRADER, {"编号": "F1", "统一社会信用代码": TRADER, "企业名称": "样例店", "称号": "CMMI"}
)
DOSSIERS = (
    Dossier(EAST, EAST_NAME, SUBJECT, (PROJECT, EMPTY_PROJECT)),
    Dossier(WEST, WEST_NAME, {"统一社会信用代码": WEST, "企业名称": WEST_NAME}, ()),
    Dossier(TRADER, "样例店", {}, (TITLE,)),
)


def placeless(dossiers: tuple[Dossier, ...]) -> tuple[Dossier, ...]:
    return tuple(
        replace(each, facts=tuple(replace(fact, place=NOWHERE) for fact in each.facts)) for each in dossiers
    )


def test_every_type_of_value_has_its_column() -> None:
    tables = typed_tables(DOSSIERS, CITY)
    kinds = CITY.vocabulary.kinds
    assert list(tables) == ["企业", "认定", "投资项目"]
    for kind, table in tables.items():
        for field in table.schema:
            assert field.type == arrow_type(kinds[kind].fields[field.name].type)
    assert tables["投资项目"].to_pylist() == [
        {
            "编号": "P1",
            "统一社会信用代码": EAST,
            "类别": "智改数转网联；技改升级",
            "年度": 2026,
            "有效投入额": 10**17,
            "竣工日期": date(2026, 6, 30),
            "存量企业": False,
            "设备台数": 0,
        },
        {
            "编号": "P2",
            "统一社会信用代码": EAST,
            "类别": None,
            "年度": None,
            "有效投入额": None,
            "竣工日期": None,
            "存量企业": None,
            "设备台数": None,
        },
    ]


def test_a_field_that_no_row_fills_has_no_column() -> None:
    assert "曾用名" not in typed_tables(DOSSIERS, CITY)["企业"].column_names


def test_the_way_back_gives_the_same_dossiers() -> None:
    back = dossiers_of(typed_tables(DOSSIERS, CITY), CITY)
    assert back == tuple(sorted(DOSSIERS, key=lambda each: each.code))


def test_dossiers_that_were_read_come_back_but_for_their_places() -> None:
    reading = read_facts(FACTS, harbour())
    assert dossiers_of(typed_tables(reading.dossiers, harbour()), harbour()) == placeless(
        harbour_facts().dossiers
    )


def test_an_enterprise_of_which_only_the_name_is_known_keeps_its_row() -> None:
    made = (
        Dossier(EAST, EAST_NAME, {}, (Fact("认定", "F1", EAST, {"称号": "CMMI"}),)),
        Dossier(WEST, "", {}, ()),
    )
    tables = typed_tables(made, CITY)
    assert tables["企业"].to_pylist() == [
        {"统一社会信用代码": EAST, "企业名称": EAST_NAME},
        {"统一社会信用代码": WEST, "企业名称": None},
    ]
    assert tables["认定"].to_pylist() == [{"编号": "F1", "统一社会信用代码": EAST, "称号": "CMMI"}]


def test_no_dossiers_are_no_tables() -> None:
    assert typed_tables((), CITY) == {}
    assert dossiers_of({}, CITY) == ()


def test_a_column_may_come_in_pieces_and_as_plain_texts() -> None:
    whole = typed_tables(DOSSIERS, CITY)["投资项目"]
    plain = whole.cast(
        pa.schema(
            [
                (each.name, pa.string() if pa.types.is_dictionary(each.type) else each.type)
                for each in whole.schema
            ]
        )
    )
    pieces = pa.concat_tables([plain.slice(0, 1), plain.slice(1)])
    assert pieces.column("年度").num_chunks == 2
    assert dossiers_of({"投资项目": pieces}, CITY)[0].facts == (PROJECT, EMPTY_PROJECT)


@given(st.permutations(DOSSIERS), st.permutations((PROJECT, EMPTY_PROJECT)))
def test_the_order_of_dossiers_and_facts_is_of_no_effect(dossiers: list[Dossier], facts: list[Fact]) -> None:
    shuffled = [replace(each, facts=tuple(facts)) if each.code == EAST else each for each in dossiers]
    tables, others = typed_tables(DOSSIERS, CITY), typed_tables(shuffled, CITY)
    assert {kind: table.to_pylist() for kind, table in tables.items()} == {
        kind: table.to_pylist() for kind, table in others.items()
    }


def test_options_are_joined_names_and_not_lists() -> None:
    assert arrow_type(FieldType.OPTIONS) == arrow_type(FieldType.TITLE)
