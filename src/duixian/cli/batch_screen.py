"""The summary of a batch on the screen (批量测算摘要): the same lines as for a few dossiers, from sums instead of rows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from duixian.cli.batch_progress import Batched
from duixian.cli.screen import Screen
from duixian.cli.table_findings import show_findings
from duixian.exchange.columns.block_reading import BlockReading
from duixian.exchange.columns.stakes import OptionSums, StakesSoFar
from duixian.exchange.columns.summary import By, RunningSummary, Totals
from duixian.exchange.results.words import grouped_yuan
from duixian.rules.determination import Outcome
from duixian.rules.policy import City

_MOST_OPTIONS = 12
_OPEN = (Outcome.UNKNOWN, Outcome.UNDECIDED)


def show_batch(
    screen: Screen, city: City, as_of: date, found: Batched, reading: BlockReading, paths: Sequence[Path]
) -> None:
    """Tell what came out of a batch."""
    documents = "、".join(policy.number for policy in city.policies)
    screen.say("determine.head", style="bold", city=city.name, as_of=as_of, documents=documents)
    subject = city.vocabulary.subject.name
    facts = sum(each.kept for each in reading.tables if each.kind != subject)
    screen.say("determine.facts", enterprises=found.enterprises, facts=facts)
    _engine(screen, found)
    _clauses(screen, city, found.summary)
    _outcomes(screen, found.summary)
    _groups(screen, found.summary, By.AREA, "determine.by-area", "determine.by-area.key")
    _groups(screen, found.summary, By.YEAR, "determine.by-year", "determine.by-year.key")
    _stakes(screen, found.stakes)
    show_findings(screen, reading.problems, reading.uncertain, reading.tables)
    screen.say("determine.ceiling")
    screen.say("determine.files", folder=paths[0].parent, names="、".join(path.name for path in paths))


def _engine(screen: Screen, found: Batched) -> None:
    """Which engine it was, and what it did not do itself."""
    screen.say("determine.kernel")
    if found.entangled:
        screen.say("determine.entangled", style="yellow", count=found.entangled)
    if found.reused:
        screen.say("determine.reused", reused=found.reused, anew=found.enterprises - found.reused)


def _clauses(screen: Screen, city: City, summary: RunningSummary) -> None:
    headers = [screen.words(f"column.{key}") for key in ("clause", "clause-name", "count")]
    headers += [screen.words(f"determine.column.{key}") for key in ("payable", "open", "amount")]
    found, rows = summary.by(By.CLAUSE), []
    for policy in city.policies:
        given = [clause for clause in policy.clauses if (policy.number, clause.id) in found]
        if given:
            rows.append(["", policy.number, *[""] * 4])
        rows += [
            [clause.id, clause.name, *_numbers(found[policy.number, clause.id])]
            for clause in dict.fromkeys(given)
        ]
    if ("", "") in found:
        rows.append(["", screen.words("sheet.no-clause"), *_numbers(found["", ""])])
    rows.append(["", screen.words("sheet.total"), *_numbers(summary.whole)])
    screen.table(headers, rows, numbers=(2, 3, 4, 5), title=screen.words("determine.by-clause"))


def _numbers(each: Totals) -> list[str]:
    pending = sum(each.outcomes[outcome] for outcome in _OPEN)
    return [str(each.count), str(each.outcomes[Outcome.PAYABLE]), str(pending), grouped_yuan(each.amount_fen)]


def _outcomes(screen: Screen, summary: RunningSummary) -> None:
    headers = [screen.words(f"column.{key}") for key in ("outcome", "count")]
    headers += [screen.words("determine.column.enterprises"), screen.words("determine.column.amount")]
    found = summary.by(By.OUTCOME)
    rows = [
        [
            str(outcome),
            str(found[outcome,].count),
            str(found[outcome,].enterprises),
            "—" if outcome in _OPEN else grouped_yuan(found[outcome,].amount_fen),
        ]
        for outcome in Outcome
        if (outcome,) in found
    ]
    screen.table(headers, rows, numbers=(1, 2, 3), title=screen.words("determine.by-outcome"))
    whole = summary.whole
    screen.say(
        "determine.share",
        city=grouped_yuan(whole.city_fen),
        county=grouped_yuan(whole.county_fen),
        undivided=grouped_yuan(whole.undivided_fen),
    )


def _groups(screen: Screen, summary: RunningSummary, by: By, title: str, heading: str) -> None:
    """Payable money by area or year; what gives nothing has no line."""
    headers = [screen.words(heading)]
    headers += [screen.words("determine.column.payable"), screen.words("determine.column.amount")]
    rows = [
        [key[0] or "—", str(each.outcomes[Outcome.PAYABLE]), grouped_yuan(each.amount_fen)]
        for key, each in summary.by(by).items()
        if each.outcomes[Outcome.PAYABLE]
    ]
    if rows:
        screen.table(headers, rows, numbers=(1, 2), title=screen.words(title))


def _stakes(screen: Screen, stakes: StakesSoFar) -> None:
    """The options that would change most."""
    if not stakes.options:
        return
    headers = [screen.words(f"column.{key}") for key in ("question", "option", "touched")]
    ranked = sorted(stakes.options.items(), key=lambda each: (-abs(each[1].change_fen), each[0]))
    rows = [
        [question, option, str(each.determinations), _change(screen, each)]
        for (question, option), each in ranked[:_MOST_OPTIONS]
    ]
    title = screen.words("determine.stakes")
    screen.table([*headers, screen.words("determine.column.change")], rows, numbers=(2, 3), title=title)
    if len(ranked) > _MOST_OPTIONS:
        screen.say("determine.more-options", count=len(ranked) - _MOST_OPTIONS)


def _change(screen: Screen, each: OptionSums) -> str:
    if each.unknown == each.determinations:
        return screen.words("determine.unknown")
    sign = "+" if each.change_fen > 0 else "-"
    return f"{sign}{grouped_yuan(abs(each.change_fen))}" if each.change_fen else "—"
