"""A workbook template is filled: one row repeated, amounts as numbers, texts never as formulas."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from duixian.office.documents.fill_xlsx import fill_xlsx
from duixian.office.documents.template import DEFAULTS, Template, WrongTemplate
from tests.office.documents.sample import TABLE, table_rows

FILE = DEFAULTS / Template.PAYMENT_TABLE


def sheet_of(content: bytes) -> Worksheet:
    sheet = load_workbook(BytesIO(content)).active
    assert isinstance(sheet, Worksheet)
    return sheet


def column(sheet: Worksheet, letter: str) -> list[Any]:
    return [cell.value for cell in sheet[letter]]


def template(folder: Path, *rows: list[str]) -> Path:
    book = Workbook()
    assert isinstance(book.active, Worksheet)
    for row in rows:
        book.active.append(row)
    book.save(folder / "a.xlsx")
    return folder / "a.xlsx"


def test_every_line_has_its_row_and_what_stood_below_stands_below() -> None:
    sheet = sheet_of(fill_xlsx(FILE, TABLE, table_rows(3)))
    assert column(sheet, "A")[:8] == [
        "第一批拨付表", sheet["A2"].value, "序号", 1, 2, 3, "合计", "应付金额合计（大写）：人民币贰佰柒拾万元零叁分",
    ]  # fmt: skip
    assert "A7:E7" in {str(each) for each in sheet.merged_cells.ranges}
    assert sheet.row_dimensions[7].height == 26
    assert sheet["F6"].number_format == sheet["F4"].number_format == "#,##0.00"


def test_amounts_are_numbers_and_what_is_unknown_is_said() -> None:
    sheet = sheet_of(fill_xlsx(FILE, TABLE, table_rows(2)))
    assert [str(sheet["G4"].value), sheet["I4"].value, sheet["I6"].value] == ["900000.01", "待定", "待定"]
    assert (sheet["G4"].data_type, sheet["G6"].data_type) == ("n", "n")


def test_a_text_is_never_a_formula_and_an_account_keeps_its_noughts() -> None:
    sheet = sheet_of(fill_xlsx(FILE, TABLE, table_rows(1)))
    assert (sheet["B4"].value, sheet["B4"].data_type) == ("=1+1有限公司", "s")
    assert (sheet["L4"].value, sheet["L4"].number_format) == ("0012345678901234567", "@")


def test_a_batch_without_lines_leaves_an_empty_row() -> None:
    sheet = sheet_of(fill_xlsx(FILE, TABLE, []))
    assert [cell.value for cell in sheet[4]] == [None] * 12
    assert sheet["A5"].value == "合计"


def test_the_same_things_give_the_same_bytes() -> None:
    assert fill_xlsx(FILE, TABLE, table_rows(40)) == fill_xlsx(FILE, TABLE, table_rows(40))


def test_a_field_that_is_not_there_is_told_with_its_cell(tmp_path: Path) -> None:
    file = template(tmp_path, ["{{ 标题 }}", "{{ 银行 }}"], ["{{ 行.序号 }}"])
    with pytest.raises(WrongTemplate) as caught:
        fill_xlsx(file, TABLE, table_rows(1))
    assert caught.value.code == "template-unknown-field"
    assert (caught.value.facts["template"], caught.value.facts["where"]) == ("a.xlsx", "Sheet!B1")


def test_a_field_of_the_row_that_is_not_there_is_told_too(tmp_path: Path) -> None:
    with pytest.raises(WrongTemplate, match="银行"):
        fill_xlsx(template(tmp_path, ["{{ 行.银行 }}"]), TABLE, table_rows(1))
    with pytest.raises(WrongTemplate, match="银行"):
        fill_xlsx(template(tmp_path, ["第{{ 行.序号 }}号{{ 行.银行 }}"]), TABLE, table_rows(1))


def test_wrong_syntax_is_told_with_its_cell(tmp_path: Path) -> None:
    with pytest.raises(WrongTemplate) as caught:
        fill_xlsx(template(tmp_path, ["{{ 行.序号 }}"], ["{{ 标题 "]), TABLE, table_rows(1))
    assert (caught.value.code, caught.value.facts["where"]) == ("template-wrong", "Sheet!A2")


def test_a_template_without_a_marked_row_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WrongTemplate) as caught:
        fill_xlsx(template(tmp_path, ["{{ 标题 }}"]), TABLE, table_rows(1))
    assert caught.value.code == "template-row-missing"


def test_a_template_reaches_nothing_beyond_its_fields(tmp_path: Path) -> None:
    for attack in ("{{ ''.__class__.__mro__ }}", "{{ 标题.__init__.__globals__ }}", "{{ range(9) }}"):
        with pytest.raises(WrongTemplate):
            fill_xlsx(template(tmp_path, [attack, "{{ 行.序号 }}"]), TABLE, table_rows(1))


def test_a_file_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"no workbook")
    with pytest.raises(WrongTemplate, match=r"不是可读的"):
        fill_xlsx(tmp_path / "a.xlsx", TABLE, [])
