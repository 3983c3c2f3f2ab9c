"""Limits: what is one group, what payments used of it, and which rule a refusal names."""

from __future__ import annotations

from datetime import date
from itertools import permutations

from duixian.rules.determination import Determination, Outcome
from duixian.rules.fact import Fact
from duixian.rules.measure import Ladder, Limit, Measure, Promotion
from duixian.rules.policy import AfterPayment, Cumulation, CumulationReach, SameMatter
from tests.evaluate.build import (
    WAN,
    at_least,
    award,
    city,
    codes,
    determine,
    fact,
    measure,
    paid,
    policy,
    project,
    rate_row,
    row,
    wan_of,
)

GIANT, SMALL = row("a", 20, 称号="小巨人"), row("b", 10, 称号="中小企业")
OTHER = "乙〔2023〕2号"


def under(*limits: Limit, rows: tuple[object, ...] = (GIANT, SMALL)) -> Measure:
    return measure("08", rows, limits=limits)  # type: ignore[arg-type]


def amounts(rules: Measure, *facts: Fact) -> dict[str, object]:
    return {key[3:]: wan_of(each) for key, each in determine(city(policy(rules)), *facts).items()}


def one(rules: Measure, about: str, *facts: Fact) -> Determination:
    return determine(city(policy(rules)), *facts)[f"08:{about}"]


F, G, H = award("F", "小巨人"), award("G", "中小企业", "2026-04-01"), award("H", "小巨人", "2027-01-01")


def test_two_of_a_kind_may_be_allowed() -> None:
    two = under(Limit(("企业",), max_count=2))
    assert amounts(two, F, G, H) == {"F": 20, "G": 0, "H": 20}
    assert amounts(two, F, G, H, paid("Z", 5, clause="（08）")) == {"F": 20, "G": 0, "H": 0}
    assert amounts(two, F, paid("Z", 5, clause="（08）"), paid("Y", 5, clause="（08）")) == {"F": 0}


def test_several_payments_for_one_fact_use_up_one_place() -> None:
    two = under(Limit(("企业",), max_count=2))
    parts = (paid("Y", 5, "F", clause="（08）"), paid("Z", 5, "F", clause="（08）"))
    assert amounts(two, F, G, H, *parts) == {"F": 0, "G": 0, "H": 20}
    found = one(two, "G", F, G, H, *parts)
    assert (found.outcome, found.reason.args[:3]) == (Outcome.OVER_LIMIT, (("企业",), 2, 1))


def test_a_count_that_was_overspent_leaves_nothing() -> None:
    many = tuple(paid(f"Z{place}", 5, clause="（08）") for place in range(3))
    assert amounts(under(Limit(("企业",), max_count=1)), F, *many) == {"F": 0}
    assert amounts(under(Limit(("企业",), max_fen=12 * WAN)), F, *many) == {"F": 0}


def test_a_sum_is_used_up_by_all_payments_of_its_group() -> None:
    payments = (paid("Y", 5, clause="（08）"), paid("Z", 4, clause="（08）"), paid("X", 90, clause="（09）"))
    found = one(under(Limit(("企业",), max_fen=12 * WAN)), "F", F, *payments)
    assert (wan_of(found), found.reason.code) == (3, "choose.payable")
    assert [line.args for line in found.trace if line.code == "choose.sum"] == [
        (("企业",), 12 * WAN, 9 * WAN, 3 * WAN)
    ]


def test_a_sum_that_is_not_reached_leaves_no_line() -> None:
    assert "choose.sum" not in codes(one(under(Limit(("企业",), max_fen=20 * WAN)), "F", F))
    assert "choose.sum" not in codes(one(under(Limit(("企业",), max_fen=30 * WAN)), "G", F, G))
    assert "choose.sum" in codes(one(under(Limit(("企业",), max_fen=29 * WAN)), "G", F, G))


def test_the_tightest_of_several_sums_cuts() -> None:
    limits = (
        Limit(("企业",), max_fen=15 * WAN),
        Limit(("企业",), max_fen=8 * WAN),
        Limit(("企业",), max_fen=30 * WAN),
    )
    found = one(under(*limits), "F", F)
    assert (wan_of(found), found.outcome) == (8, Outcome.PAYABLE)
    assert [line.args[1] for line in found.trace if line.code == "choose.sum"] == [15 * WAN, 8 * WAN]


def test_a_sum_for_some_rows_leaves_the_others_alone() -> None:
    some = under(Limit(("企业",), max_fen=5 * WAN, rows=frozenset(["b"])))
    assert amounts(some, F, G) == {"F": 20, "G": 5}
    assert amounts(some, F) == {"F": 20}
    assert amounts(some, G) == {"G": 5}


def test_a_payment_for_a_row_outside_of_the_limit_does_not_use_it_up() -> None:
    some = under(Limit(("企业",), max_count=1, rows=frozenset(["a"])))
    assert amounts(some, F, G, paid("Z", 5, "G", clause="（08）")) == {"F": 20, "G": 0}
    assert amounts(some, F, H, paid("Z", 5, "F", clause="（08）")) == {"F": 0, "H": 0}
    assert amounts(some, F, paid("Z", 5, clause="（08）")) == {"F": 20}


def test_a_payment_without_a_date_or_fact_belongs_to_no_year() -> None:
    yearly = under(Limit(("企业", "年度"), max_count=1))
    undated = fact("已兑付", "Z", 文号="甲〔2025〕1号", 条款="（08）", 金额=5 * WAN)
    assert amounts(yearly, F, undated) == {"F": 20}
    assert amounts(under(Limit(("企业",), max_count=1)), F, undated) == {"F": 0}


def test_a_payment_without_its_fact_belongs_to_no_object() -> None:
    per_object = under(Limit(("企业", "对象"), max_count=1))
    assert amounts(per_object, award("F", "小巨人", 对象="甲"), paid("Z", 5, clause="（08）")) == {"F": 20}
    of_another = (
        award("F", "小巨人", 对象="甲"),
        award("E", "小巨人", 对象="乙"),
        paid("Z", 5, "E", clause="（08）"),
    )
    assert amounts(per_object, *of_another) == {"F": 20, "E": 0}
    of_the_same = (
        award("F", "小巨人", 对象="甲"),
        award("E", "小巨人", 对象="甲"),
        paid("Z", 5, "E", clause="（08）"),
    )
    assert amounts(per_object, *of_the_same) == {"F": 0, "E": 0}


def test_an_award_of_unknown_object_waits_only_for_awards_that_could_be_its_like() -> None:
    yearly = under(Limit(("企业", "年度", "对象"), max_count=1))
    known, later = award("G", "小巨人", 对象="乙"), award("H", "小巨人", "2027-01-01", 对象="乙")
    assert one(yearly, "F", F, known).outcome is Outcome.UNKNOWN
    assert one(yearly, "F", F, later).outcome is Outcome.PAYABLE
    some = under(Limit(("企业", "对象"), max_count=1, rows=frozenset(["a"])))
    assert one(some, "F", F, award("G", "中小企业", 对象="乙")).outcome is Outcome.PAYABLE
    assert one(some, "F", F, known).outcome is Outcome.UNKNOWN


def test_two_awards_of_unknown_object_wait_for_each_other() -> None:
    found = determine(city(policy(under(Limit(("企业", "对象"), max_count=1)))), F, award("G", "小巨人"))
    assert {key: (each.outcome, each.missing) for key, each in found.items()} == dict.fromkeys(
        ("08:F", "08:G"), (Outcome.UNKNOWN, ("认定.对象",))
    )


def test_an_object_is_not_asked_for_where_another_measure_has_the_rival() -> None:
    other = measure("09", (GIANT,))
    found = determine(city(policy(under(Limit(("企业", "对象"), max_count=1)), other)), F)
    assert {each.outcome for each in found.values()} == {Outcome.PAYABLE}


def test_a_refusal_by_two_rules_names_the_one_that_binds() -> None:
    limits = (Limit(("企业",), max_count=1), Limit(("企业", "年度"), max_fen=500 * WAN))
    found = one(under(*limits), "G", F, G)
    assert (found.outcome, found.reason.code) == (Outcome.OVER_LIMIT, "choose.count")
    assert found.reason.args == (("企业",), 1, 0, ("事项08（甲〔2025〕1号（08），F）",), 20 * WAN)


def test_a_conflict_is_named_before_a_limit() -> None:
    rule = Cumulation(
        "（二九）", SameMatter.SAME_FACT, CumulationReach.OTHER_DOCUMENTS, AfterPayment.DIFFERENCE
    )
    a09 = measure("09", (rate_row("a", 12, 500),), kind="投资项目", limits=(Limit(("企业",), max_count=1),))
    b43 = measure("43", (rate_row("b", 20, 500),), kind="投资项目", document=OTHER)
    where = city(policy(b43, number=OTHER, cumulation=rule), policy(a09, cumulation=rule))
    found = determine(where, project("P", 300), project("Q", 200))
    assert {key: each.outcome for key, each in found.items() if key.startswith("43")} == dict.fromkeys(
        ("43:P", "43:Q"), Outcome.PAYABLE
    )
    assert [found[f"09:{each}"].reason.code for each in "PQ"] == ["choose.beaten", "choose.beaten"]
    assert found["09:P"].reason.args == (("事项43（乙〔2023〕2号（43），P）",), 60 * WAN)


def test_an_award_that_gets_nothing_of_a_sum_is_over_the_limit_and_one_on_a_ladder_not_the_highest() -> None:
    spent = one(under(Limit(("企业",), max_fen=20 * WAN)), "G", F, G)
    assert (spent.outcome, spent.reason.code, spent.reason.args) == (
        Outcome.OVER_LIMIT,
        "choose.sum",
        (("企业",), 20 * WAN, 0, 0),
    )
    climb = measure(
        "08", (GIANT, SMALL), ladders=(Ladder("梯度", ("企业",), Promotion.DIFFERENCE, frozenset("ab")),)
    )
    below = one(climb, "G", F, G)
    assert (below.outcome, below.reason.code, below.reason.args) == (
        Outcome.NOT_HIGHEST,
        "choose.ladder-difference",
        ("梯度", 0, 0),
    )


def test_a_payment_of_the_same_matter_under_two_documents_adds_up() -> None:
    rule = Cumulation(
        "（二九）", SameMatter.SAME_FACT, CumulationReach.OTHER_DOCUMENTS, AfterPayment.DIFFERENCE
    )
    where = city(policy(measure("08", (GIANT,)), cumulation=rule))
    payments = (
        paid("Y", 5, "F", document="乙"),
        paid("Z", 6, "F", document="丙"),
        paid("X", 7, "E", document="丙"),
    )
    found = determine(where, F, *payments)["08:F"]
    assert (wan_of(found), found.outcome) == (9, Outcome.PAYABLE)
    assert [line.args for line in found.trace if line.code == "choose.matter-paid"] == [
        (11 * WAN, "乙", 9 * WAN, 9 * WAN)
    ]


def test_a_payment_for_another_fact_of_the_same_object_counts_where_objects_are_one_matter() -> None:
    facts = (
        award("F", "小巨人", 对象="甲"),
        award("E", "技术中心", "2024-01-01", 对象="甲"),
        paid("Z", 5, "E", document="乙"),
    )
    rules = measure("08", (GIANT, row("c", 1, 称号="技术中心")))
    for same, amount in ((SameMatter.SAME_OBJECT, 15), (SameMatter.SAME_FACT, 20)):
        rule = Cumulation("（二九）", same, CumulationReach.OTHER_DOCUMENTS, AfterPayment.DIFFERENCE)
        assert wan_of(determine(city(policy(rules, cumulation=rule)), *facts)["08:F"]) == amount


def test_payments_several_times_for_one_award_are_told_as_their_sum() -> None:
    found = one(
        under(),
        "F",
        F,
        paid("Y", 5, "F", clause="（08）"),
        paid("Z", 6, "F", clause="（08）", 日期=date(2026, 8, 1)),
    )
    assert (found.reason.code, found.reason.args) == ("choose.paid", (11 * WAN, "Y"))


def test_a_rung_paid_in_another_group_of_the_ladder_does_not_count() -> None:
    per = Ladder("梯度", ("企业", "对象"), Promotion.DIFFERENCE, frozenset("ab"))
    rules = measure("08", (GIANT, SMALL), ladders=(per,))
    before, payment = award("E", "中小企业", "2024-01-01", 对象="甲"), paid("Z", 10, "E", document="旧")
    assert amounts(rules, before, award("F", "小巨人", 对象="甲"), payment)["F"] == 10
    assert amounts(rules, before, award("F", "小巨人", 对象="乙"), payment)["F"] == 20
    assert amounts(rules, before, award("F", "小巨人"), payment)["F"] == 20
    other_row = measure(
        "08", (GIANT, SMALL), ladders=(Ladder("梯度", ("企业",), Promotion.DIFFERENCE, frozenset("a")),)
    )
    assert amounts(other_row, before, F, payment)["F"] == 20


def test_one_object_under_two_documents_is_one_matter_where_objects_are() -> None:
    facts = (
        award("F", "小巨人", 对象="甲"),
        award("G", "中小企业", 对象="甲"),
        award("H", "中小企业", 对象="乙"),
        award("K", "中小企业"),
    )
    one_document, other = measure("08", (GIANT,)), measure("43", (SMALL,), document=OTHER)
    for same, kept in ((SameMatter.SAME_OBJECT, "FHK"), (SameMatter.SAME_FACT, "FGHK")):
        rule = Cumulation("（二九）", same, CumulationReach.OTHER_DOCUMENTS, AfterPayment.DIFFERENCE)
        found = determine(city(policy(one_document, cumulation=rule), policy(other, number=OTHER)), *facts)
        assert (
            "".join(sorted(each.fact for each in found.values() if each.outcome is Outcome.PAYABLE)) == kept
        )


RULE = Cumulation("（二九）", SameMatter.SAME_FACT, CumulationReach.OTHER_DOCUMENTS, AfterPayment.DIFFERENCE)


def test_an_award_beaten_by_a_rival_names_the_rival_though_its_limit_is_used_up_as_well() -> None:
    for limit in (Limit(("企业",), max_count=1), Limit(("企业",), max_fen=24 * WAN)):
        a09 = measure("09", (rate_row("a", 12, 500),), kind="投资项目", limits=(limit,))
        b43 = measure(
            "43",
            (rate_row("b", 20, 500),),
            kind="投资项目",
            document=OTHER,
            condition=at_least("有效投入额", 250 * WAN),
        )
        where = city(policy(b43, number=OTHER, cumulation=RULE), policy(a09, cumulation=RULE))
        found = determine(where, project("P", 300), project("Q", 200))
        assert [found[key].outcome for key in ("43:P", "09:Q", "09:P")] == [
            Outcome.PAYABLE,
            Outcome.PAYABLE,
            Outcome.NOT_HIGHEST,
        ]
        assert found["09:P"].reason.code == "choose.beaten"


def test_an_award_left_out_by_a_count_names_the_count_though_a_sum_is_used_up_as_well() -> None:
    for limits in permutations((Limit(("企业",), max_fen=20 * WAN), Limit(("企业",), max_count=1))):
        found = one(under(*limits), "G", F, G)
        assert (found.outcome, found.reason.code) == (Outcome.OVER_LIMIT, "choose.count")


def test_a_sum_cuts_a_lone_award_that_has_a_rival_elsewhere() -> None:
    a09 = measure(
        "09", (rate_row("a", 12, 500),), kind="投资项目", limits=(Limit(("企业",), max_fen=30 * WAN),)
    )
    b43 = measure("43", (rate_row("b", 10, 500),), kind="投资项目", document=OTHER)
    where = city(policy(b43, number=OTHER, cumulation=RULE), policy(a09, cumulation=RULE))
    assert [wan_of(each) for each in determine(where, project("P", 300)).values()] == [30, 0]
    assert [wan_of(each) for each in determine(where, project("P", 290)).values()] == [0, 30]


def test_a_payment_settles_its_award_though_an_earlier_one_is_out_already() -> None:
    facts = (award("E", "小巨人", "2020-01-01"), F, paid("Z", 5, "F", clause="（08）"))
    assert one(under(), "F", *facts).reason.code == "choose.paid"
