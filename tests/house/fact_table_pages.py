"""The parts of the pages about fact tables that follow from the vocabulary and the code: kinds with their fields, limits.

A part stands on its page between ``<!-- made: NAME -->`` and ``<!-- end -->``; the rest is written by hand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from duixian.exchange.tables import (
    cell_text,
    csv_rows,
    findings,
    folder,
    header,
    regular_file,
    rows,
    sheet_marks,
    table_parquet,
    workbook_guard,
)
from duixian.exchange.tables.regular_file import MEBIBYTE
from duixian.exchange.tables.roles import Roles, required_of, roles_of
from duixian.rules.vocabulary import FactKind, Field, Vocabulary

_MADE = re.compile(r"(?<=<!-- made: )(?P<name>\w+) -->\n.*?(?=<!-- end -->)", re.DOTALL)


@dataclass(frozen=True)
class Words:
    """The words of the made parts in one language."""

    columns: str
    required: str
    by_name: str
    subject: str
    fact: str
    day: str
    thing: str
    options: str
    stop: str
    limits_head: str
    limits: tuple[str, ...]


ENGLISH = Words(
    columns="| field | type | required | other headers | values, remarks |",
    required="yes",
    by_name="or {name}",
    subject="One row for an enterprise; it describes the enterprise.",
    fact="One row for a fact.",
    day=" Its day is {0}.",
    thing=" What it is about is {0}.",
    options="one of: {0}",
    stop=". ",
    limits_head="| what | at most |",
    limits=(
        "entries of a folder",
        "a file",
        "a workbook, unpacked (XML alone)",
        "cells of a sheet, from the first to the last that is used",
        "text of a sheet's cells",
        "formulas, error values and percentages of a sheet; merged blocks",
        "a Parquet file, unpacked",
        "rows of a table",
        "columns of a table",
        "rows down to the header",
        "characters of a cell",
        "digits of a number that a table program keeps",
        "characters of a CSV row, and its lines",
        "equal problems told one by one",
    ),
)
CHINESE = Words(
    columns="| 字段 | 类型 | 必填 | 还可以写成 | 填什么 |",
    required="必填",
    by_name="与{name}至少一项",
    subject="每家企业一行，写企业的基本情况。",
    fact="每件事一行。",
    day="日期看“{0}”。",
    thing="所指的产品、项目等看“{0}”。",
    options="只填：{0}",
    stop="。",
    limits_head="| 什么 | 最多 |",
    limits=(
        "一个文件夹里的文件",
        "一个文件",
        "一个工作簿解压后（只算文字部分）",
        "一张工作表的单元格，从第一格算到用过的最后一格",
        "一张工作表的文字",
        "一张工作表的公式、错误值和百分数；合并单元格",
        "一个 Parquet 文件解压后",
        "一张表的行",
        "一张表的列",
        "表头所在的行，从上往下数",
        "一个单元格的字",
        "表格软件能保住的数字位数",
        "CSV 一行的字，和它所占的行",
        "同样的问题逐条列出",
    ),
)


def with_made_parts(page: str, vocabulary: Vocabulary, words: Words) -> str:
    """The page with its made parts made anew."""
    makers = {"kinds": "\n".join(_kinds(vocabulary, words)), "limits": "\n".join(_limits(words))}
    assert {match["name"] for match in _MADE.finditer(page)} == set(makers), "a made part is missing"
    return _MADE.sub(lambda match: f"{match['name']} -->\n\n{makers[match['name']]}\n\n", page)


def _kinds(vocabulary: Vocabulary, words: Words) -> Iterator[str]:
    for kind in vocabulary.kinds.values():
        roles = roles_of(kind, vocabulary)
        about = words.subject if kind.is_subject else words.fact
        about += words.day.format(kind.date_field) if kind.date_field else ""
        about += words.thing.format(kind.object_field) if kind.object_field else ""
        yield from (f"### {kind.name}", "", about, "", words.columns, "|---|---|---|---|---|")
        yield from (_row(each, kind, roles, words) for each in kind.fields.values())
        yield ""


def _row(field: Field, kind: FactKind, roles: Roles, words: Words) -> str:
    required = words.required if field.name in required_of(kind, roles) else ""
    if roles.may_be_roster and field.name in (roles.code, roles.name):
        other = roles.name if field.name == roles.code else roles.code
        required = words.by_name.format(name=other)
    options = words.options.format("、".join(field.options)) if field.options else ""
    remarks = words.stop.join(part for part in (options, field.note) if part)
    return f"| {field.name} | {field.type} | {required} | {'、'.join(field.aliases)} | {remarks} |"


def _limits(words: Words) -> Iterator[str]:
    yield words.limits_head
    yield "|---|---|"
    for what, value in zip(words.limits, _limit_values(), strict=True):
        yield f"| {what} | {value} |"


def _limit_values() -> tuple[str, ...]:
    assert rows.MOST_ROWS == table_parquet.MOST_ROWS
    return (
        f"{folder.MOST_ENTRIES:,}",
        _megabytes(regular_file.MOST_BYTES),
        _megabytes(workbook_guard.MOST_INFLATED),
        f"{sheet_marks.MOST_CELLS:,}",
        _megabytes(sheet_marks.MOST_TEXT),
        f"{sheet_marks.MOST_MARKS:,}",
        _megabytes(table_parquet.MOST_INFLATED),
        f"{rows.MOST_ROWS:,}",
        f"{header.MOST_COLUMNS:,}",
        f"{header.FIRST_ROWS}",
        f"{cell_text.LONGEST_CELL:,}",
        f"{cell_text.DIGITS_KEPT}",
        f"{csv_rows.MOST_CHARACTERS:,}; {csv_rows.MOST_LINES}",
        f"{findings.TOLD_ONE_BY_ONE}",
    )


def _megabytes(size: int) -> str:
    return f"{size // MEBIBYTE} MB"
