"""The city's fiscal table: which line holds for an area, a day, a document and a clause."""

from __future__ import annotations

from datetime import date

import pytest

from duixian.rules.determination import CostShare
from duixian.rules.policy import Remainder, ShareRule
from duixian.rules.region import FiscalShare
from tests.evaluate.build import WAN, award, city, codes, determine, fact, measure, policy, row

GIANT = measure("03", (row("a", 60, 称号="小巨人"),))
BY_TABLE = (ShareRule("（三二）", frozenset(), frozenset(), None, "现行财政体制"),)
OPEN = CostShare(None, None, "现行财政体制")
START = date(2020, 1, 1)


def share_of(
    *lines: FiscalShare,
    day: str = "2026-03-01",
    area: str = "海州区",
    rules: tuple[ShareRule, ...] = BY_TABLE,
) -> CostShare | None:
    where = city(policy(GIANT, shares=rules), fiscal=lines)
    return determine(where, award("F", "小巨人", day), 所属地区=area)["03:F"].share


def ten(city_part: int, since: date = START, until: date | None = None, **only: str) -> FiscalShare:
    return FiscalShare("海州区", city_part, 10 - city_part, f"市{city_part}", since, until, **only)


def held(*lines: FiscalShare, day: str = "2026-03-01") -> int | None:
    """The tenths that the city bears."""
    found = share_of(*lines, day=day)
    assert found is not None
    return None if found.city_fen is None else found.city_fen // (6 * WAN)


@pytest.mark.parametrize(
    ("day", "tenths"), [("2026-02-28", None), ("2026-03-01", 4), ("2026-03-31", 4), ("2026-04-01", None)]
)
def test_a_line_holds_from_its_first_to_its_last_day(day: str, tenths: int | None) -> None:
    assert held(ten(4, date(2026, 3, 1), date(2026, 3, 31)), day=day) == tenths


def test_the_later_line_takes_over() -> None:
    assert held(ten(4), ten(6, date(2026, 1, 1))) == held(ten(6, date(2026, 1, 1)), ten(4)) == 6
    assert held(ten(4), ten(6, date(2026, 1, 1)), day="2025-12-31") == 4


def test_a_line_for_the_document_goes_before_a_general_one() -> None:
    special = ten(7, document="甲〔2025〕1号")
    assert held(special, ten(4, date(2026, 1, 1))) == held(ten(4, date(2026, 1, 1)), special) == 7
    assert held(ten(7, document="乙"), ten(4)) == 4


def test_a_line_for_the_clause_goes_before_one_for_the_document() -> None:
    clause, document = ten(8, clause="（03）"), ten(7, date(2026, 1, 1), document="甲〔2025〕1号")
    assert held(clause, document) == held(document, clause) == 8
    assert held(ten(8, clause="（04）"), document) == 7


def test_lines_of_another_area_do_not_help() -> None:
    assert share_of(ten(4), area="东海县") == OPEN
    assert share_of(FiscalShare("东海县", 1, 9, "别处", START)) == OPEN


def test_the_last_fen_follows_the_rule_with_the_fiscal_table_too() -> None:
    third = FiscalShare("海州区", 1, 2, "三分之一", START)
    to_city = (ShareRule("（三二）", frozenset(), frozenset(), None, "现行财政体制", Remainder.CITY),)
    assert share_of(third) == CostShare(20 * WAN, 40 * WAN, "三分之一")
    one_fen_more = measure("03", (row("a", 1, 称号="小巨人"),))
    for rules, parts in ((BY_TABLE, (3333_33, 6666_67)), (to_city, (3333_34, 6666_66))):
        where = city(policy(one_fen_more, shares=rules), fiscal=(third,))
        found = determine(where, award("F", "小巨人"), 所属地区="海州区")["03:F"].share
        assert found == CostShare(*parts, "三分之一")


def test_the_first_rule_that_fits_clause_and_area_holds() -> None:
    rules = (
        ShareRule("一", frozenset(["（04）"]), frozenset(), (1, 9), "别的条款"),
        ShareRule("二", frozenset(["（03）"]), frozenset(["东海县"]), (2, 8), "别的地区"),
        ShareRule("三", frozenset(["（03）", "（05）"]), frozenset(["东海县", "海州区"]), (3, 7), "这一条"),
        ShareRule("四", frozenset(), frozenset(), (4, 6), "其余"),
    )
    assert share_of(rules=rules) == CostShare(18 * WAN, 42 * WAN, "这一条")
    assert share_of(rules=rules, area="东海县") == CostShare(12 * WAN, 48 * WAN, "别的地区")
    assert share_of(rules=rules, area="赣榆区") == CostShare(24 * WAN, 36 * WAN, "其余")
    assert share_of(rules=rules[:1]) == CostShare(None, None, "")


def test_an_award_that_is_not_payable_has_no_share_and_no_line() -> None:
    where = city(policy(GIANT, shares=BY_TABLE), fiscal=(ten(4),))
    for about in (award("F", "小巨人", "2020-01-01"), fact("认定", "F", 称号="小巨人")):
        found = determine(where, about, 所属地区="海州区")["03:F"]
        assert found.share is None
        assert not any(code.startswith("share.") for code in codes(found))
