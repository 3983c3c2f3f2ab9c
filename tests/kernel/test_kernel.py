"""The kernel as one asks it: one dossier, several, tables; under rulings, strict; and the few dossiers that need the reference."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from duixian.evaluate.engine import Engine
from duixian.kernel.bounds import MOST_ALIVE
from duixian.kernel.kernel import Kernel, NeedsReference
from duixian.kernel.unfit import UnfitFacts
from duixian.money import MAX_FEN
from duixian.rules.determination import Determination
from duixian.rules.expression import Literal, Type
from duixian.rules.fact import Dossier, Fact
from duixian.rules.measure import FixedSum, Ladder, Limit, Measure, Promotion
from duixian.rules.policy import City, Cumulation
from tests.evaluate.build import (
    CODE,
    WAN,
    award,
    city,
    dossier,
    fact,
    measure,
    paid,
    policy,
    project,
    question,
    rate_row,
    row,
)
from tests.kernel.demo import AS_OF, demo_dossiers, demo_kernel, strict_kernel, with_code
from tests.kernel.entangled import tied_awards, tied_city, too_entangled
from tests.kernel.told import Told, told
from tests.laws.real_city import engine, lianyungang, other_options, strict_engine

LATE = date(2028, 12, 31)


def by_law(where: City, about: Dossier, as_of: date = LATE) -> list[Told]:
    return [
        told(each)._replace(marks=(), questions="")
        for each in Engine(where).determine(about, as_of, with_marks=False)
    ]


def by_kernel(where: City, about: Dossier, as_of: date = LATE) -> list[Told]:
    return [told(each) for each in Kernel(where).determine_dossier(about, as_of)]


# The same by every way


def test_one_dossier_alone_is_told_what_it_is_told_among_others() -> None:
    kernel = demo_kernel()
    together = kernel.determine_dossiers(demo_dossiers(), AS_OF, with_marks=False)
    assert tuple(kernel.determine_dossier(each, AS_OF) for each in demo_dossiers()) == together
    assert kernel.entangled == 0


def test_dossiers_are_told_in_the_order_in_which_they_are_given() -> None:
    some = demo_dossiers()[:40]
    backwards = demo_kernel().determine_dossiers(some[::-1], AS_OF)
    assert backwards[::-1] == demo_kernel().determine_dossiers(some, AS_OF)
    assert demo_kernel().determine_dossiers((), AS_OF) == ()


def test_the_law_tells_the_same_of_the_demo_city() -> None:
    wanted = [told(each) for dossier_ in demo_dossiers() for each in engine().determine(dossier_, AS_OF)]
    found = [told(each) for rows in demo_kernel().determine_dossiers(demo_dossiers(), AS_OF) for each in rows]
    assert found == wanted


def test_and_so_it_does_where_open_questions_hold_awards_back() -> None:
    some = demo_dossiers()[::3]
    wanted = [told(each) for dossier_ in some for each in strict_engine().determine(dossier_, AS_OF)]
    found = [told(each) for rows in strict_kernel().determine_dossiers(some, AS_OF) for each in rows]
    assert found == wanted
    assert {"choose.strict"} <= {each.reason for each in found}


def test_a_ruling_counts_and_closes_its_question() -> None:
    marked = demo_kernel().determine_dossiers(demo_dossiers(), AS_OF)
    name, option = next(mark[:2] for rows in marked for each in rows for mark in each.marks)
    ruled = Kernel(lianyungang(), {name: option}).determine_dossiers(demo_dossiers(), AS_OF)
    assert name not in {mark.interpretation for rows in ruled for each in rows for mark in each.marks}
    assert ruled != marked
    assert (name, option) in other_options(lianyungang())


# One dossier after the other, in the same room


def test_a_dossier_leaves_nothing_behind_for_the_next() -> None:
    kernel, fresh = Kernel(tied_city()), Kernel(tied_city())
    wide, narrow = dossier(*tied_awards(9), award("G", "技术中心")), dossier(award("F", "小巨人"))
    for about in (wide, narrow, dossier(), wide, dossier(award("G", "技术中心")), narrow):
        assert (
            kernel.determine_dossier(about, LATE)
            == fresh.determine_dossiers([about], LATE, with_marks=False)[0]
        )


def wide_city(measures: int) -> City:
    """A fact of a project is about every measure."""
    return city(
        policy(
            *(
                measure(f"{number:02}", (rate_row("a", 1, None),), kind="投资项目")
                for number in range(measures)
            )
        )
    )


@pytest.mark.parametrize(
    ("measures", "facts"), [(1, 256), (16, 256), (17, 256), (40, 102), (40, 103), (60, 200)]
)
def test_many_facts_under_many_measures_find_room(measures: int, facts: int) -> None:
    about = dossier(*(project(f"P{number:03}", None, "2024-01-01") for number in range(facts)))
    found = Kernel(wide_city(measures)).determine_dossier(about, LATE)
    assert len(found) == measures * facts
    assert {each.outcome for each in found} <= {"待核", "不在有效期"}


def test_more_facts_than_one_room_holds_are_decided_in_a_larger_one() -> None:
    payments = [paid(f"Z{number:04}", 1) for number in range(5_000)]
    found = Kernel(tied_city()).determine_dossier(dossier(award("F", "小巨人"), *payments), LATE)
    assert [each.reason.code for each in found] == ["choose.payable"]


def test_a_dossier_of_nothing_gets_nothing() -> None:
    assert Kernel(tied_city()).determine_dossier(dossier(), LATE) == ()
    assert Kernel(tied_city()).determine_dossiers([dossier(), dossier()], LATE) == ((), ())
    assert Kernel(city()).determine_dossier(dossier(award("F", "小巨人")), LATE) == ()
    assert by_law(city(), dossier(award("F", "小巨人"))) == []


def test_new_names_of_later_dossiers_are_met_as_they_come() -> None:
    kernel = Kernel(tied_city())
    for title in ("小巨人", "技术中心", "从未有过", "小巨人"):
        found = kernel.determine_dossier(dossier(award("F", title), 所属地区=f"{title}区"), LATE)
        assert [each.reason.code for each in found] == [
            "choose.payable" if title == "小巨人" else "match.no-measure"
        ]


def test_an_unknown_kind_is_refused_by_every_way() -> None:
    about = dossier(fact("专利", "Z1"))
    with pytest.raises(UnfitFacts, match="unknown-kind: 专利"):
        Kernel(tied_city()).determine_dossier(about, LATE)
    with pytest.raises(UnfitFacts, match="unknown-kind: 专利"):
        Kernel(tied_city()).determine_dossiers([about], LATE)


# Too entangled


class Law:
    """The reference engine, and which dossiers it was asked."""

    def __init__(self, where: City) -> None:
        self.engine, self.asked = Engine(where), list[str]()

    def __call__(self, about: Dossier, as_of: date) -> tuple[Determination, ...]:
        self.asked.append(about.code)
        return self.engine.determine(about, as_of, with_marks=False)


def test_as_many_awards_as_the_loop_chooses_among_are_chosen_among() -> None:
    about = dossier(*tied_awards(MOST_ALIVE))
    assert by_kernel(tied_city(), about) == by_law(tied_city(), about)


def test_a_dossier_too_entangled_needs_the_reference() -> None:
    kernel = Kernel(tied_city())
    for _ in range(2):
        with pytest.raises(NeedsReference, match=CODE):
            kernel.determine_dossier(too_entangled(), LATE)
        with pytest.raises(NeedsReference):
            kernel.determine_dossiers([dossier(), too_entangled()], LATE)
    assert kernel.entangled == 0
    assert [each.amount_fen for each in kernel.determine_dossier(dossier(*tied_awards(3)), LATE)] == [
        20 * WAN,
        20 * WAN,
        0,
    ]


def test_the_reference_decides_what_is_too_entangled_and_that_is_counted() -> None:
    law = Law(tied_city())
    kernel = Kernel(tied_city(), reference=law)
    many, few = with_code(too_entangled(), "A"), with_code(dossier(*tied_awards(3)), "B")
    wanted = Engine(tied_city()).determine(many, LATE, with_marks=False)
    assert kernel.determine_dossier(many, LATE) == wanted
    assert kernel.determine_dossiers([few, many, few], LATE, with_marks=False)[1] == wanted
    assert law.asked == ["A", "A"]
    assert kernel.entangled == 2


def rich_city(*limits: Limit, fen: int = MAX_FEN, cumulation: Cumulation | None = None) -> City:
    rich = replace(row("a", 1, 称号="小巨人"), amount=FixedSum(fen))
    return city(policy(measure("08", (rich,), limits=limits), cumulation=cumulation))


def settled_by(where: City, *facts: Fact) -> tuple[int, list[Told]]:
    """How many dossiers the reference had to decide, and what is told."""
    law = Law(where)
    found = Kernel(where, reference=law).determine_dossier(dossier(*facts), LATE)
    assert [told(each) for each in found] == by_law(where, dossier(*facts))
    return len(law.asked), [told(each) for each in found]


@pytest.mark.parametrize("count", [2, 30, 46, 47, 93, 200])
def test_sums_that_might_leave_their_word_are_left_to_the_reference(count: int) -> None:
    """46 times the largest amount is just below 2^62 fen."""
    where = rich_city(Limit(("企业",), max_fen=MAX_FEN))
    asked, rows = settled_by(where, *(award(f"F{place:03}", "小巨人") for place in range(count)))
    assert asked == (1 if count > 46 else 0)
    assert sum(each.amount_fen or 0 for each in rows) == MAX_FEN


def test_so_are_payments_that_might() -> None:
    payments = [
        fact("已兑付", f"Z{place}", 文号="甲〔2025〕1号", 条款="（08）", 金额=MAX_FEN, 日期=date(2026, 7, 1))
        for place in range(100)
    ]
    where = rich_city(Limit(("企业",), max_fen=MAX_FEN), fen=20 * WAN)
    assert settled_by(where, award("F", "小巨人"), *payments[:40])[0] == 0
    assert settled_by(where, award("F", "小巨人"), *payments)[0] == 1


# What another kind of fact says


def told_apart(*measures: Measure, **kinds: Any) -> City:
    where = city(policy(*measures))
    return replace(where, vocabulary=replace(where.vocabulary, kinds={**where.vocabulary.kinds, **kinds}))


def test_rungs_of_one_ladder_are_of_one_group_whatever_type_their_kinds_give_to_it() -> None:
    kinds = city().vocabulary.kinds
    thing = replace(kinds["认定"].fields["称号"], name="对象")
    standard = replace(kinds["认定"], name="标准", fields={**kinds["认定"].fields, "对象": thing})
    rungs = [Ladder("梯", ("企业", "对象"), Promotion.HIGHEST_ONLY, frozenset([each])) for each in "ab"]
    first = measure("08", (row("a", 20, 称号="小巨人"),), ladders=(rungs[0],))
    second = replace(measure("09", (row("b", 10, 级别="省级"),), ladders=(rungs[1],)), kind="标准")
    where = told_apart(first, second, 标准=standard)
    for named, payable in {"甲": 1, "乙": 2}.items():
        about = dossier(
            award("F", "小巨人", 对象="甲"), fact("标准", "S", 对象=named, 级别="省级", 日期=date(2026, 3, 1))
        )
        found = by_kernel(where, about)
        assert found == by_law(where, about)
        assert [each.outcome for each in found].count("可兑付") == payable


def test_a_payment_is_for_what_it_names_whatever_a_row_selects() -> None:
    selecting = measure("09", (row("b", 1, 文号="乙〔2023〕2号"),), kind="已兑付")
    where = told_apart(measure("08", (row("a", 20, 称号="小巨人"),)), selecting)
    about = dossier(award("F", "小巨人"), paid("Z", 5, "F", clause="（08）"))
    assert by_kernel(where, about) == by_law(where, about)


def test_a_literal_is_not_a_number_of_anybody() -> None:
    asked = Literal(True, Type.FLAG)
    where = city(
        policy(measure("08", (row("a", 20, 称号="小巨人"),), condition=asked)),
        questions=(question("问", ("甲", "乙"), "甲"),),
    )
    assert by_kernel(where, dossier(award("-2", "小巨人"))) == by_law(where, dossier(award("-2", "小巨人")))
