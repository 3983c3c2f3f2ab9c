"""Workbooks as officers hand them in, and as somebody with bad intentions might."""

from __future__ import annotations

import struct
import zipfile
from datetime import date
from pathlib import Path

import xlsxwriter  # type: ignore[import-untyped]
from openpyxl.worksheet.worksheet import Worksheet

from tests.exchange.small_city import EAST
from tests.exchange.tables.malformed.case import malformed
from tests.exchange.written import (
    PROJECT_HEADER,
    RECOGNITION_HEADER,
    Cells,
    Change,
    project,
    recognition,
    rewrite_parts,
    write_csv,
    write_xlsx,
)

THREE = [RECOGNITION_HEADER, recognition("F1"), recognition("F2"), recognition("F3")]


def _rewrite_sheet(path: Path, old: bytes, new: bytes) -> None:
    def change(name: str, data: bytes) -> bytes:
        return data.replace(old, new) if name.startswith("xl/worksheets/") else data

    rewrite_parts(path, change)


def _save(folder: Path, change: Change | None = None) -> Path:
    path = folder / "认定.xlsx"
    write_xlsx(path, {"认定": THREE}, change)
    return path


@malformed("F1 F3", "exchange.formula 认定.xlsx[认定]:3:4")
def a_formula_in_a_cell(folder: Path) -> None:
    def change(sheet: Worksheet) -> None:
        sheet["D3"] = "=D2"

    _save(folder, change)


@malformed("F1", "exchange.formula 认定.xlsx[认定]:3:4", "exchange.formula 认定.xlsx[认定]:4:4")
def an_array_formula_that_fills_two_cells(folder: Path) -> None:
    path = _save(folder, lambda sheet: sheet.__setitem__("D3", "=D2"))
    _rewrite_sheet(path, b"<f>D2</f>", b'<f t="array" ref="D3:D4">D2</f>')


@malformed("F1 F3", "exchange.error-value 认定.xlsx[认定]:3:3")
def an_error_value(folder: Path) -> None:
    def change(sheet: Worksheet) -> None:
        sheet["C3"] = "#N/A"
        sheet["C3"].data_type = "e"

    _save(folder, change)


@malformed("F1", "exchange.merged-cells 认定.xlsx[认定]:3:3")
def merged_cells_over_two_rows(folder: Path) -> None:
    _save(folder, lambda sheet: sheet.merge_cells("C3:C4"))


@malformed("F1 F3", "exchange.code-became-number 认定.xlsx[认定]:3:2")
def a_credit_code_that_became_a_number(folder: Path) -> None:
    def change(sheet: Worksheet) -> None:
        sheet["B3"] = 913207067040478601

    _save(folder, change)


@malformed("F1 F3", "exchange.number-as-date 认定.xlsx[认定]:3:4")
def a_date_that_became_a_number(folder: Path) -> None:
    def change(sheet: Worksheet) -> None:
        sheet["D3"] = 46082

    _save(folder, change)


@malformed("F1 F3", "exchange.not-text 认定.xlsx[认定]:3:1")
def a_text_that_became_a_date(folder: Path) -> None:
    def change(sheet: Worksheet) -> None:
        sheet["A3"] = date(2026, 3, 1)

    _save(folder, change)


@malformed(
    "P1 P5",
    "exchange.percent-cell 投资项目.xlsx[投资项目]:3:3",
    "exchange.bad-money 投资项目.xlsx[投资项目]:4:3",
    "exchange.digits-lost 投资项目.xlsx[投资项目]:5:3",
)
def amounts_that_are_none(folder: Path) -> None:
    def change(sheet: Worksheet) -> None:
        sheet["C3"].number_format = "0.00%"

    amounts = [
        project("P1", 2000000.5),
        project("P2", 0.12),
        project("P3", 1.005),
        project("P4", 1e22),
        project("P5", 12),
    ]
    write_xlsx(folder / "投资项目.xlsx", {"投资项目": [PROJECT_HEADER, *amounts]}, change)


@malformed(
    "F1 F3",
    "exchange.hidden-rows 认定.xlsx[认定]",
    "exchange.hidden-column 认定.xlsx[认定]:1:4",
    "exchange.bad-date 认定.xlsx[认定]:3:4",
)
def hidden_rows_and_columns(folder: Path) -> None:
    def change(sheet: Worksheet) -> None:
        sheet.row_dimensions[4].hidden = True
        sheet.column_dimensions["D"].hidden = True
        sheet["D3"] = "三月"

    _save(folder, change)


@malformed("F1", "exchange.unknown-sheet 认定.xlsx[备注]", "exchange.hidden-sheet 认定.xlsx[认定-旧]")
def hidden_and_unknown_sheets(folder: Path) -> None:
    def change(sheet: Worksheet) -> None:
        sheet.sheet_state = "hidden" if sheet.title == "认定-旧" else "visible"

    rows: dict[str, list[Cells]] = {
        "认定": THREE[:2],
        "认定-旧": [RECOGNITION_HEADER, recognition("F9")],
        "备注": [["填表说明"]],
        "Sheet3": [],
    }
    write_xlsx(folder / "认定.xlsx", rows, change)


@malformed(
    "F1 F2",
    "exchange.total-row 认定.xlsx[认定]:6",
    "exchange.footnote-row 认定.xlsx[认定]:7",
)
def a_title_above_and_totals_below(folder: Path) -> None:
    def change(sheet: Worksheet) -> None:
        sheet.merge_cells("A1:D1")
        sheet.merge_cells("A6:B6")
        sheet.merge_cells("A7:D7")

    rows = [["2026年认定汇总表"], [], THREE[0], THREE[1], THREE[2], ["合计", None, 2], ["注：数据截至3月底"]]
    write_xlsx(folder / "认定.xlsx", {"认定": rows}, change)


@malformed("P1", "exchange.encrypted-workbook 认定.xlsx")
def a_workbook_with_a_password(folder: Path) -> None:
    write_csv(folder / "投资项目.csv", PROJECT_HEADER, project("P1"))
    (folder / "认定.xlsx").write_bytes(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le")
    )


@malformed(
    "P1",
    "exchange.wrong-format 认定.xlsx",
    "exchange.wrong-format 认定_2.xlsx",
    "exchange.wrong-format 认定_3.xlsx",
)
def other_files_named_xlsx(folder: Path) -> None:
    write_csv(folder / "投资项目.csv", PROJECT_HEADER, project("P1"))
    (folder / "认定.xlsx").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    (folder / "认定_2.xlsx").write_text("<html><table><tr><td>编号", "utf-8")
    (folder / "认定_3.xlsx").write_text(f"编号,统一社会信用代码\nF1,{EAST}\n", "utf-8")


@malformed(
    "P1",
    "exchange.corrupt-workbook 认定.xlsx",
    "exchange.corrupt-workbook 认定_2.xlsx",
    "exchange.corrupt-workbook 认定_3.xlsx",
)
def damaged_workbooks(folder: Path) -> None:
    write_csv(folder / "投资项目.csv", PROJECT_HEADER, project("P1"))
    path = _save(folder)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    (folder / "认定_2.xlsx").write_bytes(whole[:200] + b"\0" * 40 + whole[240:])
    with zipfile.ZipFile(folder / "认定_3.xlsx", "w") as archive:
        archive.writestr("readme.xml", "<a/>")


@malformed("P1", "exchange.corrupt-workbook 认定.xlsx[认定]")
def a_sheet_of_broken_xml(folder: Path) -> None:
    write_csv(folder / "投资项目.csv", PROJECT_HEADER, project("P1"))
    _rewrite_sheet(_save(folder), b"</sheetData>", b"")


@malformed("P1", "exchange.corrupt-workbook 认定.xlsx[认定]")
def a_sheet_that_defines_entities(folder: Path) -> None:
    write_csv(folder / "投资项目.csv", PROJECT_HEADER, project("P1"))
    laughs = b'<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><worksheet '
    _rewrite_sheet(_save(folder), b"<worksheet ", laughs)


@malformed("P1", "exchange.workbook-too-large 认定.xlsx")
def a_zip_bomb(folder: Path) -> None:
    write_csv(folder / "投资项目.csv", PROJECT_HEADER, project("P1"))
    path = _save(folder)
    with (
        zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/more.xml", "w") as part,
    ):
        for _ in range(200):
            part.write(b" " * (1 << 20))


@malformed("P1", "exchange.corrupt-workbook 认定.xlsx")
def a_zip_bomb_that_declares_a_small_size(folder: Path) -> None:
    a_zip_bomb.make(folder)
    path = folder / "认定.xlsx"
    path.write_bytes(path.read_bytes().replace(struct.pack("<I", 200 << 20), struct.pack("<I", 100)))


@malformed("P1", "exchange.sheet-too-large 认定.xlsx[认定]")
def a_stray_cell_at_the_far_end(folder: Path) -> None:
    write_csv(folder / "投资项目.csv", PROJECT_HEADER, project("P1"))

    def change(sheet: Worksheet) -> None:
        sheet["XFD1048576"] = "x"

    _save(folder, change)


@malformed("P1", "exchange.workbook-too-large 认定.xlsx[认定]")
def one_long_text_that_thousands_of_cells_share(folder: Path) -> None:
    write_csv(folder / "投资项目.csv", PROJECT_HEADER, project("P1"))
    with xlsxwriter.Workbook(str(folder / "认定.xlsx")) as book:
        sheet = book.add_worksheet("认定")
        for row, cells in enumerate([RECOGNITION_HEADER, *[("长" * 30_000,) * 4] * 3_000]):
            sheet.write_row(row, 0, cells)


@malformed("P1", "exchange.too-many-marks 认定.xlsx[认定]")
def a_formula_that_fills_a_million_cells(folder: Path) -> None:
    write_csv(folder / "投资项目.csv", PROJECT_HEADER, project("P1"))
    path = _save(folder, lambda sheet: sheet.__setitem__("D3", "=D2"))
    _rewrite_sheet(path, b"<f>D2</f>", b'<f t="array" ref="D3:XFD1048576">D2</f>')


WORKBOOKS = tuple(each for each in list(globals().values()) if type(each).__name__ == "Malformed")
