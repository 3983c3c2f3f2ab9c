"""Step 4: 就高不重复, limits and ladders, after what was paid."""

from __future__ import annotations

from datetime import date

from duixian.rules.decided import Choice
from duixian.rules.determination import Outcome
from duixian.rules.expression import Type
from duixian.rules.measure import Ladder, Limit, Promotion
from duixian.rules.policy import AfterPayment, Cumulation, CumulationReach, SameMatter
from tests.evaluate.build import (
    WAN,
    award,
    city,
    codes,
    determine,
    measure,
    paid,
    policy,
    project,
    question,
    rate_row,
    row,
    trigger,
    wan_of,
)  # fmt: skip

TRUE_IF_STOCK = trigger("存量企业", Type.FLAG)
OTHER = "乙〔2023〕2号"


def rule(
    reach: CumulationReach = CumulationReach.OTHER_DOCUMENTS,
    same: SameMatter = SameMatter.SAME_FACT,
    after: AfterPayment = AfterPayment.DIFFERENCE,
) -> Cumulation:
    return Cumulation("附则", same, reach, after)


A09 = measure(
    "09", (rate_row("a", 12, 500),), kind="投资项目", limits=(Limit(("企业", "年度"), max_count=1),)
)
B43 = measure(
    "43",
    (rate_row("b", 10, 500),),
    kind="投资项目",
    document=OTHER,
    limits=(Limit(("企业",), max_fen=500 * WAN),),
)
BOTH = city(policy(B43, number=OTHER, cumulation=rule()), policy(A09, cumulation=rule()))


def test_one_matter_under_two_policies_is_paid_once_at_the_highest() -> None:
    found = determine(BOTH, project("P", 3000))
    assert (wan_of(found["09:P"]), found["09:P"].outcome) == (360, Outcome.PAYABLE)
    assert (found["43:P"].outcome, found["43:P"].amount_fen, found["43:P"].ceiling_fen) == (
        Outcome.NOT_HIGHEST,
        0,
        300 * WAN,
    )
    assert found["43:P"].reason.code == "choose.beaten"
    assert "choose.preferred" in codes(found["09:P"])
    assert found["43:P"].reason.args == (("事项09（甲〔2025〕1号（09），P）",), 360 * WAN)


def test_equal_awards_go_to_the_earlier_document() -> None:
    found = determine(BOTH, project("P", 10_000))
    assert [found[key].outcome for key in ("43:P", "09:P")] == [Outcome.PAYABLE, Outcome.NOT_HIGHEST]


def test_the_choice_looks_at_all_awards_together() -> None:
    """Two projects: the year's one project under A and the other under B beats A's highest alone."""
    found = determine(BOTH, project("P", 3000), project("Q", 2900))
    assert {key: each.outcome for key, each in found.items()} == {
        "43:P": Outcome.NOT_HIGHEST,
        "43:Q": Outcome.PAYABLE,
        "09:P": Outcome.PAYABLE,
        "09:Q": Outcome.NOT_HIGHEST,
    }


def test_one_project_a_year_and_another_year_another() -> None:
    where = city(policy(A09))
    found = determine(where, project("P", 300), project("Q", 400), project("R", 250, "2027-05-05"))
    assert {key: each.outcome for key, each in found.items()} == {
        "09:P": Outcome.OVER_LIMIT,
        "09:Q": Outcome.PAYABLE,
        "09:R": Outcome.PAYABLE,
    }
    assert found["09:P"].reason.args == (
        ("企业", "年度"),
        1,
        0,
        ("事项09（甲〔2025〕1号（09），Q）",),
        48 * WAN,
    )


PRODUCTS = measure("15", (row("c", 2, 称号="目录产品"),), limits=(Limit(("企业", "年度"), max_fen=20 * WAN),))


def test_a_sum_limit_cuts_in_the_order_of_dates() -> None:
    uneven = measure(
        "15", (row("c", 3, 称号="目录产品"),), limits=(Limit(("企业", "年度"), max_fen=20 * WAN),)
    )
    facts = [award(f"F{place}", "目录产品", f"2026-0{9 - place}-01") for place in range(1, 9)]
    found = determine(city(policy(uneven)), *facts)
    assert [wan_of(found[f"15:F{place}"]) for place in range(1, 9)] == [0, 2, 3, 3, 3, 3, 3, 3]
    assert found["15:F1"].outcome is Outcome.OVER_LIMIT
    assert found["15:F1"].reason.args[-1] == 0
    assert found["15:F2"].outcome is Outcome.PAYABLE
    assert "choose.sum" in codes(found["15:F2"])
    assert "choose.sum" not in codes(found["15:F3"])


def test_what_was_paid_in_the_year_uses_up_the_limit() -> None:
    where = city(policy(PRODUCTS))
    payment = paid("Z", 19, clause="（15）", 日期=date(2026, 2, 1))
    found = determine(where, award("F", "目录产品"), payment)["15:F"]
    assert (wan_of(found), found.outcome) == (1, Outcome.PAYABLE)
    other_year = paid("Z", 19, clause="（15）", 日期=date(2027, 2, 1))
    assert wan_of(determine(where, award("F", "目录产品"), other_year)["15:F"]) == 2


def test_a_payment_counts_in_the_year_of_its_fact() -> None:
    where = city(policy(PRODUCTS))
    payment = paid("Z", 19, "E", clause="(15)", 日期=date(2027, 2, 1))
    facts = (
        award("E", "目录产品", "2026-01-01"),
        award("F", "目录产品", "2026-03-01"),
        award("G", "目录产品", "2027-03-01"),
    )
    found = determine(where, *facts, payment)
    assert [wan_of(found[key]) for key in ("15:F", "15:G")] == [1, 2]
    assert (found["15:E"].outcome, found["15:E"].reason.code) == (Outcome.OVER_LIMIT, "choose.paid")


def test_a_payment_of_another_matter_or_clause_does_not_count() -> None:
    where = city(policy(PRODUCTS))
    for payment in (
        paid("Z", 19, clause="（16）"),
        paid("Z", 19, clause="（15）", document=OTHER),
        paid("Z", 19, clause="（15）", 事项="另一事项"),
        paid("Z", 19),
    ):
        assert wan_of(determine(where, award("F", "目录产品"), payment)["15:F"]) == 2
    by_matter = paid("Z", 19, 事项="事项15")
    assert wan_of(determine(where, award("F", "目录产品"), by_matter)["15:F"]) == 1


def test_an_award_that_was_paid_is_finished_even_below_its_ceiling() -> None:
    found = determine(city(policy(A09)), project("P", 300), paid("Z", 30, "P", clause="第（09）条"))["09:P"]
    assert (found.outcome, found.amount_fen, found.reason.args) == (Outcome.OVER_LIMIT, 0, (30 * WAN, "Z"))


def test_a_paid_project_uses_up_the_count_of_its_year() -> None:
    where = city(policy(A09))
    found = determine(where, project("P", 300), project("Q", 400), paid("Z", 30, "P", clause="（09）"))
    assert (found["09:Q"].outcome, found["09:Q"].reason.args[:3]) == (
        Outcome.OVER_LIMIT,
        (("企业", "年度"), 1, 1),
    )


def test_a_payment_without_its_fact_counts_by_the_year_of_payment() -> None:
    where = city(policy(A09))
    assert (
        determine(where, project("Q", 400), paid("Z", 30, clause="（09）"))["09:Q"].outcome
        is Outcome.OVER_LIMIT
    )
    next_year = paid("Z", 30, clause="（09）", 日期=date(2027, 7, 1))
    assert determine(where, project("Q", 400), next_year)["09:Q"].outcome is Outcome.PAYABLE


def test_a_payment_after_the_day_of_determination_is_not_known_yet() -> None:
    found = determine(
        city(policy(A09)), project("P", 300), paid("Z", 30, "P", clause="（09）"), as_of="2026-06-30"
    )["09:P"]
    assert found.outcome is Outcome.PAYABLE


def test_a_limit_may_hold_for_some_rows_only() -> None:
    some = measure(
        "11",
        (row("a", 10, 称号="小巨人"), row("b", 20, 称号="中小企业"), row("c", 30, 称号="目录产品")),
        limits=(Limit(("企业",), max_count=1, rows=frozenset(["b", "c"])),),
    )
    found = determine(
        city(policy(some)), award("F", "小巨人"), award("G", "中小企业"), award("H", "目录产品")
    )
    assert [found[f"11:{each}"].outcome for each in "FGH"] == [
        Outcome.PAYABLE,
        Outcome.OVER_LIMIT,
        Outcome.PAYABLE,
    ]


PER_OBJECT = measure("08", (row("a", 20, 称号="小巨人"),), limits=(Limit(("企业", "对象"), max_count=1),))


def test_a_limit_per_object_counts_each_object() -> None:
    where = city(policy(PER_OBJECT))
    found = determine(
        where,
        award("F", "小巨人", 对象="甲"),
        award("G", "小巨人", 对象="乙"),
        award("H", "小巨人", 对象="乙"),
    )
    assert [found[f"08:{each}"].outcome for each in "FGH"] == [
        Outcome.PAYABLE,
        Outcome.PAYABLE,
        Outcome.OVER_LIMIT,
    ]


def test_two_awards_of_unknown_object_cannot_be_told_apart() -> None:
    where = city(policy(PER_OBJECT))
    found = determine(where, award("F", "小巨人"), award("G", "小巨人", 对象="乙"))
    assert (found["08:F"].outcome, found["08:F"].missing) == (Outcome.UNKNOWN, ("认定.对象",))
    assert found["08:G"].outcome is Outcome.PAYABLE
    assert determine(where, award("F", "小巨人"))["08:F"].outcome is Outcome.PAYABLE


def test_a_limit_per_row_counts_each_row() -> None:
    both = measure(
        "x",
        (row("a", 20, 称号="小巨人"), row("b", 10, 称号="中小企业")),
        limits=(Limit(("企业", "行"), max_count=1),),
    )
    found = determine(city(policy(both)), award("F", "小巨人"), award("G", "中小企业"), award("H", "小巨人"))
    assert [found[f"x:{each}"].outcome for each in "FGH"] == [
        Outcome.PAYABLE,
        Outcome.PAYABLE,
        Outcome.OVER_LIMIT,
    ]


CLIMB = (row("a", 60, 称号="小巨人"), row("b", 20, 称号="中小企业"), row("c", 5, 称号="目录产品"))


def ladder(mode: Promotion, *facts: object, **keywords: object) -> dict[str, object]:
    climbing = measure("03", CLIMB, ladders=(Ladder("梯度", ("企业",), mode, frozenset(["a", "b"])),))
    found = determine(city(policy(climbing)), *facts, **keywords)  # type: ignore[arg-type]
    return {key[3:]: (wan_of(each), each.outcome) for key, each in found.items()}


SMALL = award("S", "中小企业", "2026-01-01")
GIANT = award("T", "小巨人", "2027-01-01")


def test_a_ladder_in_full_pays_every_rung() -> None:
    assert ladder(Promotion.FULL, SMALL, GIANT) == {"S": (20, Outcome.PAYABLE), "T": (60, Outcome.PAYABLE)}


def test_a_ladder_by_difference_gives_the_highest_in_all() -> None:
    assert ladder(Promotion.DIFFERENCE, SMALL, GIANT) == {
        "S": (20, Outcome.PAYABLE),
        "T": (40, Outcome.PAYABLE),
    }
    reversed_ = ladder(Promotion.DIFFERENCE, award("S", "中小企业", "2027-06-01"), GIANT)
    assert reversed_ == {"S": (0, Outcome.NOT_HIGHEST), "T": (60, Outcome.PAYABLE)}


def test_a_ladder_of_the_highest_only_pays_one_rung() -> None:
    assert ladder(Promotion.HIGHEST_ONLY, SMALL, GIANT) == {
        "S": (0, Outcome.NOT_HIGHEST),
        "T": (60, Outcome.PAYABLE),
    }


def test_a_row_that_is_no_rung_stays_outside() -> None:
    found = ladder(Promotion.HIGHEST_ONLY, GIANT, award("U", "目录产品"))
    assert found["U"] == (5, Outcome.PAYABLE)


def test_a_rung_paid_under_an_older_document_counts() -> None:
    before = award("S", "中小企业", "2024-01-01")
    payment = paid("Z", 20, "S", document="旧〔2022〕9号", 日期=date(2024, 5, 1))
    assert ladder(Promotion.DIFFERENCE, before, GIANT, payment)["T"] == (40, Outcome.PAYABLE)
    assert ladder(Promotion.HIGHEST_ONLY, before, GIANT, payment)["T"] == (0, Outcome.NOT_HIGHEST)
    assert ladder(Promotion.FULL, before, GIANT, payment)["T"] == (60, Outcome.PAYABLE)
    whole = paid("Z", 60, "S", document="旧〔2022〕9号", 日期=date(2024, 5, 1))
    assert ladder(Promotion.DIFFERENCE, before, GIANT, whole)["T"] == (0, Outcome.NOT_HIGHEST)


def test_measures_that_name_one_ladder_share_it() -> None:
    shared = Ladder("梯度", ("企业",), Promotion.DIFFERENCE, frozenset(["a", "b"]))
    one = measure("1", (row("b", 20, 称号="中小企业"),), ladders=(shared,))
    two = measure("2", (row("a", 60, 称号="小巨人"),), ladders=(shared,))
    found = determine(city(policy(one, two)), SMALL, GIANT)
    assert (wan_of(found["1:S"]), wan_of(found["2:T"])) == (20, 40)


def test_a_ladder_per_object_keeps_objects_apart() -> None:
    per = measure(
        "03",
        CLIMB,
        ladders=(Ladder("梯度", ("企业", "对象"), Promotion.HIGHEST_ONLY, frozenset(["a", "b"])),),
    )
    found = determine(city(policy(per)), award("S", "中小企业", 对象="甲"), award("T", "小巨人", 对象="乙"))
    assert all(each.outcome is Outcome.PAYABLE for each in found.values())


ONE = measure("07", (row("a", 5, 称号="目录产品"),))
TWO = measure("15", (row("b", 40, 称号="小巨人"),))


def within(reach: CumulationReach, same: SameMatter) -> list[Outcome]:
    where = city(policy(ONE, TWO, cumulation=rule(reach, same)))
    found = determine(where, award("F", "目录产品", 对象="软件甲"), award("G", "小巨人", 对象="软件甲"))
    return [found["07:F"].outcome, found["15:G"].outcome]


def test_one_object_under_two_clauses_of_one_document() -> None:
    both = [Outcome.PAYABLE, Outcome.PAYABLE]
    assert within(CumulationReach.ALL_CLAUSES, SameMatter.SAME_OBJECT) == [
        Outcome.NOT_HIGHEST,
        Outcome.PAYABLE,
    ]
    assert within(CumulationReach.ALL_CLAUSES, SameMatter.SAME_FACT) == both
    assert within(CumulationReach.OTHER_DOCUMENTS, SameMatter.SAME_OBJECT) == both


def test_without_a_rule_nothing_excludes() -> None:
    bare = city(policy(B43, number=OTHER), policy(A09))
    found = determine(bare, project("P", 3000))
    assert [each.outcome for each in found.values()] == [Outcome.PAYABLE, Outcome.PAYABLE]


def test_one_document_s_rule_is_enough() -> None:
    half = city(policy(B43, number=OTHER), policy(A09, cumulation=rule()))
    assert determine(half, project("P", 3000))["43:P"].outcome is Outcome.NOT_HIGHEST
    half = city(policy(B43, number=OTHER, cumulation=rule()), policy(A09))
    assert determine(half, project("P", 3000))["43:P"].outcome is Outcome.NOT_HIGHEST


def paid_before(after: AfterPayment, wan: int, payment_document: str = OTHER) -> tuple[object, Outcome]:
    where = city(policy(A09, cumulation=rule(after=after)))
    found = determine(
        where, project("P", 3000), paid("Z", wan, "P", document=payment_document, clause="四（三）")
    )["09:P"]
    return wan_of(found), found.outcome


def test_a_lower_payment_of_the_same_matter_leaves_the_difference_or_nothing() -> None:
    assert paid_before(AfterPayment.DIFFERENCE, 300) == (60, Outcome.PAYABLE)
    assert paid_before(AfterPayment.DIFFERENCE, 400) == (0, Outcome.NOT_HIGHEST)
    assert paid_before(AfterPayment.NOTHING, 300) == (0, Outcome.NOT_HIGHEST)


def test_another_clause_of_the_same_document_only_where_the_rule_reaches_it() -> None:
    assert paid_before(AfterPayment.DIFFERENCE, 300, "甲[2025]1号") == (360, Outcome.PAYABLE)
    where = city(policy(A09, cumulation=rule(CumulationReach.ALL_CLAUSES)))
    payment = paid("Z", 300, "P", document="甲 (2025) 1号", clause="（10）")
    assert wan_of(determine(where, project("P", 3000), payment)["09:P"]) == 60


def test_a_rival_that_still_lacks_facts_is_mentioned() -> None:
    waiting = measure(
        "43", (rate_row("b", 10, 500),), kind="投资项目", document=OTHER, condition=TRUE_IF_STOCK
    )
    where = city(policy(waiting, number=OTHER, cumulation=rule()), policy(A09, cumulation=rule()))
    found = determine(where, project("P", 3000))
    assert found["43:P"].outcome is Outcome.UNKNOWN
    assert found["09:P"].outcome is Outcome.PAYABLE
    assert "choose.rival-unknown" in codes(found["09:P"])


def test_a_decision_about_the_ladder_is_marked_with_its_money() -> None:
    decided = Choice(
        "晋级", {"全额": Promotion.FULL, "补差": Promotion.DIFFERENCE, "就高": Promotion.HIGHEST_ONLY}
    )
    climbing = measure("03", CLIMB, ladders=(Ladder("梯度", ("企业",), decided, frozenset(["a", "b"])),))
    where = city(policy(climbing), questions=(question("晋级", ("全额", "补差", "就高"), "全额"),))
    found = determine(where, SMALL, GIANT)
    assert [(each.option, each.outcome, each.amount_fen) for each in found["03:T"].marks] == [
        ("补差", Outcome.PAYABLE, 40 * WAN)
    ]
    assert [(each.option, each.outcome, each.amount_fen) for each in found["03:S"].marks] == [
        ("就高", Outcome.NOT_HIGHEST, 0)
    ]
    assert determine(where, GIANT)["03:T"].marks == ()
    assert determine(where, SMALL, GIANT, rulings={"晋级": "补差"})["03:T"].marks == ()
