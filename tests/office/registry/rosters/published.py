"""Lists as they are published (公布名单): a docx with its table, for tests."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from docx import Document

HEADERS = ("序号", "企业名称", "称号", "级别", "认定日期")


def word(rows: Sequence[Sequence[str]], merged: Sequence[tuple[int, int, int]] = ()) -> bytes:
    """A document with one table; ``merged`` names column, first and last row, from 0."""
    document = Document()
    document.add_paragraph("附件 2026年专精特新企业名单")
    table = document.add_table(len(rows), len(rows[0]))
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            table.cell(number, column).text = text
    for column, first, last in merged:
        for number in range(first + 1, last + 1):
            table.cell(number, column).text = ""
        table.cell(first, column).merge(table.cell(last, column))
    target = BytesIO()
    document.save(target)
    return target.getvalue()


def as_csv(rows: Sequence[Sequence[str]]) -> bytes:
    """The same rows as csv."""
    return "\n".join(",".join(row) for row in rows).encode()
