"""The sheet 未决口径 (open questions): what an officer still has to decide, and the money that hangs on each answer."""

from __future__ import annotations

from functools import partial
from typing import Any

from duixian.exchange.results.book_sheet import Cell, Column, Sheet
from duixian.exchange.results.book_style import Styles
from duixian.exchange.results.results import Results
from duixian.exchange.results.stakes import OptionStake, Stake
from duixian.wording import screen_words

_JOINED = 7
"""The first columns belong to the question, the others to one option."""


def add_questions(workbook: Any, styles: Styles, results: Results, stakes: tuple[Stake, ...]) -> None:
    """Write the sheet: first what changes these results, one row for each other option, then the rest."""
    say = partial(screen_words, language=results.language)
    columns = [Column(say(f"column.{name}"), width, look) for name, width, look in _COLUMNS]
    sheet = Sheet(workbook, styles, say("sheet.questions"), columns)
    sheet.title(say("sheet.questions.title", city=results.city.name))
    sheet.note(say("sheet.questions.note"), lines=2)
    header = sheet.header()
    touching = [each for each in stakes if each.determinations]
    sheet.band(say("sheet.questions.touching", count=len(touching)))
    for stake in touching:
        _touching(sheet, stake)
    sheet.band(say("sheet.questions.others", count=len(stakes) - len(touching)))
    for stake in stakes:
        if not stake.determinations:
            _other(sheet, stake)
    sheet.finish(header, 1)


_COLUMNS: tuple[tuple[str, int, str], ...] = (
    ("question", 18, "wrap"),
    ("question-number", 9, "middle"),
    ("source", 13, "wrap"),
    ("effect", 7, "middle"),
    ("question-text", 36, "wrap"),
    ("holding", 24, "wrap"),
    ("touched", 7, "count"),
    ("option", 16, "wrap"),
    ("meaning", 32, "wrap"),
    ("option-touched", 7, "count"),
    ("now-wan", 13, "wan"),
    ("then-wan", 13, "wan"),
    ("change-wan", 13, "change"),
    ("amount-unknown", 7, "count"),
)
"""Name, width and look of each column."""


def _touching(sheet: Sheet, stake: Stake) -> None:
    first, common = sheet.row, _question(stake)
    for option in stake.options:
        sheet.line([*([None] * _JOINED), *_option(option)])
    for place, value in enumerate(common):
        sheet.join_above(place, first, value)
    _set_heights(sheet, first, common, stake.options)


def _other(sheet: Sheet, stake: Stake) -> None:
    """A question that changes nothing here takes one row, with all its other options."""
    names = "\n".join(each.option for each in stake.options)
    meanings = "\n".join(f"{each.option}：{each.meaning}" for each in stake.options)
    sheet.line([*_question(stake), names, meanings, 0, None, None, None, 0])


def _question(stake: Stake) -> list[Cell]:
    question = stake.question
    return [
        question.name,
        question.number,
        f"{question.document}\n{question.clause}",
        str(question.effect),
        question.question,
        f"{stake.holding}：{question.options[stake.holding]}",
        stake.determinations,
    ]


def _option(each: OptionStake) -> list[Cell]:
    touched = each.determinations
    known: list[Cell] = (
        [each.now_fen, each.then_fen, each.change_fen] if touched > each.unknown else [None, None, None]
    )
    return [each.option, each.meaning, touched, *known, each.unknown]


def _set_heights(sheet: Sheet, first: int, common: list[Cell], options: tuple[OptionStake, ...]) -> None:
    """Rows as high as their options; the last one higher when the question needs more than all of them."""
    lines = [
        max(sheet.lines_of(_JOINED, each.option), sheet.lines_of(_JOINED + 1, each.meaning))
        for each in options
    ]
    needed = max(sheet.lines_of(place, str(value)) for place, value in enumerate(common))
    lines[-1] += max(0, needed - sum(lines))
    for offset, count in enumerate(lines):
        sheet.height(first + offset, count)
