"""A case that is not met says in what."""

from __future__ import annotations

from datetime import date

from duixian.evaluate.case_run import Complaint, run_cases
from duixian.rules.case import Case, Expected, Pending
from duixian.rules.determination import Outcome
from duixian.rules.policy import ShareRule
from tests.evaluate.build import WAN, at_least, award, city, dossier, measure, policy, project, rate_row, row

GIANT = measure("03", (row("A03c", 60, 称号="小巨人"),))
PROJECT = measure(
    "09", (rate_row("A09", 12, 500),), kind="投资项目", condition=at_least("有效投入额", 200 * WAN)
)
TOWN = city(policy(GIANT, PROJECT, shares=(ShareRule("附则", frozenset(), frozenset(), (3, 7), "3:7"),)))


def complaints(*expected: Expected) -> list[Complaint]:
    facts = dossier(award("F", "小巨人"), project("P", None), 所属地区="东海县")
    case = Case("某案例", "甲〔2025〕1号", facts, expected, {}, date(2028, 12, 31))
    (result,) = run_cases(TOWN, [case])
    return list(result.complaints)


MET = Expected("F", "A03c", "甲〔2025〕1号", Outcome.PAYABLE, 60 * WAN, 18 * WAN, 42 * WAN, is_unmarked=True)


def test_a_case_that_is_met_has_no_complaint() -> None:
    waiting = Expected("P", "09", "", Outcome.UNKNOWN, Pending.PENDING, missing=("有效投入额",))
    assert complaints(MET, waiting) == []


def test_every_difference_is_told() -> None:
    wrong = Expected("F", "A03c", "", Outcome.NOT_HIGHEST, 61 * WAN, Pending.PENDING, 1, ("某口径",))
    assert [(each.code, each.found, each.expected) for each in complaints(wrong)] == [
        ("outcome", "可兑付", "就高未取"),
        ("amount", "600000.00", "610000.00"),
        ("city", "180000.00", "待定"),
        ("county", "420000.00", "0.01"),
        ("marks", "—", "某口径"),
    ]


def test_missing_fields_are_compared() -> None:
    other = Expected("P", "09", "", missing=("竣工日期",))
    assert [each.code for each in complaints(MET, other)] == ["missing"]


def test_an_award_that_the_case_does_not_list_fails_it() -> None:
    assert complaints() == [Complaint("unlisted", "F", "A03c", "可兑付", "—")]


def test_a_result_that_does_not_come_is_told() -> None:
    absent = Expected("G", "A03c", "")
    elsewhere = Expected("F", "A03c", "乙〔2023〕2号")
    assert [each.code for each in complaints(MET, absent)] == ["count"]
    assert [each.code for each in complaints(elsewhere)] == ["count", "unlisted"]
