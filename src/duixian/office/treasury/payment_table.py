"""The payment table (支付表): the orders of one treasury as the bank wants them, as a workbook and as text.

Account numbers are texts: a table program would round them. In the text file they end with a tab, which makes it a text there too and which
every reader strips. No cell is ever taken for a formula.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from duixian.exchange.results.csv_out import csv_text
from duixian.money import format_yuan

HEADERS = ("序号", "支付编号", "收款人户名", "开户行", "收款账号", "金额（元）", "金额（分）", "用途")
_WIDTHS = (6, 30, 34, 34, 28, 18, 18, 50)
_BOM = "\ufeff"


@dataclass(frozen=True, slots=True)
class PaymentLine:
    """One payment (支付行)."""

    reference: str
    holder: str
    bank: str
    number: str
    amount_fen: int
    purpose: str


def payment_csv(lines: Sequence[PaymentLine]) -> bytes:
    """The table as text: UTF-8 with a byte order mark, so that table programs read the Chinese."""
    rows = [
        (
            str(place), each.reference, each.holder, each.bank, f"{each.number}\t", format_yuan(each.amount_fen),
            str(each.amount_fen), each.purpose,
        )
        for place, each in enumerate(lines, start=1)
    ]  # fmt: skip
    total = sum(each.amount_fen for each in lines)
    rows.append(("合计", f"{len(lines)}笔", "", "", "", format_yuan(total), str(total), ""))
    return (_BOM + csv_text(HEADERS, rows).replace("\n", "\r\n")).encode()


def payment_xlsx(lines: Sequence[PaymentLine], title: str) -> bytes:
    """The table as a workbook; the same orders give the same bytes."""
    import xlsxwriter  # type: ignore[import-untyped]

    content = io.BytesIO()
    workbook = xlsxwriter.Workbook(content, {"in_memory": True, "strings_to_formulas": False})
    workbook.set_properties({"title": title, "created": datetime(2000, 1, 1)})
    _fill(workbook, lines, title)
    workbook.close()
    return content.getvalue()


def _fill(workbook: Any, lines: Sequence[PaymentLine], title: str) -> None:
    sheet = workbook.add_worksheet("支付表")
    bold = workbook.add_format({"bold": True, "border": 1, "align": "center"})
    text = workbook.add_format({"num_format": "@", "border": 1})
    yuan = workbook.add_format({"num_format": "#,##0.00", "border": 1})
    whole = workbook.add_format({"num_format": "0", "border": 1})
    sheet.merge_range(0, 0, 0, len(HEADERS) - 1, title, workbook.add_format({"bold": True, "font_size": 14}))
    for place, (header, width) in enumerate(zip(HEADERS, _WIDTHS, strict=True)):
        sheet.set_column(place, place, width)
        sheet.write_string(1, place, header, bold)
    for row, each in enumerate(lines, start=2):
        sheet.write_number(row, 0, row - 1, whole)
        for place, value in enumerate((each.reference, each.holder, each.bank, each.number), start=1):
            sheet.write_string(row, place, value, text)
        _write_amount(sheet, row, each.amount_fen, yuan, whole)
        sheet.write_string(row, 7, each.purpose, text)
    last = len(lines) + 2
    sheet.write_string(last, 0, "合计", bold)
    sheet.write_string(last, 1, f"{len(lines)}笔", bold)
    _write_amount(sheet, last, sum(each.amount_fen for each in lines), yuan, whole)
    sheet.freeze_panes(2, 0)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _write_amount(sheet: Any, row: int, fen: int, yuan: Any, whole: Any) -> None:
    sheet.write_number(row, 5, Decimal(fen) / 100, yuan)
    sheet.write_number(row, 6, fen, whole)
