"""``duixian explain``: the calculation of one enterprise in words, clause by clause (说明).

Each award is told as the policy gives it: the sentence of the text, the fact, every step, what comes of it, what would
change it, what is missing.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from duixian.checks.sentence import sentence_of
from duixian.cli.exit_codes import ExitCode
from duixian.cli.run import Run, find_enterprise, prepare
from duixian.cli.screen import Screen
from duixian.exchange.results.fact_words import fact_words, subject_words
from duixian.exchange.results.summary import tally
from duixian.exchange.results.words import basis_words, grouped_yuan, mark_words
from duixian.rules.determination import Determination, Outcome, TraceLine
from duixian.rules.fact import Dossier, Fact
from duixian.wording import Language, trace_words

_STYLES = {Outcome.PAYABLE: "bold green", Outcome.UNKNOWN: "bold yellow", Outcome.UNDECIDED: "bold yellow"}


def explain_enterprise(
    language: Language,
    facts: Path,
    policies: Path | None,
    as_of: str | None,
    enterprise: str,
    answers: Sequence[str],
    *,
    strict: bool,
) -> int:
    """Explain everything that one enterprise gets or does not get."""
    screen = Screen(language)
    run = prepare(screen, facts, policies, as_of, answers, is_strict=strict, only=enterprise)
    dossier = find_enterprise(run.reading, enterprise)
    determinations = run.engine.determine(dossier, run.as_of)
    _head(screen, run, dossier)
    for each in determinations:
        _award(screen, run, dossier, each)
    _sum(screen, determinations)
    return warn_of_rows(screen, run)


def warn_of_rows(screen: Screen, run: Run) -> int:
    """Rows that could not be read may be this enterprise's: say so."""
    problems = [each for each in run.reading.problems if each.is_error]
    if not problems and not run.reading.uncertain:
        return ExitCode.OK
    rows = sum(each.rows - each.kept for each in run.reading.tables)
    screen.aside("explain.rows-aside", rows=rows, problems=len(problems), names=len(run.reading.uncertain))
    return ExitCode.SET_ASIDE


def _head(screen: Screen, run: Run, dossier: Dossier) -> None:
    screen.line(f"{dossier.name}  {dossier.code}".lstrip(), style="bold")
    subject = subject_words(dossier, run.city.vocabulary)
    if subject:
        screen.line(f"  {subject}")
    screen.say("explain.basis", as_of=run.as_of, facts=len(dossier.facts))
    for name, option in run.rulings.items():
        screen.say("explain.ruling", question=name, option=option)


def _award(screen: Screen, run: Run, dossier: Dossier, each: Determination) -> None:
    screen.line()
    screen.line(_heading(screen, run, each), style="bold")
    sentence = sentence_of(run.city, each)
    if sentence:
        screen.say("explain.text", text=sentence)
    screen.say("explain.fact", fact=fact_words(_fact(dossier, each), run.city.vocabulary))
    last = ""
    for line in each.trace:
        step = str(line.step)
        screen.line(f"  {step if step != last else '　　'}  {_step(line, each, screen.language)}")
        last = step
    screen.line(f"  {_outcome(screen, each)}", style=_STYLES.get(each.outcome, "bold"))
    if each.missing:
        screen.say("explain.missing", fields="、".join(each.missing), style="yellow")
    for mark in each.marks:
        screen.line(f"  {mark_words(mark, screen.language)}", style="magenta")


def _heading(screen: Screen, run: Run, each: Determination) -> str:
    if not each.document:
        return screen.words("sheet.no-clause")
    clause = run.city.policy(each.document).clause(each.clause)
    row = f" · {each.row}" if each.row else ""
    return f"{each.document}{each.clause}{clause.name} · {each.measure}{row}"


def _fact(dossier: Dossier, each: Determination) -> Fact:
    return next(fact for fact in dossier.facts if (fact.kind, fact.id) == (each.fact_kind, each.fact))


def _step(line: TraceLine, each: Determination, language: Language) -> str:
    """One line of the trace; the clause is named where it is another than the award's own."""
    words = trace_words(line, language)
    return words if line.clause in ("", each.clause) else f"{words}〔{line.clause}〕"


def _outcome(screen: Screen, each: Determination) -> str:
    if each.outcome is not Outcome.PAYABLE or each.amount_fen is None:
        code = "explain.nothing" if each.amount_fen == 0 else "explain.open"
        return screen.words(code, outcome=each.outcome)
    code = "explain.exactly" if each.is_exact else "explain.at-most"
    told = screen.words(code, outcome=each.outcome, amount=grouped_yuan(each.amount_fen))
    share = each.share
    if share is None or share.city_fen is None or share.county_fen is None:
        return told + screen.words("explain.share-open", basis=basis_words(each, screen.language))
    return told + screen.words(
        "explain.share",
        city=grouped_yuan(share.city_fen),
        county=grouped_yuan(share.county_fen),
        basis=basis_words(each, screen.language),
    )


def _sum(screen: Screen, determinations: Sequence[Determination]) -> None:
    whole = tally(determinations)
    screen.line()
    screen.say(
        "explain.sum",
        style="bold",
        count=whole.count,
        payable=whole.outcomes[Outcome.PAYABLE],
        amount=grouped_yuan(whole.amount_fen),
        open=whole.unknown,
    )
    screen.say("determine.ceiling")
