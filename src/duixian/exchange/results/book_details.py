"""The sheet 明细 (details): every determination with its four numbers, its reason and what marks it, in yuan."""

from __future__ import annotations

from functools import partial
from typing import Any

from duixian.exchange.results.book_sheet import Cell, Column, Sheet
from duixian.exchange.results.book_style import Styles
from duixian.exchange.results.results import Results
from duixian.exchange.results.summary import tally
from duixian.exchange.results.words import basis_words, mark_words, reason_words
from duixian.rules.determination import Determination
from duixian.wording import percent, screen_words

_FROZEN = 2
_SUMS = ("amount", "city", "county")


def add_details(workbook: Any, styles: Styles, results: Results) -> None:
    """Write the sheet."""
    say = partial(screen_words, language=results.language)
    names = [name for name, _, _ in _COLUMNS]
    columns = [Column(say(f"column.{name}"), width, look) for name, width, look in _COLUMNS]
    sheet = Sheet(workbook, styles, say("sheet.details"), columns)
    sheet.title(say("sheet.details.title", city=results.city.name), _PRINTED)
    sums_at = sheet.remark(
        say("sheet.details.note", as_of=results.as_of), say("sheet.filtered-sum"), names.index("amount") - 1
    )
    header = sheet.header()
    for each in results.determinations:
        sheet.line(_row(each, results))
    whole = tally(results.determinations)
    for name, fen in zip(_SUMS, (whole.amount_fen, whole.city_fen, whole.county_fen), strict=True):
        sheet.filtered_sum(names.index(name), header + 1, sheet.row - 1, fen, sums_at)
    sheet.finish(header, _FROZEN, is_filtered=True, printed_columns=_PRINTED)


_COLUMNS: tuple[tuple[str, int, str], ...] = (
    ("code", 20, "text"),
    ("name", 26, "wrap"),
    ("area", 11, "wrap"),
    ("document", 13, "wrap"),
    ("clause", 9, "middle"),
    ("measure", 16, "wrap"),
    ("fact", 11, "wrap"),
    ("outcome", 12, "middle"),
    ("amount", 19, "yuan"),
    ("reason", 46, "wrap"),
    ("city", 18, "yuan"),
    ("county", 18, "yuan"),
    ("basis", 13, "wrap"),
    ("missing", 20, "wrap"),
    ("questions", 70, "wrap"),
    ("row", 8, "middle"),
    ("fact-kind", 9, "middle"),
    ("year", 7, "middle"),
    ("ceiling-yuan", 15, "yuan"),
    ("base-yuan", 16, "yuan"),
    ("rate", 7, "middle"),
)
"""Name, width and look of each column."""
_PRINTED = 13
"""What fits on A4 across at a readable size; the columns after it are for the screen."""


def _row(each: Determination, results: Results) -> list[Cell]:
    share, language = each.share, results.language
    return [
        each.enterprise,
        results.name_of(each.enterprise),
        results.area_of(each.enterprise),
        each.document,
        each.clause,
        each.measure,
        each.fact,
        each.outcome,
        each.amount_fen,
        reason_words(each, language),
        share.city_fen if share else None,
        share.county_fen if share else None,
        basis_words(each, language),
        "、".join(each.missing),
        "\n".join(mark_words(mark, language) for mark in each.marks),
        each.row,
        each.fact_kind,
        each.year,
        each.ceiling_fen,
        each.base_fen,
        "" if each.rate is None else percent(each.rate),
    ]
