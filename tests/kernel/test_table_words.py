"""Typed tables become the words that their dossiers become, however the tables are dressed, ordered or cut."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]
import pytest

from duixian.kernel import words as w
from duixian.kernel.dossier_words import DossierWords
from duixian.kernel.layout import KindLayout
from duixian.kernel.program import Program
from duixian.kernel.table_words import Gathered, TableWords
from duixian.rules.expression import Comparator, Compare, Exists, Literal, Type
from duixian.rules.fact import Dossier, Fact, Value
from duixian.rules.policy import City
from duixian.rules.vocabulary import FactKind, FieldType, Vocabulary
from tests.engines.dockets import draw_dockets
from tests.engines.fact_tables import fact_tables
from tests.evaluate.build import KINDS, TITLES, VOCABULARY, city, looked_at, measure, policy, row, trigger
from tests.kernel.asking import compiled_city
from tests.kernel.demo import demo_dossiers, demo_tables, shuffled
from tests.laws.real_city import lianyungang

F = FieldType
ID, CODE = "编号", "统一社会信用代码"


def with_codes(**more: FactKind) -> Vocabulary:
    """The small city's vocabulary with an enterprise's code in every kind."""
    code = replace(KINDS["企业"].fields["企业名称"], name=CODE, type=F.CREDIT_CODE)
    kinds = {name: replace(kind, fields={**kind.fields, CODE: code}) for name, kind in (KINDS | more).items()}
    return Vocabulary(kinds, TITLES, VOCABULARY.levels)


def town(*measures: Any, **more: FactKind) -> City:
    return replace(city(policy(*measures)), vocabulary=with_codes(**more))


def plain_town() -> City:
    named = Compare(Comparator.EQUAL, trigger("对象", Type.TEXT), Literal("甲", Type.TEXT))
    backed = Exists(
        "上级支持",
        Compare(Comparator.EQUAL, looked_at("事实编号", Type.IDENTIFIER), trigger(ID, Type.IDENTIFIER)),
    )
    return town(
        measure("08", (row("a", 20, 称号="小巨人", 级别="国家级"),), condition=named),
        measure("09", (row("b", 10, 称号="技术中心"),), condition=backed),
    )


def enterprise(code: str, *facts: tuple[str, str, dict[str, Value]], **subject: Value) -> Dossier:
    told = {CODE: code, **subject} if subject else {}
    return Dossier(
        code,
        str(subject.get("企业名称", "")),
        told,
        tuple(Fact(kind, id_, code, {ID: id_, CODE: code, **values}) for kind, id_, values in facts),
    )


def gathered(where: City, tables: dict[str, Any], threads: int = 1) -> tuple[Program, Gathered]:
    program = compiled_city(where)
    return program, TableWords(program.book, threads).gather(tables)


def demand_same(where: City, dossiers: tuple[Dossier, ...], tables: dict[str, Any], threads: int = 1) -> None:
    """The words of tables are those of the dossiers, one enterprise after the other."""
    program, found = gathered(where, tables, threads)
    encoder = DossierWords(program.book)
    some = sorted((each for each in dossiers if each.facts or each.subject), key=lambda each: each.code)
    encoded = [encoder.encode(each) for each in some]
    assert found.codes.to_pylist() == [each.code for each in some]
    assert np.array_equal(found.starts, np.cumsum([0, *(len(each[0]) for each in encoded)]))
    for place, (facts, subject, order) in enumerate(encoded):
        first, end = found.starts[place], found.starts[place + 1]
        assert np.array_equal(found.facts[first:end], facts), some[place].code
        assert np.array_equal(found.subjects[place], subject), some[place].code
        assert [found.ids[int(text)].as_py() for text in found.id_texts[first:end]] == [
            each.id for each in order
        ]


def test_tables_of_the_demo_city_are_the_words_of_its_dossiers() -> None:
    demand_same(lianyungang(), demo_dossiers(), demo_tables())


def test_so_are_tables_in_no_order_and_read_by_several_threads() -> None:
    demand_same(lianyungang(), demo_dossiers(), shuffled(demo_tables()), threads=3)


def test_so_are_tables_in_no_order_whose_texts_are_views() -> None:
    def views(table: Any) -> Any:
        columns = {
            name: table[name].cast(pa.string_view()) if pa.types.is_string(table[name].type) else table[name]
            for name in table.column_names
        }
        return pa.table(columns)

    tables = {kind: views(table) for kind, table in shuffled(demo_tables()).items()}
    assert any(pa.types.is_string_view(field.type) for field in tables["认定"].schema)
    demand_same(lianyungang(), demo_dossiers(), tables)


def test_so_are_tables_of_random_cities() -> None:
    for docket in draw_dockets("table words", 25, 12):
        demand_same(docket.city, docket.dossiers, fact_tables(docket.city, docket.dossiers))


def dressings(table: Any) -> dict[str, Any]:
    """A table in other dresses."""
    half = len(table) // 2
    chunked = pa.concat_tables([table[:half], table[half:half], table[half:]])
    longer = pa.concat_tables([table[-1:], table, table[:1]])
    plain, large = {}, {}
    for name in table.column_names:
        column = table[name]
        is_name = pa.types.is_dictionary(column.type)
        plain[name] = column.cast(pa.string()) if is_name else column
        is_text = is_name or pa.types.is_string(column.type)
        large[name] = column.cast(pa.large_string()) if is_text else column
    coded = {
        name: column.dictionary_encode() if pa.types.is_string(column.type) else column
        for name, column in plain.items()
    }
    return {
        "chunks": chunked,
        "sliced": longer.slice(1, len(table)),
        "plain": pa.table(plain),
        "large": pa.table(large),
        "dictionaries": pa.table(coded),
        "backwards": table.select(table.column_names[::-1]),
    }


@pytest.mark.parametrize("dress", ["chunks", "sliced", "plain", "large", "dictionaries", "backwards"])
def test_the_dress_of_a_table_changes_nothing(dress: str) -> None:
    tables = {kind: dressings(table)[dress] for kind, table in demo_tables().items()}
    demand_same(lianyungang(), demo_dossiers(), tables)


def test_unsorted_dictionaries_of_codes_are_sorted_too() -> None:
    tables = {kind: dressings(table)["dictionaries"] for kind, table in shuffled(demo_tables()).items()}
    demand_same(lianyungang(), demo_dossiers(), tables)


def test_no_table_or_empty_ones_are_nobody() -> None:
    empty = {kind: table[:0] for kind, table in demo_tables().items()}
    for tables in ({}, empty):
        _, found = gathered(lianyungang(), tables)
        assert (len(found.codes), len(found.facts), list(found.starts)) == (0, 0, [0])


def test_an_enterprise_may_be_described_only_or_have_facts_only() -> None:
    dossiers = (
        enterprise("A", ("认定", "F", {"称号": "小巨人"})),
        enterprise("B", 所属地区="东海县"),
        enterprise("C", ("认定", "G", {"称号": "小巨人"}), 企业名称="丙"),
    )
    demand_same(plain_town(), dossiers, fact_tables(plain_town(), dossiers))


def test_facts_of_one_day_go_by_number_as_bytes_order_them() -> None:
    ids = ("f", "F10", "F9", "Ｆ", "é", "F", "号")
    facts: list[Any] = [("认定", id_, {"日期": date(2026, 1, 1)}) for id_ in ids]
    dossier = enterprise("A", *facts)
    program, found = gathered(plain_town(), fact_tables(plain_town(), [dossier]))
    assert [found.ids[int(text)].as_py() for text in found.id_texts] == sorted(ids, key=str.encode)
    assert program.layout.kinds["认定"].index == found.facts[0, 0] >> w.KIND_SHIFT
    demand_same(plain_town(), (dossier,), fact_tables(plain_town(), [dossier]))


def test_facts_without_a_day_come_before_all_others() -> None:
    dossier = enterprise("A", ("认定", "B", {"日期": date(1949, 10, 1)}), ("认定", "Z", {}))
    _, found = gathered(plain_town(), fact_tables(plain_town(), [dossier]))
    assert [found.ids[int(text)].as_py() for text in found.id_texts] == ["Z", "B"]


def cells(found: Gathered, here: KindLayout, field: str) -> list[int]:
    return [int(fact[here.slots[field]]) for fact in found.facts if fact[0] >> w.KIND_SHIFT == here.index]


def test_equal_texts_of_an_enterprise_have_one_word_and_others_another() -> None:
    facts = [
        ("认定", f"F{place}", {"对象": text}) for place, text in enumerate(("丙", "甲", "丙", "F0", "丁"))
    ]
    dossier = enterprise("A", *facts)  # type: ignore[arg-type]
    program, found = gathered(plain_town(), fact_tables(plain_town(), [dossier]))
    here = program.layout.kinds["认定"]
    first, written, third, number, fourth = cells(found, here, "对象")
    assert first == third != fourth
    assert written == program.book.names.texts["甲"] == -2
    assert number == cells(found, here, ID)[0]


def test_a_text_is_one_of_the_enterprise_whose_it_is() -> None:
    """Words say nothing from one enterprise to the next: the same word may be another text."""
    dossiers = [enterprise(code, ("认定", "F", {"对象": code})) for code in "AB"]
    program, found = gathered(plain_town(), fact_tables(plain_town(), dossiers))
    one, two = cells(found, program.layout.kinds["认定"], "对象")
    assert one == two == 0


def test_objects_of_several_kinds_are_compared_as_what_they_say() -> None:
    standard = FactKind(
        "标准",
        {
            name: replace(KINDS["认定"].fields["编号"], name=name, type=type_)
            for name, type_ in {ID: F.IDENTIFIER, "类别": F.OPTION, "日期": F.DATE}.items()
        },
        "日期",
        "类别",
    )
    where = town(measure("08", (row("a", 1, 称号="小巨人"),)), 标准=standard)
    dossier = enterprise(
        "A", ("认定", "F", {"对象": "整机"}), ("标准", "S", {"类别": "整机"}), ("标准", "T", {"类别": "部件"})
    )
    tables = fact_tables(where, [dossier])
    program, found = gathered(where, tables)
    objects = {}
    for fact, text in zip(found.facts, found.id_texts, strict=True):
        here = list(program.layout.kinds.values())[fact[0] >> w.KIND_SHIFT]
        objects[found.ids[int(text)].as_py()] = int(fact[here.object_slot])
    assert objects["F"] == objects["S"] != objects["T"]
    demand_same(where, (dossier,), tables)


def test_columns_that_no_rule_reads_may_be_anything() -> None:
    tables = demo_tables()
    odd = {kind: table.append_column("附注", pa.array([1.5] * len(table))) for kind, table in tables.items()}
    demand_same(lianyungang(), demo_dossiers(), odd)


# Names of enterprises


def names(where: City, dossiers: list[Dossier], **columns: Any) -> list[str]:
    tables = fact_tables(where, dossiers)
    for kind, names_ in columns.items():
        tables[kind] = tables[kind].append_column("企业名称", pa.array(names_, pa.string()))
    found: list[str] = gathered(where, tables)[1].names.to_pylist()
    return found


def test_an_enterprise_is_called_as_it_is_registered() -> None:
    dossiers = [enterprise("A", ("认定", "F", {}), 企业名称="甲"), enterprise("B", ("认定", "G", {}))]
    assert names(plain_town(), dossiers, 认定=["从前", "乙"]) == ["甲", "乙"]


def test_else_as_its_first_fact_calls_it_that_calls_it_anything() -> None:
    dossiers = [
        enterprise("A", ("认定", "F", {}), ("认定", "G", {}), ("认定", "H", {})),
        enterprise("B", ("认定", "I", {}), 所属地区="东海县"),
    ]
    assert names(plain_town(), dossiers, 认定=[None, "甲", "又名", None]) == ["甲", ""]


def test_or_nobody_knows() -> None:
    assert names(plain_town(), [enterprise("A", ("认定", "F", {}))]) == [""]


def test_whoever_says_whose_rows_are_gathers_the_same() -> None:
    tables, subject = demo_tables(), "企业"
    program = compiled_city(lianyungang())
    place = {code: number for number, code in enumerate(tables[subject][CODE].to_pylist())}
    owners = {
        kind: np.array([place[code] for code in each[CODE].to_pylist()]) for kind, each in tables.items()
    }
    words = TableWords(program.book, 1)
    for one, other in zip(words.gather(tables, owners), words.gather(tables), strict=True):
        assert one.tolist() == other.tolist()
