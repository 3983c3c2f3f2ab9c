"""Steps 2 and 3: the ceiling of each match, validity, and what bars an award."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from duixian.rules.decided import Choice, Decided
from duixian.rules.determination import Determination, Outcome
from duixian.rules.expression import DecidedAs, IfElse, Literal, Shift, Sum, Type, YearEnd, YearOf
from duixian.rules.policy import Exclusion
from tests.evaluate.build import (
    WAN,
    award,
    city,
    codes,
    determine,
    expression,
    fact,
    measure,
    policy,
    project,
    question,
    rate_row,
    row,
    trigger,
    upper_support,
    wan_of,
)  # fmt: skip

BASE = trigger("有效投入额", Type.MONEY)
DAY = trigger("竣工日期", Type.DATE)
RATE = measure("09", (rate_row("a", 12, 500),), kind="投资项目")


@pytest.mark.parametrize(
    ("fen", "ceiling"),
    [
        (200 * WAN, 24 * WAN),
        (1000 * WAN, 120 * WAN),
        (4_166_66 * WAN // 100, 499_999200),
        (4_166_67 * WAN // 100, 500 * WAN),
        (10_000 * WAN, 500 * WAN),
        (1, 0),
        (9, 1),
    ],
)
def test_a_rate_is_rounded_down_and_capped(fen: int, ceiling: int) -> None:
    """不超过 makes rounding down safe: half a fen more would break the ceiling."""
    found = determine(city(policy(RATE)), project("P", None, 有效投入额=fen))["09:P"]
    assert (found.ceiling_fen, found.base_fen, found.rate) == (ceiling, fen, Fraction(12, 100))
    assert found.amount_fen == ceiling


def test_the_cap_has_a_line_only_where_it_binds() -> None:
    assert "entitle.cap" in codes(determine(city(policy(RATE)), project("P", 5000))["09:P"])
    assert "entitle.cap" not in codes(determine(city(policy(RATE)), project("P", 100))["09:P"])


def test_exactly_at_the_cap_nothing_is_cut() -> None:
    at_cap = measure("09", (rate_row("a", 10, 500),), kind="投资项目")
    found = determine(city(policy(at_cap)), project("P", 5000))["09:P"]
    assert wan_of(found) == 500
    assert "entitle.cap" not in codes(found)


def test_a_rate_without_a_cap_goes_on() -> None:
    free = measure("09", (rate_row("a", 12, None),), kind="投资项目")
    assert wan_of(determine(city(policy(free)), project("P", 100_000))["09:P"]) == 12_000


def test_a_missing_base_is_unknown_not_zero() -> None:
    found = determine(city(policy(RATE)), project("P", None))["09:P"]
    assert (found.outcome, found.missing, found.ceiling_fen) == (
        Outcome.UNKNOWN,
        ("投资项目.有效投入额",),
        None,
    )
    assert found.reason.code == "entitle.base-unknown"


@pytest.mark.parametrize("wan", [0, -5])
def test_a_base_that_is_not_positive_gives_nothing(wan: int) -> None:
    found = determine(city(policy(RATE)), project("P", wan))["09:P"]
    assert (found.outcome, found.ceiling_fen, found.reason.code) == (Outcome.INELIGIBLE, 0, "entitle.nothing")


def test_an_exact_sum_says_so() -> None:
    exact = measure("41", (row("d", 50, is_exact=True, 称号="小巨人"),))
    found = determine(city(policy(exact)), award("F", "小巨人"))["41:F"]
    assert found.is_exact
    assert "entitle.exact" in codes(found)
    ceiling = measure("41", (row("d", 50, 称号="小巨人"),))
    found = determine(city(policy(ceiling)), award("F", "小巨人"))["41:F"]
    assert not found.is_exact
    assert "entitle.ceiling" in codes(found)


EXCESS = IfElse(DecidedAs("基数", "超出"), Sum(BASE, Literal(200 * WAN, Type.MONEY), -1), BASE)


def test_the_base_follows_the_decision() -> None:
    where = city(
        policy(measure("09", (rate_row("a", 10, None, EXCESS),), kind="投资项目")),
        questions=(question("基数", ("全额", "超出"), "全额"),),
    )
    assert wan_of(determine(where, project("P", 300))["09:P"]) == 30
    assert wan_of(determine(where, project("P", 300), rulings={"基数": "超出"})["09:P"]) == 10


def test_an_undecidable_branch_with_equal_values_is_decided() -> None:
    same = IfElse(trigger("存量企业", Type.FLAG), BASE, BASE)
    other = IfElse(trigger("存量企业", Type.FLAG), BASE, Sum(BASE, BASE, 1))
    for base, outcome in ((same, Outcome.PAYABLE), (other, Outcome.UNKNOWN)):
        where = city(policy(measure("09", (rate_row("a", 10, None, base),), kind="投资项目")))
        assert determine(where, project("P", 300))["09:P"].outcome is outcome


SMALL = measure("03", (row("a", 60, 称号="小巨人"),))


@pytest.mark.parametrize(
    ("day", "outcome", "code"),
    [
        ("2025-11-30", Outcome.NOT_IN_FORCE, "exclude.too-early"),
        ("2025-12-01", Outcome.PAYABLE, "choose.payable"),
        ("2028-12-01", Outcome.PAYABLE, "choose.payable"),
        ("2028-12-02", Outcome.NOT_IN_FORCE, "exclude.too-late"),
    ],
)
def test_both_days_of_the_validity_are_included(day: str, outcome: Outcome, code: str) -> None:
    found = determine(city(policy(SMALL)), award("F", "小巨人", day))["03:F"]
    assert (found.outcome, found.reason.code) == (outcome, code)


def test_the_bound_that_was_missed_is_named() -> None:
    early = determine(city(policy(SMALL)), award("F", "小巨人", "2020-01-01"))["03:F"].reason
    late = determine(city(policy(SMALL)), award("F", "小巨人", "2028-12-31"))["03:F"].reason
    assert (early.args[1], late.args[1]) == (date(2025, 12, 1), date(2028, 12, 1))


def test_a_missing_date_is_unknown() -> None:
    found = determine(city(policy(SMALL)), fact("认定", "F", 称号="小巨人"))["03:F"]
    assert (found.outcome, found.missing, found.reason.code) == (
        Outcome.UNKNOWN,
        ("认定.日期",),
        "exclude.date-unknown",
    )


def test_out_of_force_outweighs_missing_facts() -> None:
    late = determine(city(policy(RATE)), project("P", None, "2029-01-01"), as_of="2029-12-31")["09:P"]
    assert (late.outcome, late.missing) == (Outcome.NOT_IN_FORCE, ())


def test_a_fact_after_the_day_of_determination_gives_and_proves_nothing() -> None:
    found = determine(city(policy(SMALL)), award("F", "小巨人", "2026-03-01"), as_of="2026-02-28")["03:F"]
    assert (found.outcome, found.reason.code) == (Outcome.NOT_IN_FORCE, "exclude.after-as-of")
    assert (
        determine(city(policy(SMALL)), award("F", "小巨人", "2026-03-01"), as_of="2026-03-01")["03:F"].outcome
        is Outcome.PAYABLE
    )


def test_an_event_that_is_still_to_come_waits_for_its_day() -> None:
    later = measure(
        "44", (rate_row("a", 3, None),), kind="投资项目", event_date=expression(Shift(DAY, 3, 0), Type.DATE)
    )
    found = determine(city(policy(later)), project("P", 100, "2026-10-31"), as_of="2027-01-30")["44:P"]
    assert (found.outcome, found.reason.code) == (Outcome.NOT_IN_FORCE, "exclude.after-as-of")
    found = determine(city(policy(later)), project("P", 100, "2026-10-31"), as_of="2027-01-31")["44:P"]
    assert found.outcome is Outcome.PAYABLE


def test_days_shift_as_well_as_months() -> None:
    later = measure(
        "44", (rate_row("a", 3, None),), kind="投资项目", event_date=expression(Shift(DAY, 0, 40), Type.DATE)
    )
    found = determine(city(policy(later)), project("P", 100, "2028-11-01"))["44:P"]
    assert (found.outcome, found.reason.args[0]) == (Outcome.NOT_IN_FORCE, date(2028, 12, 11))


def test_the_event_date_may_be_the_end_of_the_accounting_year() -> None:
    year = trigger("年度", Type.YEAR)
    annual = measure(
        "09",
        (rate_row("a", 12, 500),),
        kind="投资项目",
        event_date=expression(YearEnd(year), Type.DATE),
        year=expression(year, Type.YEAR),
    )
    found = determine(city(policy(annual)), project("P", 300, 年度=2025), as_of="2026-12-31")["09:P"]
    assert (found.outcome, found.year) == (Outcome.PAYABLE, 2025)
    found = determine(city(policy(annual)), project("P", 300))["09:P"]
    assert (found.outcome, found.missing, found.year) == (Outcome.UNKNOWN, ("投资项目.年度",), None)


def test_the_accounting_year_is_that_of_the_date() -> None:
    assert determine(city(policy(RATE)), project("P", 300, "2027-06-30"))["09:P"].year == 2027
    assert YearOf(DAY).date is DAY


def test_the_validity_may_hang_on_a_decision() -> None:
    first_day = Choice("追溯", {"不追溯": date(2025, 12, 1), "追溯": date(2025, 1, 1)})
    where = city(
        policy(SMALL, first_day=first_day), questions=(question("追溯", ("不追溯", "追溯"), "不追溯"),)
    )
    found = determine(where, award("F", "小巨人", "2025-06-01"))["03:F"]
    assert found.outcome is Outcome.NOT_IN_FORCE
    assert [(each.interpretation, each.option, each.amount_fen) for each in found.marks] == [
        ("追溯", "追溯", 60 * WAN)
    ]


def barred(exempt: Decided[frozenset[str]] = frozenset(), **support: str) -> Determination:
    rule = Exclusion("已获上级扶持", "附则", expression(upper_support()), exempt)
    where = city(policy(RATE, exclusions=(rule,)), questions=(question("配套", ("除外", "一律"), "除外"),))
    facts = [fact("上级支持", "S", 日期=date(2026, 1, 1), **support)] if support else []
    return determine(where, project("P", 1000), *facts)["09:P"]


def test_support_from_above_bars_the_award() -> None:
    found = barred(事实编号="P", 级别="省级")
    assert (found.outcome, found.reason.code, found.amount_fen) == (Outcome.INELIGIBLE, "exclude.barred", 0)


def test_support_for_another_project_or_from_the_city_does_not() -> None:
    assert barred(事实编号="Q", 级别="省级").outcome is Outcome.PAYABLE
    assert barred(事实编号="P", 级别="市级").outcome is Outcome.PAYABLE
    assert "exclude.not-barred" in codes(barred())


def test_support_of_unknown_level_leaves_it_unknown() -> None:
    found = barred(事实编号="P")
    assert (found.outcome, found.missing, found.reason.code) == (
        Outcome.UNKNOWN, ("上级支持.级别",), "exclude.unknown",
    )  # fmt: skip


def test_an_exempt_row_or_measure_is_not_barred() -> None:
    by_row = barred(frozenset(["a"]), 事实编号="P", 级别="省级")
    by_measure = barred(frozenset(["09"]), 事实编号="P", 级别="省级")
    assert by_row.outcome is by_measure.outcome is Outcome.PAYABLE
    assert "exclude.exempt" in codes(by_row)
    assert "exclude.exempt" not in codes(by_measure)


def test_an_exemption_may_hang_on_a_decision() -> None:
    found = barred(
        Choice("配套", {"除外": frozenset(["a"]), "一律": frozenset()}), 事实编号="P", 级别="国家级"
    )
    assert found.outcome is Outcome.PAYABLE
    marks = [(each.option, each.outcome, each.amount_fen) for each in found.marks]
    assert marks == [("一律", Outcome.INELIGIBLE, 0)]


def test_a_barred_award_is_not_asked_for_missing_facts() -> None:
    rule = Exclusion("已获上级扶持", "附则", expression(upper_support()), frozenset())
    where = city(policy(RATE, exclusions=(rule,)))
    support = fact("上级支持", "S", 事实编号="P", 级别="国家级", 日期=date(2026, 1, 1))
    found = determine(where, project("P", None), support)["09:P"]
    assert (found.outcome, found.missing) == (Outcome.INELIGIBLE, ())


def test_an_exemption_from_one_exclusion_is_none_from_the_next() -> None:
    support = fact("上级支持", "S", 事实编号="P", 级别="国家级", 日期=date(2026, 1, 1))
    one = Exclusion("其一", "附则", expression(upper_support()), frozenset(["a"]))
    two = Exclusion("其二", "附则", expression(upper_support()), frozenset())
    found = determine(city(policy(RATE, exclusions=(one, two))), project("P", 1000), support)["09:P"]
    assert (found.outcome, found.reason.args) == (Outcome.INELIGIBLE, ("其二",))
    assert "exclude.exempt" in codes(found)
