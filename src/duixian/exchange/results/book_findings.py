"""The sheets 问题 and 名单核对 (problems, names to settle): what the tables left open, for the person who mends them."""

from __future__ import annotations

from functools import partial
from typing import Any

from duixian.exchange.results.book_sheet import Column, Sheet
from duixian.exchange.results.book_style import Styles
from duixian.exchange.results.problems_out import NAMES_HEADER, PROBLEMS_HEADER, name_rows, problem_row
from duixian.exchange.results.results import Results
from duixian.wording import screen_words

_PROBLEM_WIDTHS = (16, 10, 8, 7, 11, 26, 9, 20, 24, 38, 28, 30)
_NAME_WIDTHS = (16, 10, 8, 11, 12, 28, 10, 26, 8, 28, 22, 26, 20, 24)
_PROBLEM_KEYS = (
    "file", "sheet", "line", "letter", "severity", "problem-code", "clause", "found", "expected", "what", "why", "fix",
)  # fmt: skip
_NAME_KEYS = (
    "file", "sheet", "line", "fact-kind", "fact", "written-name", "match", "match-why", "candidate-number",
    "candidate", "candidate-code", "matched-name", "difference", "settled-code",
)  # fmt: skip


def add_problems(workbook: Any, styles: Styles, results: Results) -> None:
    """Write the sheet 问题."""
    say = partial(screen_words, language=results.language)
    assert len(PROBLEMS_HEADER) == len(_PROBLEM_KEYS)
    columns = [
        Column(say(f"column.{key}"), width, "wrap")
        for key, width in zip(_PROBLEM_KEYS, _PROBLEM_WIDTHS, strict=True)
    ]
    sheet = Sheet(workbook, styles, say("sheet.problems"), columns)
    sheet.title(say("sheet.problems.title"))
    sheet.note(
        say("sheet.problems.note" if results.problems else "sheet.problems.none", rows=results.rows_set_aside)
    )
    header = sheet.header()
    for each in results.problems:
        sheet.line(problem_row(each, results.language))
    sheet.finish(header, is_filtered=True)


def add_names(workbook: Any, styles: Styles, results: Results) -> None:
    """Write the sheet 名单核对."""
    say = partial(screen_words, language=results.language)
    assert len(NAMES_HEADER) == len(_NAME_KEYS)
    columns = [
        Column(say(f"column.{key}"), width, "wrap")
        for key, width in zip(_NAME_KEYS, _NAME_WIDTHS, strict=True)
    ]
    sheet = Sheet(workbook, styles, say("sheet.names"), columns)
    sheet.title(say("sheet.names.title"))
    sheet.note(
        say("sheet.names.note" if results.uncertain else "sheet.names.none", count=len(results.uncertain))
    )
    header = sheet.header()
    for each in results.uncertain:
        for row in name_rows(each):
            sheet.line(row)
    sheet.finish(header, is_filtered=True)
