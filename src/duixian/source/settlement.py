"""就高, 排除, 分担, 有效期, 定义 blocks → the rules that hold for a whole document (总则性规则)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, cast

from duixian.rules.definition import Definition
from duixian.rules.expression import Type
from duixian.rules.policy import (
    AfterPayment,
    Cumulation,
    CumulationReach,
    Exclusion,
    Remainder,
    SameMatter,
    ShareRule,
    Validity,
)
from duixian.source.amounts import day_reading
from duixian.source.block_schema import PAYS_ALL
from duixian.source.decided import read_decided, read_decided_word
from duixian.source.expression import read_expression
from duixian.source.quantities import find_quantities
from duixian.source.quantity import QuantityKind, Reading
from duixian.source.questions import keep_questions, read_questions
from duixian.source.reference import Frame
from duixian.source.report import listed, nearest
from duixian.source.shape import Item
from duixian.source.yaml_tree import Excerpt

if TYPE_CHECKING:
    from duixian.rules.decided import Decided
    from duixian.rules.measure import Measure
    from duixian.rules.vocabulary import FactKind
    from duixian.source.desk import Desk
    from duixian.source.shape import Record, Shape


@dataclass(frozen=True, slots=True)
class Index:
    """What the blocks of a document may point to (索引): its clauses, its measures' rows, the kinds that trigger them."""

    clauses: tuple[str, ...]
    rows: Mapping[str, tuple[str, ...]]
    kinds: tuple[FactKind, ...]
    is_whole: bool

    @classmethod
    def of(
        cls,
        clauses: tuple[str, ...],
        measures: tuple[Measure, ...],
        kinds: Mapping[str, FactKind],
        is_whole: bool,
    ) -> Index:
        """The index of a document. A row stands for itself, a measure for all its rows.

        ``is_whole`` says that nothing was lost: only then is an id that is not there a problem of its own.
        """
        rows = {measure.id: tuple(row.id for row in measure.rows) for measure in measures}
        rows.update({row.id: (row.id,) for measure in measures for row in measure.rows})
        triggers = dict.fromkeys(measure.kind for measure in measures)
        return cls(clauses, rows, tuple(kinds[name] for name in triggers), is_whole)


def read_cumulation(block: Record, desk: Desk) -> Cumulation | None:
    """就高: no matter is paid twice."""
    _bind(block.item("项数"), desk)
    same = read_decided_word(block.get("同一"), desk, SameMatter, SameMatter.SAME_FACT)
    reach = read_decided_word(block.get("范围"), desk, CumulationReach, CumulationReach.OTHER_DOCUMENTS)
    after = read_decided_word(block.get("已兑付"), desk, AfterPayment, AfterPayment.DIFFERENCE)
    keep_questions(block, desk)
    if same is None or reach is None or after is None:
        return None
    return Cumulation(desk.clause, same, reach, after, block.place)


def read_exclusion(block: Record, index: Index, desk: Desk) -> Exclusion | None:
    """排除: facts that bar an award."""
    item = block.item("条件")
    assert item is not None
    condition = read_expression(Excerpt.whole(item.node), Type.FLAG, Frame(index.kinds), desk)

    def rows(shape: Shape, _is_open: bool) -> frozenset[str] | None:
        return _rows(cast("tuple[Item, ...]", shape), index, desk)

    shape = block.get("不适用")
    exempt = frozenset[str]() if shape is None else read_decided(shape, desk, rows)
    keep_questions(block, desk)
    if condition is None or exempt is None:
        return None
    return Exclusion(block.text("排除"), desk.clause, condition, exempt, block.place)


def _rows(items: tuple[Item, ...], index: Index, desk: Desk) -> frozenset[str] | None:
    strange = [item for item in items if item.text not in index.rows]
    for item in strange if index.is_whole else ():
        near = nearest(item.text, index.rows)
        desk.problem("unknown-row", item.place, item.text, near or listed(index.rows), near=near)
    return None if strange else frozenset(row for item in items for row in index.rows[item.text])


def read_shares(block: Record, index: Index, desk: Desk) -> tuple[ShareRule, ...]:
    """分担: who pays, the first rule that fits; 尾差 holds for all rules of the block."""
    remainder = read_decided_word(block.get("尾差"), desk, Remainder, Remainder.COUNTY)
    keep_questions(block, desk)
    return tuple(
        _share(record, remainder or Remainder.COUNTY, index, desk) for record in block.records("分担")
    )


def _share(record: Record, remainder: Decided[Remainder], index: Index, desk: Desk) -> ShareRule:
    ratio_item, basis, whole = record.item("市县"), record.text("依据"), record.text("承担")
    if [ratio_item is not None, basis != "", whole != ""].count(True) != 1 and record.is_whole:
        desk.problem("share-missing", record.place, "", "市县、承担 或 依据")
    _bind(record.item("项数"), desk)
    ratio = _bind(ratio_item, desk)
    clauses = record.items("条款")
    for item in clauses if index.is_whole else ():
        if item.text not in index.clauses:
            near = nearest(item.text, index.clauses)
            desk.problem(
                "unknown-clause", item.place, item.text, near or listed(index.clauses, 30), near=near
            )
    areas = [desk.area(item.text, item.place) for item in record.items("地区")]
    return ShareRule(
        clause=desk.clause,
        clauses=frozenset(item.text for item in clauses),
        areas=frozenset(area for area in areas if area is not None),
        ratio=cast("tuple[int, int]", ratio.value) if ratio else PAYS_ALL.get(whole),
        basis=basis,
        remainder=remainder,
        place=record.place,
    )


def read_validity(block: Record, desk: Desk) -> Validity | None:
    """有效期: from which day to which the document applies."""

    def day(shape: Shape, is_open: bool) -> date:
        assert isinstance(shape, Item)
        value = cast(date, shape.value)
        desk.bind(day_reading(value), shape.text, shape.place, is_open=is_open)
        return value

    _bind_days(block.item("有效期"), desk)
    first_shape, last_shape = block.get("自"), block.get("至")
    assert first_shape is not None
    assert last_shape is not None
    first, last = read_decided(first_shape, desk, day), read_decided(last_shape, desk, day)
    keep_questions(block, desk)
    return None if first is None or last is None else Validity(first, last, desk.clause, block.place)


def _bind_days(label: Item | None, desk: Desk) -> None:
    """The days that the label repeats: officers read them, so they must be the text's."""
    assert label is not None
    for each in find_quantities(label.text):
        if each.kind is QuantityKind.DATE:
            place = label.node.place_at(each.start, each.end)
            desk.bind(Reading(each.kind, each.value, None), each.written, place)


def read_definition(block: Record, index: Index, desk: Desk) -> Definition:
    """定义: what a word means, in the text's own words."""
    word = block.item("定义")
    assert word is not None
    _rows(block.items("适用"), index, desk)
    return Definition(
        word=word.text,
        meaning=block.text("内容"),
        clause=desk.clause,
        document=desk.document,
        applies_to=block.texts("适用"),
        interpretations=read_questions(block, desk),
        place=word.place,
    )


def _bind(item: Item | None, desk: Desk) -> Reading | None:
    """The quantity of a key, bound to the text unless it is a bare number."""
    if item is None:
        return None
    desk.bind_written(item.text, item.place)
    return cast("Reading", item.value)
