"""A mark says what a run under the other option would give: checked against that very run, for every kind of question."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from duixian.evaluate.engine import Engine
from duixian.rules.decided import Choice
from duixian.rules.determination import Determination, Mark, Outcome
from duixian.rules.expression import (
    All,
    Comparator,
    Compare,
    DecidedAs,
    FieldRef,
    IfElse,
    Literal,
    Not,
    Scope,
    Shift,
    Sum,
    Type,
    YearOf,
)
from duixian.rules.expression import Any as AnyOf
from duixian.rules.fact import Fact
from duixian.rules.measure import (
    Again,
    AwardRow,
    FirstAmong,
    FixedSum,
    History,
    Ladder,
    Limit,
    Promotion,
    RateOfBase,
    Selector,
)
from duixian.rules.policy import (
    AfterPayment,
    City,
    Cumulation,
    CumulationReach,
    Exclusion,
    Remainder,
    SameMatter,
    ShareRule,
)
from duixian.rules.vocabulary import Round
from tests.evaluate.build import (
    WAN,
    at_least,
    award,
    city,
    dossier,
    expression,
    fact,
    has_factory,
    measure,
    paid,
    policy,
    project,
    question,
    rate_row,
    row,
    trigger,
    upper_support,
)

OTHER = "乙〔2023〕2号"
AS_OF = date(2028, 12, 31)
AREA = {"所属地区": "东海县"}
SHARES = (ShareRule("（三一）", frozenset(), frozenset(), (3, 7), "3:7"),)
DAY = trigger("竣工日期", Type.DATE)
BASE = trigger("有效投入额", Type.MONEY)
LENIENT, STRICT = DecidedAs("问", "宽"), DecidedAs("问", "严")
PROJECTS = (
    project("P", 300, 存量企业=True),
    project("Q", 150, 存量企业=False),
    project("R", None, "2027-03-01"),
)
CLIMB = (row("a", 60, 称号="小巨人"), row("b", 20, 称号="中小企业"), row("c", 5, 称号="目录产品"))
CLIMBERS = (
    award("S", "中小企业", "2026-01-01", 对象="甲"),
    award("T", "小巨人", "2027-01-01", 对象="甲"),
    award("U", "目录产品"),
)

Keyed = dict[tuple[str, str], Determination]


def choice(lenient: Any, strict: Any) -> Any:
    return Choice("问", {"宽": lenient, "严": strict})


def asked(*policies: Any) -> City:
    return city(*policies, questions=(question("问", ("宽", "严"), "宽"),))


def ask(*measures: Any, shares: tuple[ShareRule, ...] = SHARES, **document: Any) -> City:
    return asked(policy(*measures, shares=shares, **document))


def invest(**keywords: Any) -> Any:
    rows = keywords.pop("rows", (rate_row("a", 12, 500),))
    return measure("09", rows, kind="投资项目", **keywords)


def run(
    where: City, facts: Iterable[Fact], rulings: dict[str, str] | None = None, *, with_marks: bool = False
) -> Keyed:
    engine = Engine(where, rulings)
    found = engine.determine(dossier(*facts, **AREA), AS_OF, with_marks=with_marks)
    return {(each.measure_id, each.fact): each for each in found if each.measure_id}


def money(each: Determination) -> tuple[int | None, int | None]:
    return each.amount_fen, each.share.city_fen if each.share else None


def expected_marks(before: Keyed, under: dict[str, Keyed]) -> dict[tuple[str, str], list[Mark]]:
    marks: dict[tuple[str, str], list[Mark]] = {}
    for option, after in under.items():
        for key, each in before.items():
            if key not in after:
                marks.setdefault(key, []).append(Mark("问", option, Outcome.INELIGIBLE, 0, None))
            elif money(after[key]) != money(each):
                marks.setdefault(key, []).append(Mark("问", option, after[key].outcome, *money(after[key])))
        for key in after.keys() - before.keys():
            if after[key].outcome is Outcome.PAYABLE:
                marks.setdefault(key, []).append(Mark("问", option, Outcome.PAYABLE, *money(after[key])))
    return marks


def rule(**keywords: Any) -> Cumulation:
    parts: dict[str, Any] = {
        "same_matter": SameMatter.SAME_FACT,
        "reach": CumulationReach.OTHER_DOCUMENTS,
        "after_payment": AfterPayment.DIFFERENCE,
        **keywords,
    }
    return Cumulation("（二九）", **parts)


def rivals(**keywords: Any) -> City:
    b43 = measure("43", (rate_row("b", 10, 500),), kind="投资项目", document=OTHER)
    return asked(
        policy(b43, number=OTHER, cumulation=rule(**keywords)),
        policy(invest(), cumulation=rule(**keywords), shares=SHARES),
    )


def titled(**keywords: Any) -> City:
    """Two clauses of one document about the same object."""
    one, two = measure("07", CLIMB[2:]), measure("15", CLIMB[:1])
    return ask(one, two, cumulation=rule(**keywords))


def decided_row(id_: str, percent: int, base: Any, condition: Any = None) -> AwardRow:
    amount = RateOfBase(Fraction(percent, 100), expression(base, Type.MONEY), None)
    return AwardRow(
        id_,
        (),
        None,
        amount,
        expression(condition) if condition is not None else expression(Literal(True, Type.FLAG)),
    )


CENTRES = (
    row("a", 50, Round.AWARDED, 称号="技术中心", 级别="省级"),
    row("b", 9, Round.RENEWED, 称号="技术中心", 级别="省级"),
)
TWICE = (
    award("E", "技术中心", "2024-01-01", 级别="省级", 轮次="获评"),
    award("F", "技术中心", 级别="省级", 轮次="获评", 对象="甲"),
    award("G", "技术中心", "2026-05-01", 级别="国家级", 轮次="获评", 对象="乙"),
)
FIRSTS = (
    row("a", 50, Round.FIRST, 称号="技术中心", 级别=Selector("级别", at_least("x", 1).comparator, ("省级",))),
)
EXEMPT = Exclusion("上级扶持", "（三十）", expression(upper_support()), choice(frozenset(["a"]), frozenset()))
BARRED_ONLY_STRICTLY = Exclusion(
    "上级扶持", "（三十）", expression(All((STRICT, upper_support()))), frozenset()
)
SUPPORT = fact("上级支持", "S", 事实编号="P", 级别="省级", 日期=date(2026, 1, 1))
SUPPORT_OF_UNKNOWN_LEVEL = fact("上级支持", "S", 事实编号="P", 日期=date(2026, 1, 1))
ODD = project("P", None, 有效投入额=200 * WAN + 9)


def climbing(**ladder: Any) -> City:
    steps: dict[str, Any] = {"per": ("企业",), "promotion": Promotion.DIFFERENCE, **ladder}
    return ask(measure("03", CLIMB, ladders=(Ladder("梯度", rows=frozenset(["a", "b"]), **steps),)))


def limited(**limit: Any) -> City:
    return ask(invest(limits=(Limit(**limit),)))


ELSEWHERE = Not(
    Compare(
        Comparator.EQUAL,
        FieldRef(Scope.ENTERPRISE, "所属地区", Type.AREA),
        Literal("东海县", Type.AREA),
    )
)
HALF = Sum(BASE, Literal(100 * WAN, Type.MONEY), -1)
MUCH_LATER = Shift(DAY, 36, 0)
OBJECT_OR_FACT = choice(SameMatter.SAME_OBJECT, SameMatter.SAME_FACT)

CASES: dict[str, tuple[City, tuple[Fact, ...]]] = {
    "a condition": (ask(invest(condition=AnyOf((LENIENT, at_least("有效投入额", 200 * WAN))))), PROJECTS),
    "a condition that changes in part": (
        ask(
            invest(
                condition=All(
                    (trigger("存量企业", Type.FLAG), AnyOf((LENIENT, at_least("有效投入额", 500 * WAN))))
                )
            )
        ),
        PROJECTS,
    ),
    "a threshold": (
        ask(
            invest(
                condition=IfElse(
                    LENIENT, at_least("有效投入额", 100 * WAN), at_least("有效投入额", 200 * WAN)
                )
            )
        ),
        PROJECTS,
    ),
    "a scope that narrows": (ask(invest(scope=AnyOf((LENIENT, trigger("存量企业", Type.FLAG))))), PROJECTS),
    "a scope that widens": (ask(invest(scope=AnyOf((STRICT, trigger("存量企业", Type.FLAG))))), PROJECTS),
    "a scope for nobody": (ask(invest(scope=LENIENT)), PROJECTS),
    "a scope that asks the enterprise": (ask(invest(scope=AnyOf((LENIENT, ELSEWHERE)))), PROJECTS),
    "a condition about another fact": (
        ask(measure("11", (row("a", 9, 称号="小巨人"),), condition=AnyOf((LENIENT, has_factory())))),
        (award("F", "小巨人"), award("G", "智能工厂", "2026-01-01", 等级="基础级")),
    ),
    "a condition about another fact that holds": (
        ask(measure("11", (row("a", 9, 称号="小巨人"),), condition=AnyOf((LENIENT, has_factory())))),
        (award("F", "小巨人"), award("G", "智能工厂", "2026-01-01", 等级="卓越级")),
    ),
    "a base that asks the enterprise": (
        ask(invest(rows=(decided_row("a", 10, IfElse(AnyOf((LENIENT, ELSEWHERE)), BASE, HALF)),))),
        PROJECTS,
    ),
    "an event date that asks the enterprise": (
        ask(
            invest(
                event_date=choice(
                    expression(DAY, Type.DATE), expression(IfElse(ELSEWHERE, DAY, MUCH_LATER), Type.DATE)
                )
            )
        ),
        PROJECTS,
    ),
    "the same matter under two documents": (
        asked(
            policy(
                measure("07", CLIMB[2:], document=OTHER),
                number=OTHER,
                cumulation=rule(same_matter=OBJECT_OR_FACT),
            ),
            policy(measure("15", CLIMB[:1]), cumulation=rule(same_matter=OBJECT_OR_FACT), shares=SHARES),
        ),
        (
            award("F", "目录产品", 对象="甲"),
            award("G", "小巨人", 对象="甲"),
            award("H", "目录产品", 对象="乙"),
        ),
    ),
    "a base": (
        ask(
            invest(
                rows=(
                    decided_row(
                        "a", 10, IfElse(LENIENT, BASE, Sum(BASE, Literal(100 * WAN, Type.MONEY), -1))
                    ),
                )
            )
        ),
        PROJECTS,
    ),
    "a row's condition": (
        ask(
            invest(
                rows=(
                    decided_row("a", 10, BASE, AnyOf((LENIENT, trigger("存量企业", Type.FLAG)))),
                    decided_row("b", 5, BASE),
                )
            )
        ),
        PROJECTS,
    ),
    "a row's condition about another fact": (
        ask(
            measure(
                "11",
                (
                    row("a", 9, 称号="小巨人", condition=AnyOf((LENIENT, has_factory()))),
                    row("b", 4, 称号="小巨人"),
                ),
            )
        ),
        (award("F", "小巨人"), award("G", "智能工厂", "2026-01-01", 等级="基础级")),
    ),
    "a condition that leaves it unknown": (
        ask(invest(condition=AnyOf((LENIENT, trigger("存量企业", Type.FLAG))))),
        PROJECTS,
    ),
    "the event date": (
        ask(invest(event_date=choice(expression(DAY, Type.DATE), expression(Shift(DAY, 24, 0), Type.DATE)))),
        PROJECTS,
    ),
    "the year": (
        ask(
            invest(
                limits=(Limit(("企业", "年度"), max_count=1),),
                year=choice(
                    expression(YearOf(Shift(DAY, 6, 0)), Type.YEAR), expression(YearOf(DAY), Type.YEAR)
                ),
            )
        ),
        (project("P", 300, "2026-03-01"), project("Q", 400, "2026-09-01"), project("R", 500, "2027-03-01")),
    ),
    "the first day": (
        ask(invest(), first_day=choice(date(2026, 1, 1), date(2026, 6, 30))),
        (*PROJECTS, project("E", 300, "2026-06-29")),
    ),
    "the last day": (
        ask(invest(), last_day=choice(date(2028, 1, 1), date(2026, 6, 30))),
        (*PROJECTS, project("L", 300, "2026-07-01")),
    ),
    "an exemption": (ask(invest(), exclusions=(EXEMPT,)), (*PROJECTS, SUPPORT)),
    "an exemption where the level is missing": (
        ask(invest(), exclusions=(EXEMPT,)),
        (*PROJECTS, SUPPORT_OF_UNKNOWN_LEVEL),
    ),
    "an exemption that nobody needs": (ask(invest(), exclusions=(EXEMPT,)), PROJECTS),
    "an exclusion": (ask(invest(), exclusions=(BARRED_ONLY_STRICTLY,)), (*PROJECTS, SUPPORT)),
    "awarded again": (
        ask(measure("05", CENTRES, history=History(again=choice(Again.AS_AWARDED, Again.AS_RENEWED)))),
        TWICE,
    ),
    "awarded again for nothing": (
        ask(measure("05", CENTRES, history=History(again=choice(Again.AS_AWARDED, Again.NOTHING)))),
        TWICE,
    ),
    "awarded once": (
        ask(measure("05", CENTRES, history=History(again=choice(Again.AS_AWARDED, Again.NOTHING)))),
        TWICE[1:2],
    ),
    "first among what": (
        ask(measure("04", FIRSTS, history=History(first_among=choice(FirstAmong.ROW, FirstAmong.TITLE)))),
        (award("E", "技术中心", "2024-01-01", 级别="市级"), *TWICE[1:]),
    ),
    "first per what": (
        ask(measure("04", FIRSTS, history=History(first_per=choice(("企业",), ("企业", "对象"))))),
        TWICE[1:],
    ),
    "a limit per what": (
        limited(per=choice(("企业", "年度"), ("企业",)), max_count=1),
        (project("P", 300), project("Q", 400), project("R", 500, "2027-03-01")),
    ),
    "a sum per what": (
        limited(per=choice(("企业", "年度"), ("企业",)), max_fen=50 * WAN),
        (project("P", 300), project("Q", 400), project("R", 500, "2027-03-01")),
    ),
    "a limit per what after a payment": (
        limited(per=choice(("企业", "年度"), ("企业",)), max_count=1),
        (project("P", 300), paid("Z", 9, clause="（09）", 日期=date(2027, 3, 1))),
    ),
    "a limit that binds one award only": (
        limited(per=choice(("企业", "年度"), ("企业",)), max_count=1),
        PROJECTS[:1],
    ),
    "a promotion": (climbing(promotion=choice(Promotion.FULL, Promotion.DIFFERENCE)), CLIMBERS),
    "a promotion to the highest": (
        climbing(promotion=choice(Promotion.DIFFERENCE, Promotion.HIGHEST_ONLY)),
        CLIMBERS,
    ),
    "a promotion after a payment": (
        climbing(promotion=choice(Promotion.FULL, Promotion.HIGHEST_ONLY)),
        (*CLIMBERS[1:], award("S", "中小企业", "2024-01-01"), paid("Z", 20, "S", document="旧〔2022〕9号")),
    ),
    "a ladder per what": (
        climbing(per=choice(("企业", "对象"), ("企业",))),
        (*CLIMBERS, award("V", "小巨人", "2027-06-01", 对象="乙")),
    ),
    "rungs of no ladder in common": (
        climbing(promotion=choice(Promotion.FULL, Promotion.DIFFERENCE)),
        CLIMBERS[1:],
    ),
    "the same matter": (
        titled(
            reach=CumulationReach.ALL_CLAUSES,
            same_matter=choice(SameMatter.SAME_FACT, SameMatter.SAME_OBJECT),
        ),
        (
            award("F", "目录产品", 对象="甲"),
            award("G", "小巨人", 对象="甲"),
            award("H", "目录产品", 对象="乙"),
        ),
    ),
    "the reach": (
        titled(
            reach=choice(CumulationReach.OTHER_DOCUMENTS, CumulationReach.ALL_CLAUSES),
            same_matter=SameMatter.SAME_OBJECT,
        ),
        (
            award("F", "目录产品", 对象="甲"),
            award("G", "小巨人", 对象="甲"),
            award("H", "目录产品", 对象="乙"),
        ),
    ),
    "after a payment": (
        rivals(after_payment=choice(AfterPayment.DIFFERENCE, AfterPayment.NOTHING)),
        (project("P", 3000), paid("Z", 9, "P", document="旧〔2022〕9号")),
    ),
    "after a payment of nothing": (
        rivals(after_payment=choice(AfterPayment.DIFFERENCE, AfterPayment.NOTHING)),
        PROJECTS,
    ),
    "a rival's condition": (
        asked(
            policy(
                measure(
                    "43", (rate_row("b", 10, 500),), kind="投资项目", document=OTHER, condition=Not(STRICT)
                ),
                number=OTHER,
                cumulation=rule(),
            ),
            policy(invest(condition=LENIENT), cumulation=rule(), shares=SHARES),
        ),
        PROJECTS,
    ),
    "a rival that another option brings in": (
        asked(
            policy(
                measure("43", (rate_row("b", 20, 500),), kind="投资项目", document=OTHER, scope=STRICT),
                number=OTHER,
                cumulation=rule(),
            ),
            policy(invest(), cumulation=rule(), shares=SHARES),
        ),
        PROJECTS,
    ),
    "the last fen": (
        ask(
            invest(),
            shares=(
                ShareRule(
                    "（三一）",
                    frozenset(),
                    frozenset(),
                    (3, 7),
                    "3:7",
                    choice(Remainder.COUNTY, Remainder.CITY),
                ),
            ),
        ),
        (ODD, *PROJECTS[1:]),
    ),
    "the last fen among others": (
        ask(
            invest(),
            measure("03", CLIMB),
            shares=(
                ShareRule(
                    "（三一）",
                    frozenset(),
                    frozenset(),
                    (3, 7),
                    "3:7",
                    choice(Remainder.CITY, Remainder.COUNTY),
                ),
            ),
        ),
        (ODD, project("Q", 150), *CLIMBERS),
    ),
    "a fixed sum under a condition": (
        ask(
            measure(
                "03",
                (AwardRow("a", (), None, FixedSum(9 * WAN), expression(LENIENT)), row("b", 4, 称号="小巨人")),
            )
        ),
        CLIMBERS[1:2],
    ),
}

QUIET = {
    "a condition about another fact that holds",
    "an exemption that nobody needs",
    "awarded once",
    "a limit that binds one award only",
    "rungs of no ladder in common",
    "after a payment of nothing",
}


@pytest.mark.parametrize("name", CASES)
def test_a_mark_says_what_a_run_under_the_other_option_gives(name: str) -> None:
    where, facts = CASES[name]
    marked = {key: list(each.marks) for key, each in run(where, facts, with_marks=True).items() if each.marks}
    assert marked == expected_marks(run(where, facts), {"严": run(where, facts, {"问": "严"})})
    assert bool(marked) is (name not in QUIET)


@pytest.mark.parametrize("name", CASES)
def test_the_marks_of_the_other_side_are_as_true(name: str) -> None:
    where, facts = CASES[name]
    turned = City(
        where.name, where.vocabulary, where.region, where.policies, {"问": question("问", ("宽", "严"), "严")}
    )
    marked = {
        key: list(each.marks) for key, each in run(turned, facts, with_marks=True).items() if each.marks
    }
    assert marked == expected_marks(run(turned, facts), {"宽": run(turned, facts, {"问": "宽"})})


def test_marks_change_nothing_else() -> None:
    for where, facts in CASES.values():
        bare, marked = run(where, facts), run(where, facts, with_marks=True)
        assert bare == {key: each._replace(marks=()) for key, each in marked.items() if key in bare}


def test_only_questions_that_rules_answer_are_tried() -> None:
    decided = city(
        *CASES["a condition"][0].policies, questions=(question("问", ("宽", "严"), "宽", ruling="宽"),)
    )
    assert all(not each.marks for each in run(decided, PROJECTS, with_marks=True).values())


def test_every_other_option_has_its_own_mark_in_the_order_of_the_options() -> None:
    amounts = Choice(
        "问", {"宽": frozenset(["09"]), "严": frozenset(), "中": frozenset(), "松": frozenset(["a"])}
    )
    bars = Exclusion("上级扶持", "（三十）", expression(upper_support()), amounts)
    other = Exclusion(
        "另一", "（三十）", expression(All((DecidedAs("二", "乙"), upper_support()))), frozenset()
    )
    where = city(
        policy(invest(scope=Not(DecidedAs("问", "中"))), exclusions=(bars, other), shares=SHARES),
        questions=(question("问", ("严", "宽", "中", "松"), "宽"), question("二", ("甲", "乙"), "甲")),
    )
    found = run(where, (*PROJECTS, SUPPORT), with_marks=True)
    assert [(each.interpretation, each.option, each.amount_fen) for each in found["09", "P"].marks] == [
        ("问", "严", 0),
        ("问", "中", 0),
        ("二", "乙", 0),
    ]
    assert [(each.interpretation, each.option) for each in found["09", "Q"].marks] == [("问", "中")]


@pytest.mark.parametrize("fen", range(1, 11))
def test_the_last_fen_is_marked_whatever_the_ratio_leaves(fen: int) -> None:
    decided = choice(Remainder.COUNTY, Remainder.CITY)
    where = ask(
        invest(rows=(decided_row("a", 100, BASE),)),
        shares=(ShareRule("（三一）", frozenset(), frozenset(), (3, 7), "3:7", decided),),
    )
    marks = run(where, (project("P", None, 有效投入额=fen),), with_marks=True)["09", "P"].marks
    assert [each.city_fen for each in marks] == ([] if fen == 10 else [fen * 3 // 10 + 1])
