"""determinations.xlsx (结果工作簿): what an officer hands to his chief; the same results give the same bytes."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

from duixian.exchange.results.book_details import add_details
from duixian.exchange.results.book_findings import add_names, add_problems
from duixian.exchange.results.book_notes import add_notes
from duixian.exchange.results.book_questions import add_questions
from duixian.exchange.results.book_style import BODY_FONT, Styles
from duixian.exchange.results.book_summary import add_summary
from duixian.exchange.results.receipt import Receipt
from duixian.exchange.results.results import Results
from duixian.exchange.results.stakes import stakes
from duixian.wording import screen_words


def determinations_xlsx(results: Results, receipt: Receipt) -> bytes:
    """The workbook: 汇总, 明细, 未决口径, 问题, 名单核对, 说明."""
    content = io.BytesIO()
    workbook = _workbook(content, results, receipt)
    styles, open_questions = Styles(workbook), stakes(results)
    add_summary(workbook, styles, results, open_questions)
    add_details(workbook, styles, results)
    add_questions(workbook, styles, results, open_questions)
    add_problems(workbook, styles, results)
    add_names(workbook, styles, results)
    add_notes(workbook, styles, results, receipt)
    workbook.close()
    return content.getvalue()


def _workbook(content: io.BytesIO, results: Results, receipt: Receipt) -> Any:
    import xlsxwriter  # type: ignore[import-untyped]

    default = {"font_name": BODY_FONT, "font_size": 10}
    workbook = xlsxwriter.Workbook(content, {"in_memory": True, "default_format_properties": default})
    workbook.set_properties(
        {
            "title": screen_words("sheet.summary.title", results.language, city=results.city.name),
            "comments": receipt.fingerprint,
            # The day of determination, not today: a second run gives the same bytes.
            "created": datetime(results.as_of.year, results.as_of.month, results.as_of.day),
        }
    )
    return workbook
