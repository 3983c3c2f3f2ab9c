"""The summary on the screen (测算摘要): by clause, by outcome, what is open, what was set aside, where the files are."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from duixian.cli.screen import Screen
from duixian.cli.table_findings import show_findings
from duixian.exchange.results.results import Results
from duixian.exchange.results.stakes import OptionStake, Stake, stakes
from duixian.exchange.results.summary import Tally, by_clause, by_outcome, tally
from duixian.exchange.results.words import grouped_yuan
from duixian.rules.determination import Outcome

_MOST_QUESTIONS = 8
_OPEN = (Outcome.UNKNOWN, Outcome.UNDECIDED)


def show_results(screen: Screen, results: Results, paths: Sequence[Path]) -> None:
    """Tell what came out of a run."""
    facts = sum(len(each.facts) for each in results.dossiers.values())
    documents = "、".join(policy.number for policy in results.city.policies)
    screen.say(
        "determine.head", style="bold", city=results.city.name, as_of=results.as_of, documents=documents
    )
    screen.say("determine.facts", enterprises=len(results.dossiers), facts=facts)
    _clauses(screen, results)
    _outcomes(screen, results)
    _questions(screen, stakes(results), results)
    show_findings(screen, results.problems, results.uncertain, results.tables)
    screen.say("determine.ceiling")
    screen.say(
        "determine.files",
        folder=paths[0].parent if paths else "",
        names="、".join(path.name for path in paths),
    )


def _clauses(screen: Screen, results: Results) -> None:
    names = results.clause_names()
    headers = [screen.words(f"column.{key}") for key in ("clause", "clause-name", "count")]
    headers += [screen.words(f"determine.column.{key}") for key in ("payable", "open", "amount")]
    rows: list[list[str]] = []
    last = None
    for (document, clause), each in by_clause(results).items():
        if each.count:
            if document and document != last:
                rows.append(["", document, *[""] * 4])
            last = document
            name = names.get((document, clause), "") if document else screen.words("sheet.no-clause")
            rows.append([clause, name, *_numbers(each)])
    rows.append(["", screen.words("sheet.total"), *_numbers(tally(results.determinations))])
    screen.table(headers, rows, numbers=(2, 3, 4, 5), title=screen.words("determine.by-clause"))


def _numbers(each: Tally) -> list[str]:
    pending = sum(each.outcomes[outcome] for outcome in _OPEN)
    return [str(each.count), str(each.outcomes[Outcome.PAYABLE]), str(pending), grouped_yuan(each.amount_fen)]


def _outcomes(screen: Screen, results: Results) -> None:
    headers = [screen.words(f"column.{key}") for key in ("outcome", "count")]
    headers += [screen.words("determine.column.enterprises"), screen.words("determine.column.amount")]
    rows = [
        [str(outcome), str(each.count), str(len(each.enterprises)), _amount(outcome, each)]
        for outcome, each in by_outcome(results).items()
        if each.count
    ]
    screen.table(headers, rows, numbers=(1, 2, 3), title=screen.words("determine.by-outcome"))
    whole = tally(results.determinations)
    screen.say(
        "determine.share",
        city=grouped_yuan(whole.city_fen),
        county=grouped_yuan(whole.county_fen),
        undivided=grouped_yuan(whole.undivided_fen),
    )


def _amount(outcome: Outcome, each: Tally) -> str:
    return "—" if outcome in _OPEN else grouped_yuan(each.amount_fen)


def _questions(screen: Screen, found: Sequence[Stake], results: Results) -> None:
    touching = [each for each in found if each.determinations]
    screen.say("determine.open", open=len(found), touching=len(touching))
    headers = [screen.words(f"column.{key}") for key in ("question", "holding", "option", "touched")]
    rows = [
        [
            each.question.name,
            each.holding,
            option.option,
            str(option.determinations),
            _change(screen, option),
        ]
        for each in touching[:_MOST_QUESTIONS]
        for option in each.options
        if option.determinations
    ]
    if rows:
        title = screen.words("determine.stakes")
        screen.table([*headers, screen.words("determine.column.change")], rows, numbers=(3, 4), title=title)
    if len(touching) > _MOST_QUESTIONS:
        screen.say("determine.more-questions", count=len(touching) - _MOST_QUESTIONS)


def _change(screen: Screen, option: OptionStake) -> str:
    if option.unknown == option.determinations:
        return screen.words("determine.unknown")
    sign = "+" if option.change_fen > 0 else "-"
    return f"{sign}{grouped_yuan(abs(option.change_fen))}" if option.change_fen else "—"
