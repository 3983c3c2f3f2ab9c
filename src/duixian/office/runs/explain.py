"""Explaining a determination (说明计算过程): the whole calculation, told by the reference engine from the run's frozen facts.

What is told must be what the run has kept, to the last field; else nothing is told.
"""

from __future__ import annotations

from dataclasses import dataclass

from duixian.checks.sentence import sentence_of
from duixian.exchange.columns.dossiers import dossiers_of
from duixian.exchange.results.fact_words import fact_words, subject_words
from duixian.exchange.results.words import basis_words, mark_words, reason_words
from duixian.office.refusal import Clash, NotThere
from duixian.office.runs.decide import Law
from duixian.office.runs.frozen_city import frozen_city
from duixian.office.runs.frozen_facts import facts_of_one
from duixian.office.runs.models import Run, RunState, StoredDetermination
from duixian.office.runs.rows import COLUMNS, as_plain, row_of
from duixian.rules.determination import Determination, TraceLine
from duixian.rules.fact import Dossier
from duixian.rules.policy import City
from duixian.wording import Language, trace_words


@dataclass(frozen=True, slots=True)
class ExplainedStep:
    """One line of a calculation (计算步骤): the step, the clause where it is another than the award's own, and the words."""

    step: str
    clause: str
    words: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """A determination with everything that led to it (计算说明).

    ``sentence`` is the official text that carries the amount, ``fact`` and ``enterprise`` what was known, ``marks`` what other answers to
    open questions would give.
    """

    row: StoredDetermination
    determination: Determination
    clause_name: str
    sentence: str
    enterprise: str
    fact: str
    steps: tuple[ExplainedStep, ...]
    reason: str
    basis: str
    marks: tuple[str, ...]


def explain(run: Run, position: int, lang: Language = Language.CHINESE) -> Explanation:
    """The calculation of one row of a run.

    Raises:
        NotThere: when the run has no such row.
        Clash: as :func:`explain_row`.
    """
    _demand_finished(run)
    row = run.determinations.filter(position=position).first()
    if row is None:
        raise NotThere("not-there", "没有找到", why="本批次没有这一条结果")
    return explain_row(row, lang)


def explain_row(row: StoredDetermination, lang: Language = Language.CHINESE) -> Explanation:
    """The calculation of a row.

    Raises:
        Clash: when its run is not finished, or the run's frozen facts give something else than it has kept.
    """
    run = row.run
    _demand_finished(run)
    city = frozen_city(run.city_hash)
    dossier, found = _again(run, city, row)
    _see_same(row, dossier, found)
    return _told(city, row, dossier, found, lang)


def _demand_finished(run: Run) -> None:
    if run.state != RunState.FINISHED:
        raise Clash(
            "run-not-finished", "认定批次没有完成", why="没有完成的批次没有结果", fix="请另选已完成的批次"
        )


def _again(run: Run, city: City, row: StoredDetermination) -> tuple[Dossier, Determination]:
    """The enterprise as it was, and its determination made anew."""
    law = Law(city, run.rulings, run.as_of, run.is_strict)
    for dossier in dossiers_of(facts_of_one(run.facts_hash, row.enterprise, city), city):
        for each in law.engine.determine(dossier, run.as_of):
            key = (each.document, each.measure_id, each.fact_kind, each.fact)
            if key == (row.document, row.measure_id, row.fact_kind, row.fact):
                return dossier, each
    raise _differs(row, ["fact"])


def _see_same(row: StoredDetermination, dossier: Dossier, found: Determination) -> None:
    now = as_plain(dict(zip(COLUMNS, row_of(dossier, found), strict=True)))
    unlike = [name for name in COLUMNS if getattr(row, name) != now[name]]
    if unlike:
        raise _differs(row, unlike)


def _differs(row: StoredDetermination, unlike: list[str]) -> Clash:
    return Clash(
        "trace-differs",
        "计算过程与保存的结果不一致",
        why=f"按存档事实重新计算，这些栏目不同：{'、'.join(unlike)}",
        fix="请复算该批次（duixian office verify），并报告审计",
        position=row.position,
    )


def _told(
    city: City, row: StoredDetermination, dossier: Dossier, found: Determination, lang: Language
) -> Explanation:
    fact = next(each for each in dossier.facts if (each.kind, each.id) == (found.fact_kind, found.fact))
    policy = city.policy(found.document) if found.document else None
    return Explanation(
        row=row,
        determination=found,
        clause_name=policy.clause(found.clause).name if policy else "",
        sentence=sentence_of(city, found),
        enterprise=subject_words(dossier, city.vocabulary),
        fact=fact_words(fact, city.vocabulary),
        steps=tuple(_step(line, found, lang) for line in found.trace),
        reason=reason_words(found, lang),
        basis=basis_words(found, lang),
        marks=tuple(mark_words(each, lang) for each in found.marks),
    )


def _step(line: TraceLine, found: Determination, lang: Language) -> ExplainedStep:
    clause = "" if line.clause in ("", found.clause) else line.clause
    return ExplainedStep(str(line.step), clause, trace_words(line, lang))
