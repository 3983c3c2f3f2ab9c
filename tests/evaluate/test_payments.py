"""Payments are led back to what they paid, however the number of a document or clause is dressed."""

from __future__ import annotations

from datetime import date

import pytest

from duixian.evaluate.dossier_view import DossierView
from duixian.evaluate.payments import Payment, is_paid_under, payments_of
from duixian.rules.payment import clause_key, document_key
from tests.evaluate.build import KINDS, WAN, dossier, fact, measure, paid, row

AS_OF = date(2026, 12, 31)
CITED = measure("15", (row("a", 2, 称号="目录产品"),), clause="（十五）", document="甲〔2025〕1号")


def payment(document: str = "甲〔2025〕1号", clause: str = "十五", matter: str = "") -> Payment:
    return Payment("Z", document, clause, matter, "F", WAN, AS_OF)


@pytest.mark.parametrize("text", ["（三）", "(三)", "第（三）条", "第三条", "三", " （ 三 ） "])
def test_a_clause_number_is_known_without_its_dress(text: str) -> None:
    assert clause_key(text) == "三"


def test_different_clauses_stay_different() -> None:
    assert len({clause_key(text) for text in ("（三）", "（十三）", "四（三）", "（四）", "")}) == 5


@pytest.mark.parametrize(
    "text",
    [
        "连政办规〔2025〕6号",
        "连政办规[2025]6号",
        "连政办规(2025)6号",
        "连政办规（2025）6号",
        " 连政办规 〔2025〕 6 号 ",
    ],
)
def test_a_document_number_is_known_in_any_brackets(text: str) -> None:
    assert document_key(text) == "连政办规〔2025〕6号"


def test_a_payment_is_under_a_measure_by_document_and_clause() -> None:
    assert is_paid_under(payment(), CITED)
    assert not is_paid_under(payment(document="乙〔2025〕1号"), CITED)
    assert not is_paid_under(payment(clause="五"), CITED)


def test_where_the_matter_is_named_it_must_be_that_matter() -> None:
    assert is_paid_under(payment(matter="事项15"), CITED)
    assert is_paid_under(payment(clause="", matter="事项15"), CITED)
    assert not is_paid_under(payment(matter="另一事项"), CITED)
    assert not is_paid_under(payment(clause="五", matter="事项15"), CITED)
    assert is_paid_under(payment(), CITED) is True
    assert is_paid_under(payment(clause=""), CITED) is False


def test_payments_are_read_from_the_dossier_with_all_that_is_known() -> None:
    full = paid(
        "Z", 19, "F", document="甲[2025]1号", clause="第（十五）条", 事项="事项15", 日期=date(2026, 2, 1)
    )
    view = DossierView(dossier(full), KINDS, AS_OF)
    assert payments_of(view) == (
        Payment("Z", "甲〔2025〕1号", "十五", "事项15", "F", 19 * WAN, date(2026, 2, 1)),
    )


def test_what_a_payment_does_not_say_is_left_open() -> None:
    view = DossierView(dossier(fact("已兑付", "Z", 金额=WAN)), KINDS, AS_OF)
    assert payments_of(view) == (Payment("Z", "", "", "", "", WAN, None),)


def test_only_payments_known_on_the_day_and_with_an_amount_count() -> None:
    later, bare = paid("Y", 1, 日期=date(2027, 1, 1)), fact("已兑付", "X", 文号="甲〔2025〕1号")
    assert payments_of(DossierView(dossier(later, bare), KINDS, AS_OF)) == ()
    assert payments_of(DossierView(dossier(), KINDS, AS_OF)) == ()
