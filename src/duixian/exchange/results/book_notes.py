"""The sheet 说明 (notes): what the figures mean, on which texts, facts and decisions they rest, and how to check them."""

from __future__ import annotations

from functools import partial
from typing import Any

from duixian.exchange.results.book_sheet import Column, Sheet
from duixian.exchange.results.book_style import Styles
from duixian.exchange.results.receipt import Receipt
from duixian.exchange.results.results import Results
from duixian.wording import screen_words

_REMARKS = ("ceiling", "unknown", "marks", "choice", "share", "rerun")


def add_notes(workbook: Any, styles: Styles, results: Results, receipt: Receipt) -> None:
    """Write the sheet."""
    say = partial(screen_words, language=results.language)
    columns = [Column(say("column.subject"), 44, "wrap"), Column(say("column.content"), 96, "wrap")]
    sheet = Sheet(workbook, styles, say("sheet.notes"), columns)
    sheet.title(say("sheet.notes.title"))
    sheet.header()
    sheet.line([say("notes.as-of"), results.as_of.isoformat()])
    for policy in results.city.policies:
        sheet.line([policy.number, policy.head.notice_title or policy.head.title])
    for key in _REMARKS:
        sheet.line([say(f"notes.{key}"), say(f"notes.{key}.text")])
    for each in results.tables:
        place = f"{each.file}［{each.sheet}］" if each.sheet else each.file
        sheet.line(
            [
                say("notes.table", kind=each.kind),
                say("notes.table.text", place=place, rows=each.rows, kept=each.kept),
            ]
        )
    _rulings(sheet, results)
    sheet.line([say("notes.fingerprint"), receipt.fingerprint])
    sheet.line([say("notes.facts"), receipt.facts])
    for name, value in receipt.policies.items():
        sheet.line([name, value])
    sheet.line([say("notes.version"), f"duixian {receipt.version}"])
    sheet.finish(None)


def _rulings(sheet: Sheet, results: Results) -> None:
    """The options taken for this run, and those that the city has decided."""
    say = partial(screen_words, language=results.language)
    mode = "notes.strict" if results.is_strict else "notes.default"
    sheet.line([say("notes.mode"), say(mode)])
    for name, option in sorted(results.rulings.items()):
        sheet.line([say("notes.ruling", question=name), option])
    for name, each in results.city.interpretations.items():
        if each.ruling and name not in results.rulings:
            text = say(
                "notes.decided",
                option=each.ruling.option,
                on=each.ruling.decided_on,
                by=each.ruling.decided_by,
            )
            sheet.line([say("notes.ruling", question=name), text])
