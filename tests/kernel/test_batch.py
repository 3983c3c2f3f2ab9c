"""A batch tells of every enterprise what its dossier would be told, row by row, mark by mark."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest

from duixian.kernel import words as w
from duixian.kernel.kernel import Kernel
from duixian.rules.expression import Comparator, Compare, Literal, Type
from duixian.rules.policy import City
from duixian.wording import Language
from tests.engines.decides import Docket
from tests.engines.dockets import draw_dockets
from tests.engines.fact_tables import fact_tables
from tests.evaluate.build import award, dossier, measure, row, trigger
from tests.kernel.demo import (
    AS_OF,
    demo_dossiers,
    demo_kernel,
    demo_tables,
    shuffled,
    strict_kernel,
    with_code,
)
from tests.kernel.entangled import tied_awards, tied_city, too_entangled
from tests.kernel.test_table_words import enterprise, town
from tests.kernel.told import Told, told, told_by, unmarked

KERNELS = {"by default": demo_kernel, "strict": strict_kernel}


def dossier_by_dossier(kernel: Kernel) -> list[Told]:
    return [told(each) for rows in kernel.determine_dossiers(demo_dossiers(), AS_OF) for each in rows]


@pytest.mark.parametrize("name", KERNELS)
def test_the_demo_city_is_told_what_its_dossiers_are_told(name: str) -> None:
    kernel = KERNELS[name]()
    batch = kernel.determine(demo_tables(), AS_OF, threads=2)
    assert batch.entangled == ()
    assert told_by(batch) == dossier_by_dossier(kernel)
    assert len(batch.marks) > 50


@pytest.mark.parametrize("threads", [1, 3, 16])
def test_neither_threads_nor_the_order_of_rows_change_a_byte(threads: int) -> None:
    first = demo_kernel().determine(demo_tables(), AS_OF)
    again = demo_kernel().determine(shuffled(demo_tables()), AS_OF, threads=threads)
    assert again.table.equals(first.table)
    assert again.marks.equals(first.marks)


def test_without_marks_a_batch_tells_the_same_without_them() -> None:
    plain = demo_kernel().determine(demo_tables(), AS_OF, with_marks=False)
    assert len(plain.marks) == 0
    assert set(plain.table["questions"].to_pylist()) == {""}
    marked = demo_kernel().determine(demo_tables(), AS_OF)
    kept = unmarked(told_by(marked))
    met = {(row.enterprise, row.fact_kind, row.fact) for row in kept}
    of_plain = [
        row for row in told_by(plain) if row.document or (row.enterprise, row.fact_kind, row.fact) in met
    ]
    assert kept == of_plain


def dockets(law: str) -> list[Docket]:
    return list(draw_dockets(f"batch {law}", 20, 15))


@pytest.mark.parametrize("is_strict", [False, True], ids=["by default", "strict"])
def test_random_cities_are_told_what_their_dossiers_are_told(is_strict: bool) -> None:
    seen: set[str] = set()
    for docket in dockets("strict" if is_strict else "default"):
        kernel = Kernel(docket.city, docket.rulings, strict=is_strict)
        batch = kernel.determine(fact_tables(docket.city, docket.dossiers), docket.as_of, threads=2)
        some = sorted(
            (each for each in docket.dossiers if each.code not in batch.entangled), key=lambda each: each.code
        )
        wanted = [told(each) for rows in kernel.determine_dossiers(some, docket.as_of) for each in rows]
        found = [row for row in told_by(batch) if row.enterprise not in batch.entangled]
        assert found == wanted
        seen |= {row.reason for row in found}
    # Under strict what only another option knows of is held back as well.
    assert {"match.no-measure", "choose.strict" if is_strict else "match.out-of-scope"} <= seen


# What only a batch has


def test_what_is_missing_is_joined_for_the_reader() -> None:
    batch = demo_kernel().determine(demo_tables(), AS_OF)
    missing = [
        (outcome, fields)
        for outcome, fields in zip(
            batch.table["outcome"].to_pylist(), batch.table["missing"].to_pylist(), strict=True
        )
    ]
    assert all((outcome == "待核") == bool(fields) for outcome, fields in missing)
    assert any(fields for _, fields in missing)


def test_reasons_and_shares_are_told_in_both_languages() -> None:
    columns = {
        language: demo_kernel().determine(demo_tables(), AS_OF, language=language).table.to_pydict()
        for language in (Language.CHINESE, Language.ENGLISH)
    }
    chinese, english = columns[Language.CHINESE], columns[Language.ENGLISH]
    pairs = {
        reason: (one, two)
        for reason, one, two in zip(
            chinese["reason"], chinese["reason_words"], english["reason_words"], strict=True
        )
    }
    assert len(pairs) >= 8
    for reason, (one, two) in pairs.items():
        assert one, reason
        assert two, reason
        assert two.isascii() or "“" in two or any(ord(each) > 127 for each in two)
        assert one != two, reason
        assert "{" not in one + two
    assert {name: values for name, values in chinese.items() if name not in ("reason_words", "basis")} == {
        name: values for name, values in english.items() if name not in ("reason_words", "basis")
    }


def test_a_condition_that_fails_is_named() -> None:
    table = demo_kernel().determine(demo_tables(), AS_OF).table.to_pylist()
    failing = [row["reason_words"] for row in table if row["reason"] == "match.condition-fails"]
    assert any("存量企业" in words or "有效投入额" in words for words in failing)


def test_shares_of_what_is_payable_add_up_and_nothing_else_has_any() -> None:
    for row_ in demo_kernel().determine(demo_tables(), AS_OF).table.to_pylist():
        parts = (row_["city_fen"], row_["county_fen"])
        if row_["outcome"] != "可兑付":
            assert parts == (None, None)
            assert row_["basis"] == ""
        elif None not in parts:
            assert sum(parts) == row_["amount_fen"]


def test_facts_that_no_clause_is_about_go_by_number_even_if_a_rule_writes_it_down() -> None:
    written = Compare(Comparator.EQUAL, trigger("对象", Type.TEXT), Literal("F2", Type.TEXT))
    where = town(measure("08", (row("a", 20, 称号="小巨人"),), condition=written))
    kernel = Kernel(where)
    dossiers = [
        enterprise(code, *_recognitions(numbers))
        for code, numbers in (("A", (3, 1, 2)), ("B", (1,)), ("C", (2, 1)))
    ]
    batch = kernel.determine(fact_tables(where, dossiers), AS_OF)
    assert [row_.fact for row_ in told_by(batch)] == ["F1", "F2", "F3", "F1", "F1", "F2"]
    assert told_by(batch) == [
        told(each) for rows in kernel.determine_dossiers(dossiers, AS_OF) for each in rows
    ]


def coded_city(where: City) -> City:
    return replace(where, vocabulary=town().vocabulary)


def entangled_batch(**more: Any) -> tuple[Kernel, Any]:
    kernel = Kernel(coded_city(tied_city()), **more)
    few = with_code(dossier(*tied_awards(3), award("G", "技术中心")), "A")
    many = with_code(too_entangled(), "B")
    tables = fact_tables(kernel.city, [few, many, with_code(few, "C")])
    return kernel, kernel.determine(tables, AS_OF)


def test_who_is_too_entangled_is_named_and_stays_open() -> None:
    _, batch = entangled_batch()
    assert batch.entangled == ("B",)
    rows = told_by(batch)
    assert {row_.reason for row_ in rows if row_.enterprise == "B"} == {"choose.too-entangled"}
    assert {row_.outcome for row_ in rows if row_.enterprise == "B"} == {str(w.OUTCOMES[w.UNDECIDED])}
    assert [row_.amount_fen for row_ in rows if row_.enterprise == "A"] == [
        20 * 10_000_00,
        20 * 10_000_00,
        0,
        0,
    ]
    assert [row_._replace(enterprise="A") for row_ in rows if row_.enterprise == "C"] == [
        row_ for row_ in rows if row_.enterprise == "A"
    ]


def test_nothing_is_marked_where_the_choice_itself_is_open() -> None:
    docket = next(each for each in draw_dockets("batch default", 20, 15) if each.city.interpretations)
    kernel = Kernel(docket.city, docket.rulings)
    batch = kernel.determine(fact_tables(docket.city, docket.dossiers), docket.as_of)
    codes = batch.table["enterprise"].to_pylist()
    assert not {codes[place] for place in batch.marks["result"].to_pylist()} & set(batch.entangled)


def test_on_a_day_before_everything_all_that_is_dated_is_still_to_come() -> None:
    reasons = {
        each.reason for each in told_by(demo_kernel().determine(demo_tables(), AS_OF.replace(year=1999)))
    }
    assert "exclude.after-as-of" in reasons
    assert "choose.payable" not in reasons


def _recognitions(numbers: Iterable[int]) -> list[Any]:
    """Recognitions of these numbers, that no clause is about."""
    return [("认定", f"F{number}", {"称号": "技术中心"}) for number in numbers]
