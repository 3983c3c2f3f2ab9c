"""Step 1: facts meet the measures that they trigger."""

from __future__ import annotations

from typing import Any as Any_

from duixian.rules.determination import Outcome
from duixian.rules.expression import (
    All,
    Any,
    Comparator,
    Compare,
    Contains,
    Exists,
    FieldRef,
    Literal,
    Not,
    Scope,
    Type,
)
from duixian.rules.measure import Again, FirstAmong, History, Selector
from duixian.rules.vocabulary import Round
from tests.evaluate.build import (
    at_least,
    award,
    city,
    codes,
    determine,
    equals,
    expression,
    fact,
    has_factory,
    looked_at,
    measure,
    policy,
    project,
    row,
    trigger,
    wan_of,
)  # fmt: skip

CENTRES = measure(
    "05",
    (
        row("a", 50, Round.AWARDED, 称号="技术中心", 级别="国家级"),
        row("b", 20, Round.AWARDED, 称号="技术中心", 级别="省级"),
        row("c", 10, Round.RENEWED, 称号="技术中心", 级别="国家级"),
        row("d", 5, Round.RENEWED, 称号="技术中心", 级别="省级"),
    ),
)


def test_the_row_of_the_level_is_taken() -> None:
    found = determine(city(policy(CENTRES)), award("F", "技术中心", 级别="省级", 轮次="获评"))["05:F"]
    assert (found.row, found.outcome, wan_of(found)) == ("b", Outcome.PAYABLE, 20)
    assert codes(found)[0] == "match.row"
    assert found.trace[0].args[0] == "b"


def test_a_renewal_takes_the_renewal_row() -> None:
    found = determine(city(policy(CENTRES)), award("F", "技术中心", 级别="国家级", 轮次="复评"))["05:F"]
    assert (found.row, wan_of(found)) == ("c", 10)


def test_a_missing_level_is_unknown_not_false() -> None:
    found = determine(city(policy(CENTRES)), award("F", "技术中心", 轮次="获评"))["05:F"]
    assert (found.outcome, found.missing, found.amount_fen) == (Outcome.UNKNOWN, ("认定.级别",), None)


def test_a_title_without_a_row_is_ineligible_and_told() -> None:
    found = determine(city(policy(CENTRES)), award("F", "技术中心", 级别="市级", 轮次="获评"))["05:F"]
    assert (found.outcome, found.row, found.reason.code) == (Outcome.INELIGIBLE, "", "match.no-row")
    assert found.amount_fen == 0


def test_a_title_that_no_measure_names_is_told_without_a_clause() -> None:
    found = determine(city(policy(CENTRES)), award("F", "小巨人", 轮次="获评"))[":F"]
    assert (found.outcome, found.clause, found.reason.code) == (Outcome.INELIGIBLE, "", "match.no-measure")


def test_an_unstated_round_after_an_earlier_recognition_is_a_renewal() -> None:
    found = determine(
        city(policy(CENTRES)),
        award("F1", "技术中心", "2023-03-01", 级别="省级", 轮次="获评"),
        award("F2", "技术中心", "2026-03-01", 级别="省级"),
    )
    assert found["05:F2"].row == "d"
    assert "match.round-by-history" in codes(found["05:F2"])


def test_an_unstated_round_without_history_is_an_award() -> None:
    assert determine(city(policy(CENTRES)), award("F", "技术中心", 级别="省级"))["05:F"].row == "b"


def test_an_earlier_recognition_at_another_level_is_no_history() -> None:
    found = determine(
        city(policy(CENTRES)),
        award("F1", "技术中心", "2023-03-01", 级别="省级", 轮次="获评"),
        award("F2", "技术中心", "2026-03-01", 级别="国家级"),
    )
    assert found["05:F2"].row == "a"


def test_an_earlier_recognition_of_unknown_level_leaves_an_unstated_round_unknown() -> None:
    found = determine(
        city(policy(CENTRES)),
        award("F1", "技术中心", "2023-03-01"),
        award("F2", "技术中心", "2026-03-01", 级别="省级"),
    )
    assert found["05:F2"].outcome is Outcome.UNKNOWN
    assert found["05:F2"].missing == ("认定.级别",)


def again(mode: Again) -> dict[str, object]:
    where = city(policy(measure("05", CENTRES.rows, history=History(again=mode))))
    found = determine(
        where,
        award("F1", "技术中心", "2023-03-01", 级别="省级", 轮次="获评"),
        award("F2", "技术中心", "2026-03-01", 级别="省级", 轮次="获评"),
    )["05:F2"]
    return {"row": found.row, "outcome": found.outcome, "code": found.reason.code}


def test_a_repeated_award_counts_as_the_officer_decides() -> None:
    assert again(Again.AS_AWARDED)["row"] == "b"
    assert again(Again.AS_RENEWED)["row"] == "d"
    assert again(Again.NOTHING) == {"row": "b", "outcome": Outcome.INELIGIBLE, "code": "match.awarded-before"}


FIRSTS = (
    row("a", 50, Round.FIRST, 称号="技术中心", 级别="国家级"),
    row("b", 20, Round.FIRST, 称号="技术中心", 级别="省级"),
)


def first(history: History, *earlier: dict[str, str]) -> Outcome:
    where = city(policy(measure("04", FIRSTS, history=history)))
    facts = [award(f"E{place}", "技术中心", "2024-01-01", **values) for place, values in enumerate(earlier)]
    found = determine(where, *facts, award("F", "技术中心", 级别="国家级", 轮次="获评", 对象="甲厂"))
    return found["04:F"].outcome


def test_the_first_recognition_is_paid_and_the_second_not() -> None:
    assert first(History()) is Outcome.PAYABLE
    assert first(History(), {"级别": "国家级"}) is Outcome.INELIGIBLE


def test_first_by_row_does_not_see_other_levels_but_first_by_title_does() -> None:
    assert first(History(), {"级别": "省级"}) is Outcome.PAYABLE
    assert first(History(first_among=FirstAmong.TITLE), {"级别": "省级"}) is Outcome.INELIGIBLE
    assert first(History(first_among=FirstAmong.MEASURE), {"级别": "省级"}) is Outcome.INELIGIBLE
    assert first(History(first_among=FirstAmong.MEASURE), {"级别": "市级"}) is Outcome.PAYABLE


def test_first_per_object_sees_only_the_same_object() -> None:
    per = History(first_per=("企业", "对象"))
    assert first(per, {"级别": "国家级", "对象": "乙厂"}) is Outcome.PAYABLE
    assert first(per, {"级别": "国家级", "对象": "甲厂"}) is Outcome.INELIGIBLE
    assert first(per, {"级别": "国家级"}) is Outcome.UNKNOWN


def test_a_renewal_is_never_the_first() -> None:
    where = city(policy(measure("04", FIRSTS)))
    found = determine(where, award("F", "技术中心", 级别="国家级", 轮次="复评"))["04:F"]
    assert (found.outcome, found.reason.code) == (Outcome.INELIGIBLE, "match.other-round")


def test_of_two_recognitions_on_one_day_the_smaller_id_is_the_first() -> None:
    where = city(policy(measure("04", FIRSTS)))
    facts = [
        award("F2", "技术中心", 级别="国家级", 轮次="首次"),
        award("F1", "技术中心", 级别="国家级", 轮次="首次"),
    ]
    found = determine(where, *facts)
    assert (found["04:F1"].outcome, found["04:F2"].outcome) == (Outcome.PAYABLE, Outcome.INELIGIBLE)


def test_a_later_recognition_does_not_unmake_the_first() -> None:
    where = city(policy(measure("04", FIRSTS)))
    found = determine(
        where, award("F", "技术中心", 级别="国家级"), award("G", "技术中心", "2027-01-01", 级别="国家级")
    )
    assert found["04:F"].outcome is Outcome.PAYABLE
    assert found["04:G"].reason.args == ("F",)


FACTORIES = measure(
    "10",
    (
        row("a", 50, 称号="智能工厂", 等级="先进级"),
        row("b", 200, 称号="智能工厂", 等级=Selector("等级", Comparator.AT_LEAST, ("卓越级",))),
    ),
)


def test_grades_compare_by_the_ladder_of_their_title() -> None:
    where = city(policy(FACTORIES))
    rows = {
        grade: determine(where, award("F", "智能工厂", 等级=grade))["10:F"].row
        for grade in ("基础级", "先进级", "卓越级", "领航级")
    }
    assert rows == {"基础级": "", "先进级": "a", "卓越级": "b", "领航级": "b"}


def test_a_grade_of_another_title_never_fits() -> None:
    found = determine(city(policy(FACTORIES)), award("F", "智能工厂", 等级="九级"))["10:F"]
    assert found.outcome is Outcome.INELIGIBLE


def levels(comparator: Comparator) -> list[str]:
    only = measure("x", (row("a", 1, 称号="技术中心", 级别=Selector("级别", comparator, ("省级",))),))
    return [
        level
        for level in ("市级", "省级", "国家级")
        if determine(city(policy(only)), award("F", "技术中心", 级别=level))["x:F"].outcome is Outcome.PAYABLE
    ]


def test_levels_compare_by_rank() -> None:
    assert levels(Comparator.AT_LEAST) == ["省级", "国家级"]
    assert levels(Comparator.ABOVE) == ["国家级"]
    assert levels(Comparator.AT_MOST) == ["市级", "省级"]
    assert levels(Comparator.BELOW) == ["市级"]


INVESTMENT = measure(
    "09",
    (row("a", 24),),
    kind="投资项目",
    scope=Contains(trigger("类别", Type.OPTIONS), ("智改数转网联",)),
    condition=All((trigger("存量企业", Type.FLAG), at_least("有效投入额", 200 * 10_000_00))),
)


def test_a_fact_outside_the_scope_leaves_no_determination_of_that_measure() -> None:
    found = determine(city(policy(INVESTMENT)), project("P", 300, 类别=("储能电池",), 存量企业=True))
    assert list(found) == [":P"]


def test_an_unknown_scope_waits_for_the_facts() -> None:
    bare = fact(
        "投资项目",
        "P",
        有效投入额=300 * 10_000_00,
        存量企业=True,
        竣工日期=project("x", 1).values["竣工日期"],
    )
    found = determine(city(policy(INVESTMENT)), bare)["09:P"]
    assert (found.outcome, found.missing) == (Outcome.UNKNOWN, ("投资项目.类别",))


def test_every_part_of_a_condition_has_its_line() -> None:
    found = determine(city(policy(INVESTMENT)), project("P", 150, 存量企业=True))["09:P"]
    assert (found.outcome, found.reason.code) == (Outcome.INELIGIBLE, "match.condition-fails")
    assert found.reason.args == ("有效投入额 ≥ 200万元", 150 * 10_000_00, Type.MONEY)
    assert codes(found)[:3] == ["match.only-row", "match.condition", "match.condition-fails"]


def test_a_threshold_includes_its_own_number() -> None:
    """以上 counts the number itself (民法典 §1259)."""
    assert (
        determine(city(policy(INVESTMENT)), project("P", 200, 存量企业=True))["09:P"].outcome
        is Outcome.PAYABLE
    )


def test_a_definite_no_outweighs_what_is_unknown() -> None:
    found = determine(city(policy(INVESTMENT)), project("P", 150))["09:P"]
    assert found.outcome is Outcome.INELIGIBLE


def test_missing_fields_are_listed_together() -> None:
    found = determine(city(policy(INVESTMENT)), project("P", None))["09:P"]
    assert found.outcome is Outcome.UNKNOWN
    assert found.missing == ("投资项目.存量企业", "投资项目.有效投入额")
    assert found.reason.code == "match.unknown"


CERTIFIED = measure("11", (row("a", 20, 称号="小巨人"),), condition=has_factory())


def test_a_second_fact_may_be_needed() -> None:
    where = city(policy(CERTIFIED))
    alone = determine(where, award("F", "小巨人"))["11:F"]
    assert (alone.outcome, alone.reason.code) == (Outcome.INELIGIBLE, "match.condition-fails")
    before = determine(where, award("F", "小巨人"), award("G", "智能工厂", "2026-01-01", 等级="卓越级"))
    after = determine(where, award("F", "小巨人"), award("G", "智能工厂", "2026-09-01", 等级="卓越级"))
    lower = determine(where, award("F", "小巨人"), award("G", "智能工厂", "2026-01-01", 等级="基础级"))
    outcomes = [each["11:F"].outcome for each in (before, after, lower)]
    assert outcomes == [Outcome.PAYABLE, Outcome.INELIGIBLE, Outcome.INELIGIBLE]


def test_a_second_fact_that_lacks_a_field_leaves_it_unknown() -> None:
    found = determine(city(policy(CERTIFIED)), award("F", "小巨人"), award("G", "智能工厂", "2026-01-01"))[
        "11:F"
    ]
    assert (found.outcome, found.missing) == (Outcome.UNKNOWN, ("认定.等级",))


def test_one_fact_that_proves_it_outweighs_another_that_lacks_a_field() -> None:
    facts = [award("G", "智能工厂", "2026-01-01"), award("H", "智能工厂", "2026-01-02", 等级="先进级")]
    found = determine(city(policy(CERTIFIED)), award("F", "小巨人"), *facts)["11:F"]
    assert found.outcome is Outcome.PAYABLE


def outcome_of(condition: object, **subject: Any_) -> Outcome:
    where = city(policy(measure("x", (row("a", 1, 称号="小巨人"),), condition=condition)))  # type: ignore[arg-type]
    return determine(where, award("F", "小巨人"), **subject)["x:F"].outcome


SCALE = Compare(
    Comparator.EQUAL, FieldRef(Scope.ENTERPRISE, "规上类别", Type.OPTION), Literal("规上软件", Type.OPTION)
)
NO = Literal(False, Type.FLAG)
YES = Literal(True, Type.FLAG)


def test_the_enterprise_itself_is_asked() -> None:
    assert outcome_of(SCALE, 规上类别="规上软件") is Outcome.PAYABLE
    assert outcome_of(SCALE, 规上类别="规上工业") is Outcome.INELIGIBLE
    assert outcome_of(SCALE) is Outcome.UNKNOWN


def test_or_and_not_are_three_valued() -> None:
    assert outcome_of(Any((SCALE, YES))) is Outcome.PAYABLE
    assert outcome_of(Any((SCALE, NO))) is Outcome.UNKNOWN
    assert outcome_of(Any((NO, NO))) is Outcome.INELIGIBLE
    assert outcome_of(All((SCALE, NO))) is Outcome.INELIGIBLE
    assert outcome_of(All((SCALE, YES))) is Outcome.UNKNOWN
    assert outcome_of(Not(SCALE)) is Outcome.UNKNOWN
    assert outcome_of(Not(NO)) is Outcome.PAYABLE
    assert outcome_of(Not(YES)) is Outcome.INELIGIBLE


def test_one_of_several_names_is_enough() -> None:
    either = Contains(FieldRef(Scope.ENTERPRISE, "规上类别", Type.OPTION), ("规上工业", "规上软件"))
    assert outcome_of(either, 规上类别="规上软件") is Outcome.PAYABLE
    assert outcome_of(either, 规上类别="非规上") is Outcome.INELIGIBLE


def test_a_row_may_have_a_condition_of_its_own() -> None:
    rows = (row("a", 5, 称号="小巨人", condition=NO), row("b", 3, 称号="小巨人"))
    assert determine(city(policy(measure("x", rows))), award("F", "小巨人"))["x:F"].row == "b"


def test_a_row_that_fails_only_by_its_condition_says_which() -> None:
    rows = (row("a", 5, 称号="小巨人", condition=equals("对象", "甲厂", Type.TEXT)),)
    found = determine(city(policy(measure("x", rows))), award("F", "小巨人", 对象="乙厂"))["x:F"]
    assert (found.row, found.reason.code, found.reason.args[1]) == ("a", "match.condition-fails", "乙厂")


def test_a_possible_row_waits_before_a_later_row_is_refused() -> None:
    rows = (row("a", 5, 称号="技术中心", 级别="国家级"), row("b", 3, 称号="技术中心", 级别="省级"))
    found = determine(city(policy(measure("x", rows))), award("F", "技术中心"))["x:F"]
    assert found.outcome is Outcome.UNKNOWN
    assert found.row == "a"


def test_a_looked_at_fact_is_found_by_its_own_id() -> None:
    itself = Exists(
        "认定",
        Compare(Comparator.EQUAL, looked_at("编号", Type.IDENTIFIER), trigger("编号", Type.IDENTIFIER)),
    )
    assert outcome_of(itself) is Outcome.PAYABLE
    assert expression(itself).text == "有 认定（编号 = 本.编号）"


def test_the_reason_is_the_part_that_fails_wherever_it_stands() -> None:
    fails, holds = equals("对象", "甲厂", Type.TEXT), equals("级别", "省级", Type.LEVEL)
    for parts, trace in (
        ((fails, holds), ["match.only-row", "match.condition-fails", "match.condition"]),
        ((holds, fails), ["match.only-row", "match.condition", "match.condition-fails"]),
    ):
        for keywords in (
            {"rows": (row("a", 5, condition=All(parts)),)},
            {"rows": (row("a", 5),), "condition": All(parts)},
        ):
            found = determine(
                city(policy(measure("x", **keywords))), award("F", "小巨人", 对象="乙厂", 级别="省级")
            )["x:F"]
            assert (codes(found), found.reason.code) == (trace, "match.condition-fails")
            assert found.reason.args[1] == "乙厂"


def test_the_reason_is_the_round_when_only_the_round_does_not_fit() -> None:
    rows = (row("a", 5, Round.FIRST, 称号="小巨人", condition=equals("对象", "甲厂", Type.TEXT)),)
    facts = (award("E", "小巨人", "2024-01-01", 对象="甲厂"), award("F", "小巨人", 对象="乙厂"))
    found = determine(city(policy(measure("x", rows))), *facts)
    assert [each.reason.code for each in found.values()] == ["exclude.too-early", "match.not-first"]
    failing = determine(city(policy(measure("x", rows))), facts[1])["x:F"]
    assert codes(failing) == ["match.row", "match.first", "match.condition-fails"]


def test_a_definite_no_asks_for_nothing_even_where_the_scope_is_unknown() -> None:
    rows = (row("a", 5, 称号="小巨人", 级别="省级"),)
    where = city(policy(measure("x", rows, scope=equals("对象", "甲厂", Type.TEXT))))
    found = determine(where, award("F", "小巨人", 级别="市级"))["x:F"]
    assert (found.outcome, found.missing) == (Outcome.INELIGIBLE, ())


def test_what_a_condition_could_not_read_is_not_shown() -> None:
    found = determine(city(policy(INVESTMENT)), project("P", None))["09:P"]
    assert [line.args[1] for line in found.trace if line.code == "match.condition-unknown"] == [None, None]


def test_a_missing_field_of_a_ranked_or_several_named_selector_is_named() -> None:
    ranked = measure("x", (row("a", 1, 级别=Selector("级别", Comparator.AT_LEAST, ("省级",))),))
    assert determine(city(policy(ranked)), award("F", "小巨人"))["x:F"].missing == ("认定.级别",)
    several = measure("y", (row("a", 1, 类别="储能电池"),), kind="投资项目")
    assert determine(city(policy(several)), fact("投资项目", "P"))["y:P"].missing == ("投资项目.类别",)
