"""Determinations as answers (认定结果答复): what a measure gives at most, step by step, and what other answers would change.

Four numbers stay apart: ceiling, base, rate, and the most that is left after choice and limits (``amount_fen``). What is paid is decided
later. null is unknown, never zero.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

from duixian.exchange.results.words import basis_words, mark_words, reason_words
from duixian.office.api.schema import Schema
from duixian.rules.determination import Determination, TraceLine
from duixian.wording import Language, trace_words


class LineAnswer(Schema):
    """A step of the calculation (计算过程)."""

    step: str
    code: str
    clause: str
    words: str


class ShareAnswer(Schema):
    """Who bears it (分担), in fen; null while the fiscal rule is unknown."""

    city_fen: int | None
    county_fen: int | None
    basis: str


class MarkAnswer(Schema):
    """An open question that touches this (口径标记): what another option would give."""

    question: str
    option: str
    outcome: str
    amount_fen: int | None
    words: str


class DeterminationAnswer(Schema):
    """What one measure gives for one fact (认定结果)."""

    document: str
    clause: str
    measure_id: str
    measure: str
    row: str
    fact_kind: str
    fact: str
    year: int | None
    outcome: str
    ceiling_fen: int | None
    base_fen: int | None
    rate: str | None
    is_exact: bool
    amount_fen: int | None
    reason: str
    trace: list[LineAnswer]
    share: ShareAnswer | None
    marks: list[MarkAnswer]
    missing: list[str]


class ProblemAnswer(Schema):
    """Something in the dossier that its author should know (问题)."""

    code: str
    severity: str
    where: str
    what: str
    why: str
    fix: str


class EvaluationAnswer(Schema):
    """What the city's policies give for a dossier (测算结果): a ceiling, no promise; nothing of it is stored.

    ``rulings`` are the answers that were given, and those that hold where another would change something. ``total_fen`` adds up what
    is known; ``open`` counts the determinations whose amount is not.
    """

    as_of: date
    rulings: dict[str, str]
    determinations: list[DeterminationAnswer]
    total_fen: int
    open: int
    problems: list[ProblemAnswer]
    note: str


def determination_answer(each: Determination, language: Language) -> dict[str, Any]:
    """A determination with its words."""
    return {
        "document": each.document,
        "clause": each.clause,
        "measure_id": each.measure_id,
        "measure": each.measure,
        "row": each.row,
        "fact_kind": each.fact_kind,
        "fact": each.fact,
        "year": each.year,
        "outcome": each.outcome,
        "ceiling_fen": each.ceiling_fen,
        "base_fen": each.base_fen,
        "rate": _exact(each.rate),
        "is_exact": each.is_exact,
        "amount_fen": each.amount_fen,
        "reason": reason_words(each, language),
        "trace": [_line(line, language) for line in each.trace],
        "share": _share(each, language),
        "marks": [
            {
                "question": mark.interpretation,
                "option": mark.option,
                "outcome": mark.outcome,
                "amount_fen": mark.amount_fen,
                "words": mark_words(mark, language),
            }
            for mark in each.marks
        ],
        "missing": list(each.missing),
    }


def _line(line: TraceLine, language: Language) -> dict[str, Any]:
    return {
        "step": line.step,
        "code": line.code,
        "clause": line.clause,
        "words": trace_words(line, language),
    }


def _share(each: Determination, language: Language) -> dict[str, Any] | None:
    if each.share is None:
        return None
    return {
        "city_fen": each.share.city_fen,
        "county_fen": each.share.county_fen,
        "basis": basis_words(each, language),
    }


def _exact(rate: Fraction | None) -> str | None:
    return None if rate is None else str(rate)
