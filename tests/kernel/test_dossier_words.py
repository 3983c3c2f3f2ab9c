"""One dossier as words: what is carried, in which order, and what is refused."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
import pytest

from duixian.kernel import words as w
from duixian.kernel.dossier_words import DossierWords
from duixian.kernel.program import Program
from duixian.kernel.unfit import UnfitFacts
from duixian.kernel.values import day_word
from duixian.money import MAX_FEN
from duixian.rules.fact import Dossier
from tests.evaluate.build import (
    CODE,
    at_least,
    award,
    city,
    dossier,
    fact,
    measure,
    paid,
    policy,
    project,
    row,
)
from tests.kernel.asking import compiled_city


@pytest.fixture(scope="module")
def program() -> Program:
    return compiled_city(
        city(
            policy(
                measure("08", (row("a", 20, 称号="小巨人"),)),
                measure("09", (row("b", 1),), kind="投资项目", condition=at_least("有效投入额", 5)),
            )
        )
    )


def encoded(program: Program, about: Dossier) -> tuple[Any, Any, list[str]]:
    facts, subject, order = DossierWords(program.book).encode(about)
    return facts, subject, [each.id for each in order]


def test_facts_go_by_kind_then_day_then_number(program: Program) -> None:
    facts = (
        project("P", 1),
        award("B", "小巨人"),
        award("A", "小巨人"),
        award("C", "小巨人", "2025-01-01"),
        fact("认定", "Z"),
        paid("Q", 1),
    )
    assert encoded(program, dossier(*facts))[2] == ["Q", "P", "Z", "C", "A", "B"]
    assert encoded(program, dossier(*reversed(facts)))[2] == ["Q", "P", "Z", "C", "A", "B"]


def test_a_missing_field_is_missing_and_never_zero(program: Program) -> None:
    facts, _, _ = encoded(program, dossier(project("P", None), project("Q", 0, "2026-07-01")))
    slot = program.layout.kinds["投资项目"].slots["有效投入额"]
    assert list(facts[:, slot]) == [w.MISSING, 0]
    assert list(facts[:, w.F_DATE]) == [day_word(date(2026, 6, 30)), day_word(date(2026, 7, 1))]


def test_a_dossier_without_facts_has_no_rows(program: Program) -> None:
    facts, subject, order = encoded(program, dossier())
    assert facts.shape == (0, program.layout.fact_words)
    assert len(subject) == program.layout.subject_words
    assert order == []


def test_the_same_dossier_has_the_same_words(program: Program) -> None:
    about = dossier(award("F", "小巨人"), project("P", 100), 所属地区="东海县")
    one, two = encoded(program, about), encoded(program, about)
    assert np.array_equal(one[0], two[0])
    assert np.array_equal(one[1], two[1])


def test_a_kind_that_the_city_does_not_know_is_refused(program: Program) -> None:
    for kind in ("专利", "企业"):
        with pytest.raises(UnfitFacts) as refusal:
            encoded(program, dossier(fact(kind, "F")))
        assert (refusal.value.kind, refusal.value.reason) == (kind, "unknown-kind")
        assert CODE not in str(refusal.value)


@pytest.mark.parametrize("fen", [MAX_FEN + 1, -MAX_FEN - 1, 2**63, -(2**63)])
def test_money_out_of_all_range_is_refused(program: Program, fen: int) -> None:
    for edge in (MAX_FEN, -MAX_FEN):
        encoded(program, dossier(fact("投资项目", "P", 有效投入额=edge)))
    with pytest.raises(UnfitFacts, match="out-of-range: 投资项目 有效投入额"):
        encoded(program, dossier(fact("投资项目", "P", 有效投入额=fen)))


@pytest.mark.parametrize("money", [1.5, Decimal(7), "200"])
def test_money_that_is_no_whole_number_of_fen_is_a_bug(program: Program, money: Any) -> None:
    with pytest.raises(TypeError):
        encoded(program, dossier(fact("投资项目", "P", 有效投入额=money)))
