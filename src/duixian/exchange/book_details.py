"""The sheet 明细 (details): every determination with its four numbers, its reason and what marks it, in yuan."""

from __future__ import annotations

from functools import partial
from typing import Any

from duixian.exchange.book_sheet import Cell, Column, Sheet
from duixian.exchange.book_style import Styles
from duixian.exchange.results import Results
from duixian.exchange.results_words import mark_words, reason_words
from duixian.exchange.summary import tally
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
    sheet.title(say("sheet.details.title", city=results.city.name))
    sums_at = sheet.remark(say("sheet.details.note", as_of=results.as_of), say("sheet.filtered-sum"), names.index("amount") - 1)
    header = sheet.header()
    for each in results.determinations:
        sheet.line(_row(each, results))
    whole = tally(results.determinations)
    for name, fen in zip(_SUMS, (whole.amount_fen, whole.city_fen, whole.county_fen), strict=True):
        sheet.filtered_sum(names.index(name), header + 1, sheet.row - 1, fen, sums_at)
    sheet.finish(header, _FROZEN, is_filtered=True)


_COLUMNS: tuple[tuple[str, int, str], ...] = (
    ("code", 21, "text"),
    ("name", 28, "wrap"),
    ("area", 12, "wrap"),
    ("document", 13, "wrap"),
    ("clause", 9, "middle"),
    ("measure", 18, "wrap"),
    ("row", 8, "middle"),
    ("fact-kind", 9, "middle"),
    ("fact", 12, "wrap"),
    ("year", 7, "middle"),
    ("outcome", 12, "middle"),
    ("ceiling-yuan", 15, "yuan"),
    ("base-yuan", 16, "yuan"),
    ("rate", 7, "middle"),
    ("amount", 15, "yuan"),
    ("city", 15, "yuan"),
    ("county", 15, "yuan"),
    ("basis", 16, "wrap"),
    ("reason", 52, "wrap"),
    ("questions", 44, "wrap"),
    ("missing", 18, "wrap"),
)
"""Name, width and look of each column."""


def _row(each: Determination, results: Results) -> list[Cell]:
    share, language = each.share, results.language
    return [
        each.enterprise,
        results.name_of(each.enterprise),
        results.area_of(each.enterprise),
        each.document,
        each.clause,
        each.measure,
        each.row,
        each.fact_kind,
        each.fact,
        each.year,
        each.outcome,
        each.ceiling_fen,
        each.base_fen,
        "" if each.rate is None else percent(each.rate),
        each.amount_fen,
        share.city_fen if share else None,
        share.county_fen if share else None,
        share.basis if share else "",
        reason_words(each, language),
        "\n".join(mark_words(mark, language) for mark in each.marks),
        "、".join(each.missing),
    ]
