"""Where fields lie: what rules read is carried, names in the shape, all else in cells; the rest is not carried at all."""

from __future__ import annotations

from dataclasses import replace

from duixian.kernel import words as w
from duixian.kernel.layout import KindLayout, Layout, parts_of
from duixian.rules import house_words as house
from duixian.rules.decided import Choice
from duixian.rules.expression import (
    All,
    Any,
    Comparator,
    Compare,
    Contains,
    Exists,
    FieldRef,
    IfElse,
    Literal,
    Not,
    Scope,
    Shift,
    Sum,
    Type,
    YearEnd,
    YearOf,
)
from duixian.rules.measure import History, Ladder, Limit, Promotion, Selector
from duixian.rules.policy import City
from duixian.rules.vocabulary import FactKind, FieldType, Vocabulary
from tests.evaluate.build import (
    KINDS,
    TITLES,
    VOCABULARY,
    at_least,
    city,
    equals,
    fields,
    has_factory,
    measure,
    policy,
    rate_row,
    row,
    trigger,
)
from tests.laws.real_city import lianyungang

F = FieldType
GIANT = row("a", 20, 称号="小巨人")


def layout_of(*measures: object, kinds: dict[str, FactKind] | None = None) -> Layout:
    where = city(policy(*measures))  # type: ignore[arg-type]
    return Layout(with_kinds(where, kinds or {}))


def with_kinds(where: City, kinds: dict[str, FactKind]) -> City:
    return replace(where, vocabulary=Vocabulary(KINDS | kinds, TITLES, VOCABULARY.levels))


def slots(here: KindLayout) -> list[int]:
    return [*here.slots.values(), *here.told.values()]


def test_a_field_that_no_rule_reads_is_not_carried() -> None:
    kinds = layout_of(measure("08", (GIANT,))).kinds
    assert kinds["认定"].coded == ["称号", "轮次"]
    assert set(kinds["认定"].slots) == {"日期", "编号", "对象"}
    assert kinds["上级支持"].coded == []
    assert set(kinds["上级支持"].slots) == {"日期", "编号"}


def test_day_and_number_of_a_fact_lie_in_the_same_place_in_every_kind() -> None:
    for here in layout_of(measure("08", (GIANT,))).kinds.values():
        assert here.slots[here.kind.date_field] == w.F_DATE
        assert here.slots[here.id_field] == w.F_ID


def test_names_make_the_shape_and_all_else_is_a_cell() -> None:
    condition = All(
        (at_least("有效投入额", 1), trigger("存量企业", Type.FLAG), equals("年度", "", Type.YEAR))
    )
    chosen = replace(rate_row("a", 10, None), selectors=(Selector("类别", Comparator.EQUAL, ("整机",)),))
    here = layout_of(measure("09", (chosen,), kind="投资项目", condition=condition)).kinds["投资项目"]
    assert set(here.coded) == {"存量企业", "类别"}
    assert {"有效投入额", "年度"} <= set(here.slots)
    assert all(slot >= w.F_CELLS for name, slot in here.slots.items() if name not in ("编号", "竣工日期"))


def test_no_two_fields_share_a_cell() -> None:
    layout = Layout(lianyungang())
    for here in (*layout.kinds.values(), layout.subject):
        assert len(slots(here)) == len(set(slots(here)))
        assert max(slots(here), default=0) < (
            layout.subject_words if here is layout.subject else layout.fact_words
        )
        assert here.object_slot < layout.fact_words


def test_what_is_looked_at_is_read_in_its_own_kind() -> None:
    layout = layout_of(measure("09", (row("a", 10),), kind="上级支持", condition=has_factory()))
    assert set(layout.kinds["认定"].coded) == {"称号", "等级"}
    assert layout.kinds["上级支持"].coded == []


def test_every_option_of_a_question_is_read() -> None:
    groups: Choice[tuple[str, ...]] = Choice("问", {"甲": ("企业", "对象"), "乙": ("企业", "等级")})
    here = layout_of(measure("08", (GIANT,), limits=(Limit(groups, max_count=1),))).kinds["认定"]
    assert "等级" in here.coded
    assert "对象" in here.slots


def test_groups_of_recognitions_may_name_fields_that_nobody_has() -> None:
    rules = measure("08", (GIANT,), history=History(first_per=("企业", "年度", "产地")))
    assert "年度" not in layout_of(rules).kinds["认定"].slots
    project = measure("09", (rate_row("a", 10, None),), kind="投资项目", history=History(first_per=("年度",)))
    assert "年度" in layout_of(project).kinds["投资项目"].slots


def test_a_ladder_is_read_in_every_kind_with_a_rung() -> None:
    by_thing = Ladder("梯", ("企业", "项目名称"), Promotion.DIFFERENCE, frozenset(["a"]))
    of_all = Ladder("梯", ("企业",), Promotion.DIFFERENCE, frozenset(["b"]))
    kinds = {"标准": FactKind("标准", fields(编号=F.IDENTIFIER, 项目名称=F.TEXT, 日期=F.DATE), "日期")}
    layout = layout_of(
        measure("08", (rate_row("a", 10, None),), kind="投资项目", ladders=(by_thing,)),
        measure("09", (row("b", 1),), kind="上级支持", ladders=(of_all,)),
        kinds=kinds,
    )
    assert "项目名称" in layout.kinds["投资项目"].slots
    assert "项目名称" not in layout.kinds["上级支持"].slots
    assert layout.told_groups == {"梯": frozenset()}


def test_fields_of_several_types_on_one_ladder_are_compared_as_texts() -> None:
    ladders = [Ladder("梯", ("企业", "标记"), Promotion.DIFFERENCE, frozenset([each])) for each in "ab"]
    for types, is_told in (
        ((F.TEXT, F.OPTION), True),
        ((F.TEXT, F.IDENTIFIER), False),
        ((F.OPTION, F.GRADE), False),
        ((F.OPTION, F.LEVEL), True),
        ((F.MONEY, F.FLAG), False),
        ((F.DATE, F.COUNT), True),
    ):
        kinds = {
            name: FactKind(name, fields(编号=F.IDENTIFIER, 标记=type_, 日期=F.DATE), "日期")
            for name, type_ in zip(("标准", "攻关项目"), types, strict=True)
        }
        layout = two_kinds(kinds, ladders)
        assert layout.told_groups == {"梯": frozenset({"标记"} if is_told else ())}
        for name, type_ in zip(kinds, types, strict=True):
            assert ("标记" in layout.kinds[name].told) == (is_told and type_ is not F.TEXT)


def two_kinds(kinds: dict[str, FactKind], ladders: list[Ladder]) -> Layout:
    measures = [
        replace(measure(name, (row(name, 1),), ladders=(ladder,)), kind=kind)
        for name, kind, ladder in zip("ab", kinds, ladders, strict=True)
    ]
    return layout_of(*measures, kinds=kinds)


def test_an_object_that_is_no_text_is_told_as_one() -> None:
    thing = FactKind("标准", fields(编号=F.IDENTIFIER, 类别=F.OPTION, 日期=F.DATE), "日期", "类别")
    layout = layout_of(measure("08", (GIANT,)), kinds={"标准": thing})
    assert layout.kinds["标准"].told == {"类别": layout.kinds["标准"].object_slot}
    assert layout.kinds["认定"].object_slot == layout.kinds["认定"].slots["对象"]
    assert layout.kinds["上级支持"].object_slot == -1


def test_payments_are_read_by_what_they_name() -> None:
    payments = layout_of(measure("08", (GIANT,))).kinds[house.PAYMENT]
    assert set(payments.coded) == {"文号", "条款", "事项"}
    assert {"金额", "事实编号", "日期"} <= set(payments.slots)


def test_texts_of_payments_are_told_apart_whatever_a_row_selects() -> None:
    asked = measure("09", (row("b", 1, 文号="乙〔2023〕2号", 编号="F1"),), kind=house.PAYMENT)
    assert layout_of(asked).kinds[house.PAYMENT].reduced == {"编号": {"F1"}}


def test_payments_without_a_field_for_their_day_or_fact_find_an_empty_cell() -> None:
    assert layout_of(measure("08", (GIANT,))).spare_slot == layout_of(measure("08", (GIANT,))).fact_words
    poor = FactKind(house.PAYMENT, fields(编号=F.IDENTIFIER, 文号=F.TEXT, 金额=F.MONEY))
    layout = layout_of(measure("08", (GIANT,)), kinds={house.PAYMENT: poor})
    assert layout.spare_slot == layout.fact_words - 1
    assert all(layout.spare_slot not in slots(each) for each in layout.kinds.values())


def test_the_area_of_an_enterprise_is_always_read() -> None:
    assert layout_of(measure("08", (GIANT,))).subject.coded == [house.AREA]
    named = Compare(
        Comparator.EQUAL, FieldRef(Scope.ENTERPRISE, "企业名称", Type.TEXT), Literal("甲", Type.TEXT)
    )
    assert "企业名称" in layout_of(measure("08", (GIANT,), condition=named)).subject.slots


def test_kinds_are_numbered_by_name() -> None:
    layout = layout_of(measure("08", (GIANT,)))
    assert list(layout.kinds) == sorted(layout.kinds)
    assert [each.index for each in layout.kinds.values()] == list(range(len(layout.kinds)))
    assert layout.subject.index == -1


def test_every_node_tells_what_stands_right_below_it() -> None:
    one, two, three = (trigger(name, Type.FLAG) for name in "甲乙丙")
    day = trigger("日期", Type.DATE)
    assert parts_of(Compare(Comparator.EQUAL, one, two)) == parts_of(Sum(one, two, 1)) == (one, two)
    assert parts_of(All((one, two))) == parts_of(Any((one, two))) == (one, two)
    assert parts_of(Contains(one, ("x",))) == parts_of(Not(one)) == parts_of(Exists("认定", one)) == (one,)
    assert parts_of(IfElse(one, two, three)) == (one, two, three)
    assert parts_of(Shift(day, 1, 0)) == parts_of(YearOf(day)) == (day,)
    assert parts_of(YearEnd(YearOf(day))) == (YearOf(day),)
    assert parts_of(one) == parts_of(Literal(1, Type.COUNT)) == ()
