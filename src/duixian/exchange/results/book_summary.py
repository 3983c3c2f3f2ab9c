"""The sheet 汇总 (summary): by clause, by area, by treasury, by outcome, all in 万元."""

from __future__ import annotations

from functools import partial
from typing import Any

from duixian.exchange.results.book_sheet import Cell, Column, Sheet
from duixian.exchange.results.book_style import Styles
from duixian.exchange.results.results import Results
from duixian.exchange.results.stakes import Stake
from duixian.exchange.results.summary import Tally, by_area, by_basis, by_clause, by_outcome, tally
from duixian.exchange.results.words import grouped_yuan
from duixian.rules.determination import Outcome
from duixian.wording import screen_words

_LABELS = 3
_COUNTED = (4, 10)
"""The columns with the number of each outcome, from and to."""


def add_summary(workbook: Any, styles: Styles, results: Results, stakes: tuple[Stake, ...]) -> None:
    """Write the sheet."""
    say = partial(screen_words, language=results.language)
    sheet = Sheet(workbook, styles, say("sheet.summary"), _columns(results))
    sheet.title(say("sheet.summary.title", city=results.city.name))
    sheet.note(say("sheet.summary.basis", as_of=results.as_of, documents=_documents(results)))
    sheet.note(_figures(results, stakes), lines=3)
    sheet.note(say("sheet.ceiling-not-amount"))
    _by_outcome(sheet, results)
    _by_clause(sheet, results)
    sheet.new_page()
    _by_area(sheet, results)
    _by_treasury(sheet, results)
    sheet.finish(None)


def _columns(results: Results) -> list[Column]:
    say = partial(screen_words, language=results.language)
    return [
        Column(say("column.document"), 21),
        Column(say("column.clause"), 11),
        Column(say("column.clause-name"), 32),
        Column(say("column.count"), 8, "count"),
        *(Column(str(outcome), 8, "count") for outcome in Outcome),
        Column(say("column.ceilings-wan"), 15, "wan"),
        Column(say("column.amounts-wan"), 15, "wan"),
        Column(say("column.city-wan"), 15, "wan"),
        Column(say("column.county-wan"), 15, "wan"),
        Column(say("column.undivided-wan"), 15, "wan"),
    ]


def _documents(results: Results) -> str:
    return "、".join(f"{policy.number}（{policy.head.title}）" for policy in results.city.policies)


def _figures(results: Results, stakes: tuple[Stake, ...]) -> str:
    whole = tally(results.determinations)
    return screen_words(
        "sheet.summary.figures",
        results.language,
        enterprises=len(results.dossiers),
        facts=sum(len(each.facts) for each in results.dossiers.values()),
        count=whole.count,
        payable=whole.outcomes[Outcome.PAYABLE],
        amount=grouped_yuan(whole.amount_fen),
        city=grouped_yuan(whole.city_fen),
        county=grouped_yuan(whole.county_fen),
        undivided=grouped_yuan(whole.undivided_fen),
        unknown=whole.outcomes[Outcome.UNKNOWN],
        undecided=whole.outcomes[Outcome.UNDECIDED],
        open=len(stakes),
        touching=sum(1 for each in stakes if each.determinations),
        aside=results.rows_set_aside,
    )


def _by_clause(sheet: Sheet, results: Results) -> None:
    say = partial(screen_words, language=results.language)
    sheet.block(say("sheet.summary.by-clause"))
    sheet.header()
    names = results.clause_names()
    for (document, clause), each in by_clause(results).items():
        name = names.get((document, clause), "") if document else say("sheet.no-clause")
        sheet.line([document, clause, name, *_numbers(each)])
    _total(sheet, results)


def _by_area(sheet: Sheet, results: Results) -> None:
    say = partial(screen_words, language=results.language)
    sheet.block(say("sheet.summary.by-area"))
    sheet.header(_LABELS, say("column.area"))
    for name, each in by_area(results).items():
        sheet.line([name or say("sheet.no-area"), "", "", *_numbers(each)], labels=_LABELS)
    _total(sheet, results)


def _by_treasury(sheet: Sheet, results: Results) -> None:
    say = partial(screen_words, language=results.language)
    sheet.block(say("sheet.summary.by-treasury"))
    sheet.header(_LABELS, say("column.basis"))
    for basis, each in by_basis(results).items():
        sheet.line([basis or say("sheet.no-basis"), "", "", *_numbers(each)], labels=_LABELS)
    payable = [each for each in results.determinations if each.outcome is Outcome.PAYABLE]
    sheet.line([say("sheet.total"), "", "", *_numbers(tally(payable))], total=True, labels=_LABELS)


def _by_outcome(sheet: Sheet, results: Results) -> None:
    say = partial(screen_words, language=results.language)
    sheet.block(say("sheet.summary.by-outcome"))
    sheet.header(_LABELS, say("column.outcome"), _COUNTED, say("column.meaning-of-outcome"))
    for outcome, each in by_outcome(results).items():
        numbers = _numbers(each)
        sheet.line([outcome, "", "", *numbers], labels=_LABELS)
        sheet.spread(*_COUNTED, say(f"outcome.{outcome.name.lower().replace('_', '-')}"))
    _total(sheet, results)
    sheet.spread(*_COUNTED, "", "total_text")


def _numbers(each: Tally) -> list[Cell]:
    counts = [each.outcomes[outcome] for outcome in Outcome]
    return [
        each.count, *counts, each.ceiling_fen, each.amount_fen, each.city_fen, each.county_fen, each.undivided_fen,
    ]  # fmt: skip


def _total(sheet: Sheet, results: Results) -> None:
    whole = _numbers(tally(results.determinations))
    sheet.line([screen_words("sheet.total", results.language), "", "", *whole], total=True, labels=_LABELS)
