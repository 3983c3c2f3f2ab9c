"""policy.md → a policy (政策文件): drafts become clauses, measures, and the rules of the whole document.

Blocks are read in the order of dependence, not of the text: what points to rows or targets comes after them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from duixian.errors import Place
from duixian.rules.clause import Annotation, Clause, ClauseKind, NonOperative
from duixian.rules.policy import Cumulation, Policy, Validity
from duixian.rules.target import Task
from duixian.source.amounts import day_reading
from duixian.source.measure import read_measure
from duixian.source.plan import merge_chains, read_chain, read_target, read_task
from duixian.source.quantities import find_quantities
from duixian.source.quantity import Reading
from duixian.source.questions import read_questions, read_units
from duixian.source.settlement import (
    Index,
    read_cumulation,
    read_definition,
    read_exclusion,
    read_shares,
    read_validity,
)
from duixian.source.shape import Item, Record

if TYPE_CHECKING:
    from collections.abc import Iterable

    from duixian.source.desk import Desk
    from duixian.source.draft import ClauseDraft, Draft

T = TypeVar("T")
NEVER = Validity(date.max, date.min, "")
"""The validity of a document that says none: nothing is in force, and a problem says why."""


@dataclass(frozen=True, slots=True)
class _ClauseInHand:
    """A clause being read: its draft, its desk on which the bindings gather, and its units."""

    draft: ClauseDraft
    desk: Desk
    units: tuple[str, ...]

    def blocks(self, kind: str) -> list[Record]:
        return [block.record for block in self.draft.blocks if block.kind == kind]


def read_policy(draft: Draft, desk: Desk) -> Policy:
    """The policy of a draft, as far as it can be read."""
    in_hand = [_take(clause, replace(desk, document=draft.head.number)) for clause in draft.clauses]
    _read_heads(in_hand)
    blocks = _all(in_hand, "事项")
    measures = _whole(read_measure(block, at.units, at.desk) for at, block in blocks)
    is_whole = draft.is_whole and len(measures) == len(blocks)
    index = Index.of(
        tuple(clause.id for clause in draft.clauses), measures, desk.titles.vocabulary.kinds, is_whole
    )
    targets = _whole(read_target(block, at.desk) for at, block in _all(in_hand, "目标"))
    chains = [read_chain(block, at.desk) for at, block in _all(in_hand, "分类")]
    cumulations = _whole(read_cumulation(block, at.desk) for at, block in _all(in_hand, "就高"))
    policy = Policy(
        head=draft.head,
        validity=_validity(in_hand, draft, desk),
        clauses=(),
        measures=measures,
        cumulation=_only(cumulations, "就高", desk),
        exclusions=_whole(read_exclusion(block, index, at.desk) for at, block in _all(in_hand, "排除")),
        shares=tuple(
            share for at, block in _all(in_hand, "分担") for share in read_shares(block, index, at.desk)
        ),
        targets=targets,
        tasks=_tasks(
            in_hand, [block.text("编号") for _, block in _all(in_hand, "目标")] if draft.is_whole else None
        ),
        chains=merge_chains(chains, desk),
        definitions=tuple(read_definition(block, index, at.desk) for at, block in _all(in_hand, "定义")),
        file=draft.file,
        original_file=str(Path(draft.file).with_name("original.txt")),
    )
    # Last, since every block above has put its bindings on its clause's desk.
    return replace(policy, clauses=tuple(_clause(at) for at in in_hand))


def _take(draft: ClauseDraft, desk: Desk) -> _ClauseInHand:
    own = desk.at_clause(draft.id)
    return _ClauseInHand(draft, own, read_units(draft.head, "责任单位", own) if draft.head else ())


def _all(in_hand: Iterable[_ClauseInHand], kind: str) -> list[tuple[_ClauseInHand, Record]]:
    return [(at, block) for at in in_hand for block in at.blocks(kind)]


def _whole(parts: Iterable[T | None]) -> tuple[T, ...]:
    return tuple(part for part in parts if part is not None)


def _read_heads(in_hand: list[_ClauseInHand]) -> None:
    """Bind the quantities of the head: days, the document number, the ordinal of the meeting."""
    for at, block in _all(in_hand, "文件"):
        for key, item in block.values.items():
            assert isinstance(item, Item)
            if isinstance(item.value, date):
                at.desk.bind(day_reading(item.value), item.text, item.place)
            elif key in {"文件", "审议", "标题", "通知标题"}:
                for each in find_quantities(item.text):
                    place = item.node.place_at(each.start, each.end)
                    at.desk.bind(Reading(each.kind, each.value, None), each.written, place)


def _validity(in_hand: list[_ClauseInHand], draft: Draft, desk: Desk) -> Validity:
    blocks = _all(in_hand, "有效期")
    found = _whole(read_validity(block, at.desk) for at, block in blocks)
    if not blocks and draft.is_whole:
        desk.report.add("validity-missing", Place(draft.file), expected="有效期")
    for at, block in blocks[1:]:
        at.desk.problem("block-twice", block.place, "有效期")
    return found[0] if found else NEVER


def _only(found: tuple[Cumulation, ...], kind: str, desk: Desk) -> Cumulation | None:
    for extra in found[1:]:
        desk.report.add("block-twice", extra.place, kind, clause=extra.clause)
    return found[0] if found else None


def _tasks(in_hand: list[_ClauseInHand], targets: list[str] | None) -> tuple[Task, ...]:
    """All tasks; ``targets`` are the ids that they may name, None when a block with one may be lost."""
    tasks: list[Task] = []
    inherited: tuple[str, ...] = ()
    for at, block in _all(in_hand, "任务"):
        task, is_inherited = read_task(block, inherited, targets, at.desk)
        if is_inherited:
            inherited = task.implementers
        if task.number in {other.number for other in tasks}:
            at.desk.problem("duplicate-id", task.place, str(task.number))
        tasks.append(task)
    return tuple(tasks)


def _clause(at: _ClauseInHand) -> Clause:
    piece, record = at.draft.piece, at.draft.head or Record({}, at.draft.piece.place)
    count = record.whole("条目")
    return Clause(
        id=at.draft.id,
        name=record.text("名称"),
        kinds=tuple(ClauseKind(word) for word in record.texts("类型")),
        text=piece.text,
        first_line=piece.first_line,
        atom_count=count or 0,
        non_operative=tuple(
            NonOperative(each.text("原文"), each.text("理由"), _place_of(each))
            for each in record.records("非操作性")
        ),
        annotations=tuple(
            Annotation(each.text("原文"), each.text("说明"), _place_of(each)) for each in record.records("注")
        ),
        bindings=tuple(at.desk.bindings),
        units=at.units,
        interpretations=tuple(dict.fromkeys((*read_questions(record, at.desk), *at.desk.questions))),
        place=piece.place,
    )


def _place_of(record: Record) -> Place:
    item = record.item("原文")
    return item.place if item else record.place
