"""Who pays: the first rule that fits the clause and the area, the most specific line of the fiscal table, or nobody knows."""

from __future__ import annotations

from datetime import date
from typing import Any

from duixian.kernel.kernel import Kernel
from duixian.rules.decided import Choice
from duixian.rules.determination import CostShare
from duixian.rules.policy import City, Remainder, ShareRule
from duixian.rules.region import FiscalShare
from tests.evaluate.build import award, city, determine, dossier, measure, policy, question, row

AS_OF = date(2028, 12, 31)
SYSTEM = "现行财政体制"


def rule(
    *,
    clauses: tuple[str, ...] = (),
    areas: tuple[str, ...] = (),
    ratio: tuple[int, int] | None = None,
    **more: object,
) -> ShareRule:
    basis = f"{ratio[0]}:{ratio[1]}" if ratio else SYSTEM
    return ShareRule("附则", frozenset(clauses), frozenset(areas), ratio, basis, **more)  # type: ignore[arg-type]


def line(area: str, city_part: int, county_part: int, first: int = 2020, **more: object) -> FiscalShare:
    return FiscalShare(area, city_part, county_part, f"{area}体制{first}", date(first, 1, 1), **more)  # type: ignore[arg-type]


def town(*rules: ShareRule, fiscal: tuple[FiscalShare, ...] = (), wan: int = 10) -> City:
    measures = (
        measure("08", (row("a", wan, 称号="小巨人"),)),
        measure("09", (row("b", wan, 称号="技术中心"),)),
    )
    return city(policy(*measures, shares=rules), fiscal=fiscal)


def shares(where: City, day: str = "2026-03-01", **subject: Any) -> list[CostShare | None]:
    """The shares of both measures, which are also those of the reference."""
    facts = award("F", "小巨人", day), award("G", "技术中心", day)
    found = Kernel(where).determine_dossier(dossier(*facts, **subject), AS_OF)
    law = determine(where, *facts, **subject)
    assert [each.share for each in found] == [each.share for each in law.values()]
    return [each.share for each in found]


def split(wan: int, city_wan: int, basis: str) -> CostShare:
    return CostShare(city_wan * 10_000_00, (wan - city_wan) * 10_000_00, basis)


def test_the_first_rule_that_fits_the_clause_and_the_area_counts() -> None:
    where = town(
        rule(clauses=("（09）",), ratio=(1, 1)),
        rule(areas=("东海县",), ratio=(3, 7)),
        rule(ratio=(1, 0)),
    )
    assert shares(where, 所属地区="东海县") == [split(10, 3, "3:7"), split(10, 5, "1:1")]
    assert shares(where, 所属地区="海州区") == [split(10, 10, "1:0"), split(10, 5, "1:1")]


def test_what_lies_in_an_area_belongs_to_it_but_a_zone_stands_alone() -> None:
    where = town(rule(areas=("赣榆区", "东海县"), ratio=(3, 7)))
    assert shares(where, 所属地区="赣榆经开区")[0] == split(10, 3, "3:7")
    assert shares(where, 所属地区="市开发区")[0] == CostShare(None, None, "")


def test_without_an_area_the_first_rule_of_the_clause_stays_open() -> None:
    where = town(rule(clauses=("（09）",), ratio=(1, 1)), rule(areas=("东海县",), ratio=(3, 7)))
    assert shares(where) == [CostShare(None, None, "3:7"), CostShare(None, None, "1:1")]


def test_without_a_rule_it_stays_open() -> None:
    assert shares(town(), 所属地区="东海县")[0] == CostShare(None, None, "")
    assert shares(town(rule(clauses=("（07）",), ratio=(1, 1))), 所属地区="东海县")[0] == CostShare(
        None, None, ""
    )


def test_the_fiscal_table_is_asked_for_the_day() -> None:
    fiscal = (line("东海县", 3, 7, valid_to=date(2026, 5, 31)), line("东海县", 1, 0, 2027))
    where = town(rule(), fiscal=fiscal)
    assert shares(where, "2026-05-31", 所属地区="东海县")[0] == split(10, 3, "东海县体制2020")
    assert shares(where, "2026-06-01", 所属地区="东海县")[0] == CostShare(None, None, SYSTEM)
    assert shares(where, "2027-01-01", 所属地区="东海县")[0] == split(10, 10, "东海县体制2027")
    assert shares(where, "2027-01-01", 所属地区="海州区")[0] == CostShare(None, None, SYSTEM)


def test_the_most_specific_line_counts_and_of_equal_ones_the_first() -> None:
    number = "甲〔2025〕1号"
    lines = (
        line("东海县", 1, 9),
        line("东海县", 2, 8, 2024),
        line("东海县", 3, 7, document=number),
        line("东海县", 4, 6, document=number, clause="（08）"),
        line("东海县", 5, 5, document=number, clause="（08）"),
        line("东海县", 6, 4, document="乙〔2023〕2号"),
    )
    found = shares(town(rule(), fiscal=lines), 所属地区="东海县")
    assert found == [split(10, 4, "东海县体制2020"), split(10, 3, "东海县体制2020")]
    found = shares(town(rule(), fiscal=lines[:2]), 所属地区="东海县")
    assert found[0] == split(10, 2, "东海县体制2024")


def test_the_fen_that_a_ratio_leaves_over_goes_where_the_decision_says() -> None:
    remainder = Choice("尾差", {"市": Remainder.CITY, "县": Remainder.COUNTY})
    odd = measure("08", (row("a", 10, 称号="小巨人"),))
    shared = rule(areas=("东海县",), ratio=(1, 2), remainder=remainder)
    where = city(policy(odd, shares=(shared,)), questions=(question("尾差", ("市", "县"), "县"),))
    facts = dossier(award("F", "小巨人"), 所属地区="东海县")
    by_default = Kernel(where).determine_dossier(facts, AS_OF)[0].share
    ruled = Kernel(where, {"尾差": "市"}).determine_dossier(facts, AS_OF)[0].share
    assert by_default == CostShare(3_333_333, 6_666_667, "1:2")
    assert ruled == CostShare(3_333_334, 6_666_666, "1:2")


def test_ratios_that_mean_the_same_split_the_same() -> None:
    assert shares(town(rule(ratio=(30, 70))), 所属地区="东海县")[0] == split(10, 3, "30:70")
