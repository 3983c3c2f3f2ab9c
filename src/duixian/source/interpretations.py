"""interpretations.yaml → the open questions of a document (口径)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from duixian.rules.interpretation import Effect, Interpretation, Ruling
from duixian.source.file_schema import INTERPRETATION
from duixian.source.read_file import read_records
from duixian.source.report import listed, nearest
from duixian.source.shape import Item, Record

if TYPE_CHECKING:
    from duixian.source.report import Report


def read_interpretations(path: Path, document: str, report: Report) -> list[Interpretation]:
    """The questions of a document, in the order of the file. ``document`` is its number (文号)."""
    read = [
        _interpretation(record, document, report) for record in read_records(path, INTERPRETATION, report)
    ]
    return [each for each in read if each is not None]


def _interpretation(record: Record, document: str, report: Report) -> Interpretation | None:
    options = {name: value.text for name, (_, value) in record.map("选项").items() if isinstance(value, Item)}
    name, default = record.item("名称"), record.item("默认")
    assert name is not None
    assert default is not None
    ruling = _ruling(record.get("决定"))
    chosen = [default] + [item for item in [_option_of(record.get("决定"))] if item is not None]
    wrong = [item for item in chosen if item.text not in options]
    for item in wrong if record.is_whole else ():
        near = nearest(item.text, options)
        report.add("unknown-answer", item.place, item.text, listed(options), near=near, question=name.text)
    if len(options) < 2 and record.is_whole:
        report.add("too-few-options", name.place, listed(options), "≥ 2", question=name.text)
    if wrong or len(options) < 2:
        return None
    return Interpretation(
        name=name.text,
        number=record.text("编号"),
        clause=record.text("条款"),
        question=record.text("问题"),
        options=options,
        default=default.text,
        basis=record.text("依据"),
        effect=Effect(record.text("作用")),
        carrier=record.text("载体"),
        ruling=ruling,
        document=document,
        place=name.place,
    )


def _option_of(decision: object) -> Item | None:
    return decision.item("选项") if isinstance(decision, Record) else None


def _ruling(decision: object) -> Ruling | None:
    if not isinstance(decision, Record):
        return None
    decided_on = decision.day("日期")
    assert decided_on is not None
    return Ruling(decision.text("选项"), decided_on, decision.text("决定"), decision.text("文号"))
