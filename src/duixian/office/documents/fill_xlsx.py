"""Filling a workbook template (填写表格模板): ``{{ 字段 }}`` in cells, and one row with ``{{ 行.字段 }}`` that is repeated.

A cell that holds one field alone takes its value as it is, so that amounts stay numbers; other cells are texts. A text is never a
formula, whatever it begins with.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from copy import copy
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from jinja2 import TemplateError, UndefinedError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from openpyxl import load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from duixian.office.documents.steady_zip import steady
from duixian.office.documents.template import WrongTemplate, sandbox

_ALONE = re.compile(r"\{\{\s*([^\s{}.|()]+)(?:\.([^\s{}.|()]+))?\s*\}\}")
_ROW = "行"
_MARK = re.compile(r"\{\{[^{}]*\b行\.")


def fill_xlsx(template: Path, fields: Mapping[str, Any], rows: Sequence[Mapping[str, Any]]) -> bytes:
    """The workbook of a template, its fields, and the rows of its marked row.

    Raises:
        WrongTemplate: ``template-unknown-field``, ``template-wrong``, ``template-row-missing``.
    """
    try:
        book = load_workbook(template)
    except (BadZipFile, InvalidFileException, KeyError, ValueError, OSError) as error:
        raise WrongTemplate(template.name, "", "不是可读的 xlsx 文件") from error
    environment = sandbox()
    environment.autoescape = False
    has_rows = [_Sheet(sheet, template.name, environment).fill(fields, rows) for sheet in book.worksheets]
    if not any(has_rows):
        raise WrongTemplate(template.name, "", "没有含 {{ 行.字段 }} 的行", code="template-row-missing")
    filled = BytesIO()
    book.save(filled)
    return steady(filled.getvalue())


class _Sheet:
    """One sheet of a template, being filled."""

    def __init__(self, sheet: Worksheet, template: str, environment: ImmutableSandboxedEnvironment) -> None:
        self._sheet, self._template, self._environment = sheet, template, environment

    def fill(self, fields: Mapping[str, Any], rows: Sequence[Mapping[str, Any]]) -> bool:
        """Fill all cells; whether there was a marked row."""
        marked = self._marked_row()
        last = marked or 0
        if marked:
            self._make_room(marked, len(rows))
            last = marked + max(len(rows), 1) - 1
            self._fill_rows(marked, fields, rows)
        for line in self._sheet.iter_rows():
            for cell in line:
                if isinstance(cell, Cell) and not (marked and marked <= cell.row <= last):
                    self._fill_cell(cell, cell.value, fields)
        return bool(marked)

    def _marked_row(self) -> int | None:
        for line in self._sheet.iter_rows():
            for cell in line:
                if isinstance(cell.value, str) and _MARK.search(cell.value):
                    return cell.row
        return None

    def _make_room(self, marked: int, count: int) -> None:
        """Move what stands below the marked row down, with its heights and merged cells."""
        more, sheet = max(count, 1) - 1, self._sheet
        if not more:
            return
        bottom = sheet.max_row
        below = [each for each in list(sheet.merged_cells.ranges) if each.min_row > marked]
        for each in below:
            sheet.merged_cells.remove(each)
        if bottom > marked:
            heights = {row: sheet.row_dimensions[row].height for row in range(marked + 1, bottom + 1)}
            sheet.move_range(f"A{marked + 1}:{sheet.cell(bottom, sheet.max_column).coordinate}", rows=more)
            for row, height in heights.items():
                sheet.row_dimensions[row + more].height = height
        for each in below:
            each.shift(row_shift=more)
            sheet.merged_cells.add(each)
        for row in range(marked + 1, marked + more + 1):
            sheet.row_dimensions[row].height = sheet.row_dimensions[marked].height

    def _fill_rows(self, marked: int, fields: Mapping[str, Any], rows: Sequence[Mapping[str, Any]]) -> None:
        pattern = [each for each in next(self._sheet.iter_rows(marked, marked)) if isinstance(each, Cell)]
        written = [each.value for each in pattern]
        if not rows:
            for each in pattern:
                each.value = None
        for offset, values in enumerate(rows):
            known = {**fields, _ROW: values}
            for model, text in zip(pattern, written, strict=True):
                cell = self._sheet.cell(marked + offset, model.column)
                assert isinstance(cell, Cell)
                if offset:
                    cell._style = copy(model._style)  # type: ignore[attr-defined]
                self._fill_cell(cell, text, known)

    def _fill_cell(self, cell: Cell, text: object, known: Mapping[str, Any]) -> None:
        if not isinstance(text, str) or "{" not in text:
            cell.value = text  # type: ignore[assignment]
            return
        value = self._value(f"{self._sheet.title}!{cell.coordinate}", text.strip(), known)
        cell.value = value
        if isinstance(value, str):
            cell.data_type = "s"

    def _value(self, where: str, text: str, known: Mapping[str, Any]) -> Any:
        alone = _ALONE.fullmatch(text)
        try:
            if alone is None:
                return self._environment.from_string(text).render(**known)
            value = known[alone[1]]
            return value[alone[2]] if alone[2] else value
        except (KeyError, UndefinedError) as error:
            raise WrongTemplate(
                self._template, where, f"没有此字段：{text[:80]}", code="template-unknown-field"
            ) from error
        except (TemplateError, TypeError, ValueError) as error:
            raise WrongTemplate(self._template, where, f"语法不通：{text[:80]}") from error
