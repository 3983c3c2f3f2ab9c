"""A list read by its columns (名单读取): each row becomes a record, or says in full why it does not.

Constants (称号, 级别, 日期, 文号 of the whole list) are read as if each row held them, by the same readers as cells. Rows that are no data
are passed over and told: totals, notes, headings of sections, headers repeated by a page break.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from duixian.errors import Place, Problem, Severity
from duixian.exchange.tables.areas import AreaReader
from duixian.exchange.tables.cells import Words
from duixian.exchange.tables.findings import ROOM, Findings
from duixian.exchange.tables.header import ORDINAL, Column, Header, HeaderNames
from duixian.exchange.tables.roles import Roles, roles_of
from duixian.exchange.tables.rows import Record, RowCount, read_rows
from duixian.exchange.tables.shown import shown
from duixian.exchange.tables.table import Raw, Row, Table, Unusable
from duixian.office.city import city
from duixian.office.registry.remarks import NOTE, WARNING, remark, told
from duixian.office.registry.rosters.headers import ColumnPlan, columns_of, headers_of
from duixian.office.registry.rosters.raw_rows import RawTable
from duixian.rules.vocabulary import FactKind
from duixian.source.normalise import fold
from duixian.source.titles import TitleReader

_LONGEST_MARK = 80
_TOTAL = re.compile(r"(?:本页|本表|总|以上)?(?:合计|总计|小计|共计|累计)[:(]?.*")
_NOTE = re.compile(
    r"(?:备?注|说明|填表(?:人|单位|日期)?|填报(?:人|单位|日期)?|制表人?|审核人?|负责人|联系(?:人|电话)|数据来源|资料来源|来源|附件?):?.*"
)
_SECTION = re.compile(
    r"(?:[一二三四五六七八九十]+、|\([一二三四五六七八九十\d]+\)|第[一二三四五六七八九十百\d]+[批类部]).*"
)


@dataclass(slots=True)
class ReadRow:
    """A row of data (名单行): its cells as written, its record when it could be read, and all that is to be said of it."""

    line: int
    cells: list[str]
    record: Record | None = None
    remarks: list[dict[str, Any]] = field(default_factory=list)


@dataclass(slots=True)
class ReadRoster:
    """All rows of data, and what is to be said of the others and of the whole (名单读取结果)."""

    rows: list[ReadRow]
    remarks: list[dict[str, Any]]


class _AllFindings(Findings):
    """Every problem, one by one: each belongs to a row that a person looks at."""

    def add(
        self, code: str, place: Place, *, severity: Severity = Severity.ERROR, found: str = "", expected: str = "",
        **detail: str,
    ) -> None:  # fmt: skip
        self._told.append(Problem(f"{ROOM}.{code}", place, severity, "", found, expected, detail))

    def by_line(self) -> dict[int, list[dict[str, Any]]]:
        """The problems as remarks, by row."""
        found: dict[int, list[dict[str, Any]]] = defaultdict(list)
        for problem in self._told:
            found[problem.place.line].append(told(problem))
        return found


def read_roster(raw: RawTable, plan: ColumnPlan, kind: FactKind, constants: Mapping[str, str]) -> ReadRoster:
    """Read the rows below the header."""
    result = ReadRoster([], list(raw.problems))
    columns = columns_of(plan, kind, raw)
    data = list(_data(raw, plan, [column.index for column in columns], result))
    width = _width(raw, plan)
    ragged = {line: len(cells) for line, cells in data if _is_ragged(cells, width, raw)}
    fitting = [(line, cells) for line, cells in data if line not in ragged]
    roles = roster_roles(kind)
    has_number = any(column.field.name == roles.id for column in columns)
    added = {**({} if has_number else {roles.id: ""}), **constants}
    header = _header(
        columns, plan, width, list(added), kind, _with(fitting, width, list(added.values()), has_number)
    )
    findings = _AllFindings()
    table = Table(kind, raw.place, ())
    for line, count in ragged.items():
        findings.add("ragged-row", table.at(line), found=str(count), expected=str(width))
    records = _records(table, header, roles, findings)
    remarks = findings.by_line()
    result.remarks += remarks.pop(plan.line, []) + remarks.pop(0, [])
    for line, cells in data:
        row = ReadRow(line, [_text(cell) for cell in cells], records.get(line), remarks.get(line, []))
        row.remarks += [_filled(line, column) for column in sorted(raw.filled.get(line, ()))]
        result.rows.append(row)
    _take_broken(raw, plan, result)
    result.remarks += _columns_left_out(plan, kind)
    return result


def _columns_left_out(plan: ColumnPlan, kind: FactKind) -> Iterator[dict[str, Any]]:
    """The columns that are not read, and why: those that nobody knows, and those of a field that another column tells."""
    names, read = HeaderNames(kind), {name: column for column, name in plan.fields.items()}
    for column, header in enumerate(plan.headers, start=1):
        if not header or column in plan.fields or fold(header) == ORDINAL:
            continue
        found = names.field(header)
        if found is None:
            yield remark(
                "column-not-read", NOTE, f"“{shown(header)}”列没有读", column=column, found=shown(header)
            )
            continue
        name = found[0].name
        what = f"“{shown(header)}”列也是“{name}”，没有读"
        why = f"已按第{read[name]}列读" if name in read else "不能由系统猜测读哪一列"
        yield remark(
            "second-column",
            WARNING,
            what,
            why=why,
            column=column,
            found=shown(header),
            fix="请核对，必要时改列对应",
        )


def _width(raw: RawTable, plan: ColumnPlan) -> int:
    """How many cells a row has: as many as its header, and those that a person names beyond it."""
    header = next((len(cells) for line, cells in raw.rows if line == plan.line), 0)
    return max([header, len(plan.headers), *plan.fields])


def _is_ragged(cells: Sequence[Raw], width: int, raw: RawTable) -> bool:
    """Whether a row has not as many cells as its header: then nobody knows which of them belongs where."""
    return any(cell not in ("", None) for cell in cells[width:]) or (
        len(cells) < width and not raw.may_be_short
    )


def _take_broken(raw: RawTable, plan: ColumnPlan, result: ReadRoster) -> None:
    """Rows that were not cut into cells are rows all the same, which a person has to leave out; above the header they hold no data."""
    for line, told_of_it in raw.broken.items():
        if line > plan.line:
            result.rows.append(ReadRow(line, [], None, [told_of_it]))
        else:
            result.remarks.append(told_of_it)
    result.rows.sort(key=lambda row: row.line)


def roster_roles(kind: FactKind) -> Roles:
    """Whose row it is: in a list of any kind the name may stand for the code."""
    roles = roles_of(kind, city().vocabulary)
    return replace(roles, may_be_roster=bool(roles.name))


def _records(table: Table, header: Header, roles: Roles, findings: Findings) -> dict[int, Record]:
    here = city()
    words = Words(TitleReader.of(here.vocabulary), AreaReader(here.region))
    return {
        record.place.line: record for record in read_rows(table, header, roles, words, findings, RowCount())
    }


def _header(
    columns: Sequence[Column], plan: ColumnPlan, width: int, added: Sequence[str], kind: FactKind, rows: Iterator[Row]
) -> Header:  # fmt: skip
    """The header with the constants as further columns, right of all others."""
    further = tuple(Column(width + number, kind.fields[name], name) for number, name in enumerate(added))
    names = (*plan.headers, *[""] * (width - len(plan.headers)), *added)
    return Header((*columns, *further), (), len(names), plan.line, names, rows)


def _with(data: Sequence[Row], width: int, added: Sequence[str], has_number: bool) -> Iterator[Row]:
    """The rows of one width, each with the constants; where the list has no numbers, with the number of its row."""
    for line, cells in data:
        own = added if has_number else [str(line), *added[1:]]
        assert isinstance(cells, list)
        yield line, [*cells[:width], *[""] * (width - len(cells)), *own]


def _data(
    raw: RawTable, plan: ColumnPlan, read: Sequence[int], result: ReadRoster
) -> Iterator[tuple[int, list[Raw]]]:
    """The rows that hold data; the others are told."""
    for line, cells in raw.rows:
        if line <= plan.line:
            continue
        filled = raw.filled.get(line, set())
        own = [
            cell
            for column, cell in enumerate(cells, start=1)
            if cell not in ("", None) and column not in filled
        ]
        texts = [str(cell).strip() for cell in own if not isinstance(cell, Unusable)]
        if not own or (not any(texts) and not any(isinstance(cell, Unusable) for cell in own)):
            continue
        code = _no_data(texts, cells, plan)
        if code:
            what = f"第{line}行不是数据，未读：{shown(texts[0])}"
            result.remarks.append(remark(code, NOTE, what, line=line, found=shown(texts[0])))
            continue
        yield line, cells


def _no_data(texts: Sequence[str], cells: Sequence[Raw], plan: ColumnPlan) -> str:
    """Why a row is no data, "" when it is."""
    if not texts:
        return ""
    first = fold(texts[0][:_LONGEST_MARK])
    if headers_of(cells) == plan.headers:
        return "repeated-header"
    if _TOTAL.fullmatch(first):
        return "total-row"
    if len(texts) == 1 and len(plan.fields) > 1:
        if _NOTE.fullmatch(first):
            return "footnote-row"
        if _SECTION.fullmatch(first):
            return "section-row"
    return "footnote-row" if re.fullmatch(r"备?注:.*", first) else ""


def _text(cell: Raw) -> str:
    if cell is None:
        return ""
    return cell.shown if isinstance(cell, Unusable) else str(cell)


def _filled(line: int, column: int) -> dict[str, Any]:
    return remark(
        "merged-filled",
        NOTE,
        "此格属于合并单元格，按合并区域的值读取",
        line=line,
        column=column,
        fix="请核对",
    )
