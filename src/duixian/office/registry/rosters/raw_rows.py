"""A published list as rows of cells (名单原表), whatever it came as: xlsx, csv, or the tables of a docx.

Merged cells are filled: a block over several rows means each of them, which is how published lists are laid out. What was filled is
remembered, so that a person sees it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from duixian.errors import NOWHERE, Place
from duixian.exchange.tables.findings import Findings
from duixian.exchange.tables.header import HeaderNames
from duixian.exchange.tables.regular_file import NotOpened
from duixian.exchange.tables.table import Broken, CellRange, Raw, Row, Table
from duixian.exchange.tables.table_csv import open_csv
from duixian.exchange.tables.table_xlsx import open_workbook
from duixian.office.evidence.file_types import CSV, TEXT
from duixian.office.evidence.packages import EXCEL, WORD
from duixian.office.refusal import Refusal
from duixian.office.registry.remarks import ERROR, WARNING, remark, told
from duixian.office.registry.rosters.docx_rows import docx_rows
from duixian.rules.vocabulary import FactKind

MOST_ROWS = 200_000


@dataclass(slots=True)
class RawTable:
    """A list before anything is understood (名单原表): rows with their numbers as a person sees them, and what was filled in them.

    ``broken`` are the rows that could not be cut into cells, each with what is to be said of it. ``may_be_short`` are rows whose last
    cells are empty and left out, as in a workbook; in a text a row that is shorter than its header lacks a comma somewhere.
    """

    rows: list[tuple[int, list[Raw]]] = field(default_factory=list)
    filled: dict[int, set[int]] = field(default_factory=dict)
    broken: dict[int, dict[str, Any]] = field(default_factory=dict)
    problems: list[dict[str, Any]] = field(default_factory=list)
    may_be_short: bool = True
    place: Place = NOWHERE


def read_raw(stream: BinaryIO, name: str, media_type: str, kind: FactKind) -> RawTable:
    """All rows of the list.

    Raises:
        Refusal: ``roster-unreadable`` with what is wrong, ``roster-too-long``, or ``roster-format``.
    """
    findings, raw = Findings(), RawTable(place=Place(name))
    try:
        if media_type == WORD:
            _take(raw, *docx_rows(stream))
        elif media_type == EXCEL:
            _take_workbook(raw, stream, name, kind, findings)
        elif media_type in (CSV, TEXT):
            known, raw.may_be_short = HeaderNames(kind), False
            for table in open_csv(stream, kind, Place(name), known.count, findings):
                _take(raw, table.rows, ())
        else:
            raise Refusal(
                "roster-format", "名单的文件格式不对", why="名单为 xlsx、csv 或 docx", fix="请换成这几种格式"
            )
    except NotOpened as refusal:
        findings.add(refusal.code, Place(name), found=refusal.found, expected=refusal.expected)
    problems = [told(problem) for problem in findings.problems()]
    wrong = [each for each in problems if each["severity"] == "error"]
    if wrong:
        raise Refusal(
            "roster-unreadable", "名单读不出来", why=wrong[0]["what"], fix=wrong[0]["fix"], problems=wrong
        )
    raw.problems += problems
    return raw


def _take_workbook(raw: RawTable, stream: BinaryIO, name: str, kind: FactKind, findings: Findings) -> None:
    """The first sheet that is a table; others are told."""
    for number, table in enumerate(open_workbook(stream, name, kind, {kind.name: kind}, findings)):
        if number:
            raw.problems.append(_another(table))
            continue
        raw.place = table.place
        _take(raw, table.rows, table.merged)


def _take(raw: RawTable, rows: Iterator[Row] | Any, merged: tuple[CellRange, ...]) -> None:
    for line, cells in rows:
        if isinstance(cells, Broken):
            raw.broken[line] = _broken(line, raw.place)
            continue
        raw.rows.append((line, list(cells)))
        if len(raw.rows) > MOST_ROWS:
            raise Refusal("roster-too-long", "名单太长", why=f"不超过{MOST_ROWS}行", fix="请分成几份上传")
    _fill(raw, merged)


def _fill(raw: RawTable, merged: tuple[CellRange, ...]) -> None:
    """Give every row under a merged block its value; of a block over several columns the first one has it."""
    by_line = dict(raw.rows)
    for area in merged:
        value = _at(by_line, area.top, area.left)
        if area.bottom == area.top or value in ("", None):
            continue
        for line in range(area.top + 1, area.bottom + 1):
            cells = by_line.get(line)
            if cells is not None and area.left <= len(cells) and cells[area.left - 1] in ("", None):
                cells[area.left - 1] = value
                raw.filled.setdefault(line, set()).add(area.left)


def _at(rows: dict[int, list[Raw]], line: int, column: int) -> Raw:
    cells = rows.get(line, [])
    return cells[column - 1] if column <= len(cells) else None


def _broken(line: int, place: Place) -> dict[str, Any]:
    return remark(
        "row-broken",
        ERROR,
        "这一行的引号或长度有误，读不出来",
        why="分不清各格从哪里开始、到哪里结束",
        fix="请修正原文件后重新上传，或这一行不入库",
        file=place.file,
        line=line,
    )


def _another(table: Table) -> dict[str, Any]:
    return remark(
        "another-sheet",
        WARNING,
        f"另一个工作表“{table.place.sheet}”没有读",
        why="一份名单只读一个工作表",
        fix="请另行上传",
        file=table.place.file,
    )
