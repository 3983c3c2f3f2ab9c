"""determinations.xlsx: exact, complete, ready to print, and nothing in it is run."""

from __future__ import annotations

import io
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from duixian.exchange.results.book import determinations_xlsx
from duixian.exchange.results.book_sheet import Column, Sheet
from duixian.exchange.results.book_style import Styles
from duixian.exchange.results.problems_out import NAMES_HEADER, PROBLEMS_HEADER
from duixian.exchange.results.receipt import receipt_of
from duixian.money import MAX_FEN
from duixian.wording import Language
from tests.exchange.results.harbour import results


@pytest.fixture(scope="module")
def book() -> Any:
    found = results()
    return load_workbook(io.BytesIO(determinations_xlsx(found, receipt_of(found))))


def _texts(sheet: Any) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def _header(sheet: Any, first: str) -> int:
    """The row whose first cell is that header."""
    return next(number for number, row in enumerate(_texts(sheet), start=1) if row[0] == first)


def _details(book: Any) -> dict[str, dict[str, Any]]:
    """The rows of 明细 by the number of their fact."""
    sheet = book["明细"]
    top = _header(sheet, "统一社会信用代码")
    names = [str(cell.value).split("\n")[0] for cell in sheet[top]]
    rows = [
        dict(zip(names, (cell.value for cell in row), strict=True))
        for row in sheet.iter_rows(min_row=top + 1)
    ]
    return {row["事实编号"]: row for row in rows}


def test_the_workbook_has_the_six_sheets(book: Any) -> None:
    assert book.sheetnames == ["汇总", "明细", "未决口径", "问题", "名单核对", "说明"]


def test_every_determination_has_a_row_with_its_four_numbers(book: Any) -> None:
    rows = _details(book)
    assert len(rows) == 12
    award = rows["T01"]
    assert award["结论"] == "可兑付"
    numbers = [award[name] for name in ("条目标准", "基数", "最高金额", "市级承担", "县区承担")]
    assert numbers == [999999.96, 8333333, 999999.96, 299999.98, 699999.98]
    assert award["比例"] == "12%"


def test_an_unknown_amount_is_an_empty_cell_and_nothing_is_zero(book: Any) -> None:
    assert _details(book)["R05"]["最高金额"] is None
    assert _details(book)["R05"]["缺少材料"] == "认定.级别"
    assert _details(book)["R04"]["最高金额"] == 0


def test_a_row_says_what_open_questions_would_change(book: Any) -> None:
    told = _details(book)["R02"]["未决口径的影响"]
    assert told == "若口径“绿色晋级”取“补差”，则可兑付，最高 30万元"


def test_only_our_own_sums_are_formulas(book: Any) -> None:
    formulas = [
        cell.value for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"
    ]
    assert len(formulas) == 3
    assert all(str(each).startswith("=SUBTOTAL(109,") for each in formulas)


def test_outside_text_stays_text(book: Any) -> None:
    cells = [cell for row in book["问题"].iter_rows() for cell in row if str(cell.value).startswith("=")]
    assert [(cell.value, cell.data_type) for cell in cells] == [("=示例港城公式有限公司（虚构）", "s")]


def test_the_sums_below_the_title_follow_the_filter(book: Any) -> None:
    sheet = book["明细"]
    top = _header(sheet, "统一社会信用代码")
    assert sheet.auto_filter.ref == f"A{top}:U{sheet.max_row}"
    assert sheet[f"I{top - 1}"].value == f"=SUBTOTAL(109,I{top + 1}:I{sheet.max_row})"


def test_the_shown_sum_is_exact_before_anything_is_computed() -> None:
    found = results()
    content = determinations_xlsx(found, receipt_of(found))
    sheet = load_workbook(io.BytesIO(content), data_only=True)["明细"]
    top = _header(sheet, "统一社会信用代码")
    total = sum(each.amount_fen or 0 for each in found.determinations)
    assert sheet[f"I{top - 1}"].value == float(Decimal(total) / 100)


@pytest.mark.parametrize("name", ["汇总", "明细", "未决口径", "问题", "名单核对", "说明"])
def test_every_sheet_prints_on_a4_across(book: Any, name: str) -> None:
    sheet = book[name]
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)


@pytest.mark.parametrize("name", ["明细", "未决口径", "问题", "名单核对"])
def test_long_sheets_keep_their_header_in_sight_and_on_every_page(book: Any, name: str) -> None:
    sheet = book[name]
    assert sheet.freeze_panes
    assert sheet.print_title_rows


def test_the_details_print_their_main_columns_only(book: Any) -> None:
    assert book["明细"].print_area == f"'明细'!$A$1:$M${book['明细'].max_row}"


def test_the_summary_tells_the_totals(book: Any) -> None:
    rows = _texts(book["汇总"])
    total = [row for row in rows if row[0] == "合计"]
    assert [row[12] for row in total] == [pytest.approx(199.999996, abs=0)] * 4
    told = next(str(row[0]) for row in rows if str(row[0]).startswith("共 4 家企业"))
    assert "1,999,999.96 元" in told
    assert "数据表中有 4 行未采用" in told


def test_the_questions_tell_the_money_that_hangs_on_them(book: Any) -> None:
    rows = _texts(book["未决口径"])
    base = next(row for row in rows if row[0] == "补助基数")
    assert base[7:14] == ["超出部分", "以超过200万元的部分为基数", 1, 99.999996, 75.999996, -24, 0]
    assert any(row[0] == "认定日期" for row in rows)


def test_the_sheets_of_open_ends_have_the_columns_of_their_files(book: Any) -> None:
    assert tuple(cell.value for cell in book["问题"][_header(book["问题"], "文件")]) == PROBLEMS_HEADER
    assert tuple(cell.value for cell in book["名单核对"][_header(book["名单核对"], "文件")]) == NAMES_HEADER


def test_the_notes_say_on_what_the_figures_rest(book: Any) -> None:
    notes = {str(row[0]): str(row[1]) for row in _texts(book["说明"])}
    assert notes["基准日"] == "2026-12-31"
    assert notes["本次运行指纹"] == receipt_of(results()).fingerprint
    assert "不是应付金额" in notes["最高金额"]
    assert notes["数据表（认定）"] == "认定.csv：11 行，采用 8 行"
    assert "support-2026/policy.md" in notes


def test_the_workbook_carries_the_day_of_determination_and_no_other(book: Any) -> None:
    assert book.properties.created == datetime(2026, 12, 31)


def test_the_workbook_speaks_english_when_asked() -> None:
    found = results(language=Language.ENGLISH)
    sheets = load_workbook(io.BytesIO(determinations_xlsx(found, receipt_of(found)))).sheetnames
    assert sheets == ["Summary", "Details", "Open questions", "Problems", "Names to settle", "Notes"]


def test_decisions_and_rulings_are_noted() -> None:
    found = results(rulings={"绿色晋级": "补差"}, strict=True)
    book = load_workbook(io.BytesIO(determinations_xlsx(found, receipt_of(found))))
    notes = {str(row[0]): str(row[1]) for row in _texts(book["说明"])}
    assert notes["口径“绿色晋级”"] == "补差"
    assert notes["未决口径的处理"].startswith("严格模式")


def _written(text: str, fen: int) -> Any:
    """A sheet with one text and one amount, read back."""
    import xlsxwriter  # type: ignore[import-untyped]

    content = io.BytesIO()
    workbook = xlsxwriter.Workbook(content, {"in_memory": True})
    sheet = Sheet(workbook, Styles(workbook), "表", [Column("文", 10, "wrap"), Column("元", 10, "yuan")])
    sheet.line([text, fen])
    sheet.finish(None)
    workbook.close()
    return load_workbook(io.BytesIO(content.getvalue()))["表"]


@given(st.integers(0, MAX_FEN // 100))
@settings(max_examples=50)
def test_an_amount_is_exact_to_the_fen(fen: int) -> None:
    assert Decimal(repr(_written("甲", fen)["B1"].value)).quantize(Decimal("0.01")) == Decimal(fen) / 100


def test_a_text_that_does_not_fit_says_that_it_was_cut() -> None:
    value = _written("长" * 40_000, 1)["A1"].value
    assert len(value) == 32_767
    assert value.endswith("…")
