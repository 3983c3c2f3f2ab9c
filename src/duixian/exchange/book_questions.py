"""The sheet 未决口径 (open questions): what an officer still has to decide, and the money that hangs on each answer."""

from __future__ import annotations

from functools import partial
from typing import Any

from duixian.exchange.book_sheet import Cell, Column, Sheet
from duixian.exchange.book_style import Styles
from duixian.exchange.results import Results
from duixian.exchange.stakes import OptionStake, Stake
from duixian.wording import screen_words

_JOINED = 8
"""The first columns belong to the question, the others to one option."""


def add_questions(workbook: Any, styles: Styles, results: Results, stakes: tuple[Stake, ...]) -> None:
    """Write the sheet: one row for each other option, the question beside them."""
    say = partial(screen_words, language=results.language)
    columns = [Column(say(f"column.{name}"), width, look) for name, width, look in _COLUMNS]
    sheet = Sheet(workbook, styles, say("sheet.questions"), columns)
    sheet.title(say("sheet.questions.title", city=results.city.name))
    sheet.note(say("sheet.questions.note"), lines=2)
    header = sheet.header()
    for stake in stakes:
        _question(sheet, stake)
    sheet.finish(header, 1)


_COLUMNS: tuple[tuple[str, int, str], ...] = (
    ("question", 20, "wrap"),
    ("question-number", 9, "middle"),
    ("document", 12, "wrap"),
    ("clause", 9, "middle"),
    ("effect", 7, "middle"),
    ("question-text", 42, "wrap"),
    ("holding", 16, "wrap"),
    ("touched", 9, "count"),
    ("option", 16, "wrap"),
    ("meaning", 40, "wrap"),
    ("option-touched", 9, "count"),
    ("now-wan", 14, "wan"),
    ("then-wan", 14, "wan"),
    ("change-wan", 14, "change"),
    ("amount-unknown", 10, "count"),
)
"""Name, width and look of each column."""


def _question(sheet: Sheet, stake: Stake) -> None:
    question, first = stake.question, sheet.row
    common: list[Cell] = [
        question.name,
        question.number,
        question.document,
        question.clause,
        str(question.effect),
        question.question,
        f"{stake.holding}\n{question.options[stake.holding]}",
        stake.determinations,
    ]
    for option in stake.options:
        sheet.line([*([None] * _JOINED), *_option(option)])
    for place, value in enumerate(common):
        sheet.join_above(place, first, value)
    _set_heights(sheet, first, common, stake.options)


def _option(each: OptionStake) -> list[Cell]:
    touched = each.determinations
    known: list[Cell] = [each.now_fen, each.then_fen, each.change_fen] if touched > each.unknown else [None, None, None]
    return [each.option, each.meaning, touched, *known, each.unknown]


def _set_heights(sheet: Sheet, first: int, common: list[Cell], options: tuple[OptionStake, ...]) -> None:
    """Rows as high as their options; the last one higher when the question needs more than all of them."""
    lines = [max(sheet.lines_of(8, each.option), sheet.lines_of(9, each.meaning)) for each in options]
    needed = max(sheet.lines_of(place, str(value)) for place, value in enumerate(common))
    lines[-1] += max(0, needed - sum(lines))
    for offset, count in enumerate(lines):
        sheet.height(first + offset, count)
