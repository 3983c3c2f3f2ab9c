"""``duixian determine``: who gets how much at most under which clause, why, and what is still open (测算)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from duixian.cli.determine_screen import show_results
from duixian.cli.engines import EngineName, EngineOptions, read_engine
from duixian.cli.exit_codes import ExitCode
from duixian.cli.run import Run, prepare, refuse_out_among_facts
from duixian.cli.screen import Screen
from duixian.exchange.results.folder import write_results
from duixian.exchange.results.results import Results
from duixian.rules.determination import Determination
from duixian.wording import Language

_STRIDE = 50


def determine_facts(
    language: Language,
    facts: Path,
    policies: Path | None,
    as_of: str,
    out: Path,
    answers: Sequence[str],
    options: EngineOptions,
    *,
    strict: bool,
) -> int:
    """Determine all enterprises, write the results, show the summary."""
    refuse_out_among_facts(out, facts)
    screen = Screen(language)
    engine = read_engine(options.engine, facts)
    if engine is EngineName.KERNEL:
        from duixian.cli.batch import determine_batch

        return determine_batch(screen, facts, policies, as_of, out, answers, options, strict=strict)
    if engine is EngineName.SPARK:
        from duixian.cli.cluster import determine_on_cluster

        return determine_on_cluster(screen, facts, policies, as_of, out, answers, options, strict=strict)
    run = prepare(screen, facts, policies, as_of, answers, is_strict=strict)
    results = results_of(run, determine_all(screen, run), language)
    with screen.progress("progress.writing") as tick:
        paths = write_results(results, out, lambda name: tick(0))
    show_results(screen, results, paths)
    return ExitCode.SET_ASIDE if results.has_open_ends else ExitCode.OK


def determine_all(screen: Screen, run: Run) -> tuple[Determination, ...]:
    """The determinations of all dossiers, by code."""
    found: list[Determination] = []
    with screen.progress("progress.determining", len(run.reading.dossiers)) as tick:
        for number, dossier in enumerate(run.reading.dossiers, start=1):
            found.extend(run.engine.determine(dossier, run.as_of))
            if number % _STRIDE == 0:
                tick(number)
    return tuple(found)


def results_of(run: Run, determinations: tuple[Determination, ...], language: Language) -> Results:
    """The results of a run with everything that belongs to them."""
    reading = run.reading
    return Results(
        city=run.city,
        as_of=run.as_of,
        dossiers={each.code: each for each in reading.dossiers},
        determinations=determinations,
        rulings=run.rulings,
        is_strict=run.is_strict,
        problems=reading.problems,
        uncertain=reading.uncertain,
        tables=reading.tables,
        language=language,
    )
