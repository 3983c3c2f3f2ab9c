"""目标, 任务, 分类 blocks → targets, tasks and the taxonomy (目标、任务、分类)."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import TYPE_CHECKING, cast

from duixian.rules.expression import TRUE, Type
from duixian.rules.house_words import PER_ENTERPRISE
from duixian.rules.target import Branch, Chain, Measurement, Target, TargetNature, TargetRelation, Task
from duixian.source.amounts import whole_number
from duixian.source.expression import read_expression
from duixian.source.quantity import Count, QuantityKind
from duixian.source.questions import keep_questions, read_questions, read_units
from duixian.source.reference import Frame
from duixian.source.report import listed, nearest
from duixian.source.yaml_tree import Excerpt

if TYPE_CHECKING:
    from duixian.source.desk import Desk
    from duixian.source.quantity import Reading
    from duixian.source.shape import Item, Record

BASIS_POINTS = 10_000
PER_FACT, PER_OBJECT = "事实", "对象"


def read_target(block: Record, desk: Desk) -> Target | None:
    """The target that a block sets; None (and problems) when its measurement is wrong."""
    id_, value_item = block.item("编号"), block.item("值")
    assert id_ is not None
    assert value_item is not None
    desk.claim_id(id_.text, id_.place)
    value = _figure(value_item, desk)
    measurement = block.record("度量")
    measured = _measurement(measurement, desk) if measurement else None
    if value is None or (measurement and measured is None):
        return None
    return Target(
        id=id_.text,
        indicator=block.text("目标"),
        nature=TargetNature(block.text("性质")),
        relation=TargetRelation(block.text("关系")),
        value=value[0],
        unit=value[1],
        from_year=_year(block.item("起始"), desk),
        to_year=_year(block.item("期限"), desk),
        clause=desk.clause,
        document=desk.document,
        units=read_units(block, "责任单位", desk),
        measurement=measured,
        source=block.text("来源"),
        interpretations=read_questions(block, desk),
        place=id_.place,
    )


def _figure(item: Item, desk: Desk) -> tuple[int, str] | None:
    """The figure with its unit: fen for 亿元, basis points for %, a count otherwise."""
    reading = cast("Reading", item.value)
    desk.bind(reading, item.text, item.place)
    if isinstance(reading.value, Count):
        number, unit = Fraction(reading.value.number), reading.value.unit
    elif reading.kind is QuantityKind.PERCENT:
        assert isinstance(reading.value, Fraction | int)
        number, unit = Fraction(reading.value) * BASIS_POINTS, "%"
    else:
        number, unit = Fraction(whole_number(reading)), "元"
    if number.denominator != 1:
        desk.problem("wrong-value", item.place, item.text, "一个整数")
        return None
    return number.numerator, unit


def _year(item: Item | None, desk: Desk) -> int | None:
    if item is None:
        return None
    reading = cast("Reading", item.value)
    desk.bind(reading, item.text, item.place)
    return whole_number(reading)


def _measurement(record: Record, desk: Desk) -> Measurement | None:
    kind_item, per_item, condition_item = record.item("统计"), record.item("每"), record.item("条件")
    assert kind_item is not None
    kind = desk.kind(kind_item.text, kind_item.place)
    if kind is None:
        return None
    known = (PER_ENTERPRISE, PER_FACT, PER_OBJECT, *kind.fields)
    if per_item is not None and per_item.text not in known:
        near = nearest(per_item.text, known)
        desk.problem("unknown-group", per_item.place, per_item.text, near or listed(known, 20), near=near)
        return None
    condition = (
        read_expression(Excerpt.whole(condition_item.node), Type.FLAG, Frame((kind,)), desk, is_open=True)
        if condition_item
        else TRUE
    )
    return None if condition is None else Measurement(kind.name, condition, record.text("每", PER_ENTERPRISE))


def read_task(
    block: Record, inherited: tuple[str, ...], targets: list[str] | None, desk: Desk
) -> tuple[Task, bool]:
    """The task that a block sets, and whether later tasks inherit its implementers.

    ``inherited`` are the implementers of an earlier task that says so; ``targets`` the ids of the document's targets,
    None while they are not all known.
    """
    number = block.item("编号")
    assert number is not None
    known = block.texts("目标") if targets is None else targets
    for item in block.items("目标"):
        if item.text not in known:
            near = nearest(item.text, known)
            desk.problem("unknown-target", item.place, item.text, near or listed(known, 20), near=near)
    task = Task(
        number=cast(int, number.value),
        name=block.text("任务"),
        group=block.text("组"),
        actions=block.texts("内容"),
        units=read_units(block, "责任单位", desk),
        implementers=read_units(block, "落实单位", desk) or inherited,
        targets=tuple(target for target in block.texts("目标") if target in known),
        clause=desk.clause,
        document=desk.document,
        interpretations=read_questions(block, desk),
        place=number.place,
    )
    return task, block.flag("落实继承")


def read_chain(block: Record, desk: Desk) -> Chain:
    """The part of the taxonomy that a block gives."""
    name = block.item("分类")
    assert name is not None
    branches = tuple(
        Branch(record.text("名称"), record.texts("产品"), record.texts("行业代码"))
        for record in block.records("叶")
    )
    keep_questions(block, desk)
    return Chain(name.text, block.text("层级"), branches, desk.clause, desk.document, name.place)


def merge_chains(chains: Iterable[Chain], desk: Desk) -> tuple[Chain, ...]:
    """One chain for each name: leaves named in several clauses add up, and so do the products of one leaf."""
    merged: dict[str, Chain] = {}
    for chain in chains:
        first = merged.get(chain.name)
        if first is None:
            merged[chain.name] = chain
            continue
        if first.tier != chain.tier:
            desk.report.add("tier-contradicts", chain.place, chain.tier, first.tier, clause=chain.clause)
        branches = _merge_branches((*first.branches, *chain.branches))
        merged[chain.name] = Chain(
            first.name, first.tier, branches, first.clause, first.document, first.place
        )
    return tuple(merged.values())


def _merge_branches(branches: Iterable[Branch]) -> tuple[Branch, ...]:
    merged: dict[str, Branch] = {}
    for branch in branches:
        first = merged.get(branch.name, Branch(branch.name, ()))
        products = dict.fromkeys((*first.products, *branch.products))
        codes = dict.fromkeys((*first.industry_codes, *branch.industry_codes))
        merged[branch.name] = Branch(branch.name, tuple(products), tuple(codes))
    return tuple(merged.values())
