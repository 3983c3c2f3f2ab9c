"""determinations.jsonl (结果与计算过程): one JSON object for each determination, with its whole trace.

Money is a whole number of fen, null while unknown; a rate is an exact fraction as text; dates are ISO. The four numbers of an
award stay apart: ``ceiling_fen``, ``base_fen``, ``rate`` and ``amount_fen``.
"""

from __future__ import annotations

import json
from datetime import date
from fractions import Fraction
from typing import Any

from duixian.exchange.results.receipt import Receipt, dossier_fingerprint
from duixian.exchange.results.results import Results
from duixian.exchange.results.words import basis_words
from duixian.rules.determination import Determination, Mark, TraceLine
from duixian.wording import Language, trace_words


def determinations_jsonl(results: Results, receipt: Receipt) -> str:
    """The determinations of a run, one JSON object a line, in the order of determinations.csv."""
    prints = {code: dossier_fingerprint(dossier) for code, dossier in results.dossiers.items()}
    return "".join(
        json.dumps(_object(each, results, receipt, prints[each.enterprise]), ensure_ascii=False) + "\n"
        for each in results.determinations
    )


def _object(each: Determination, results: Results, receipt: Receipt, dossier: str) -> dict[str, Any]:
    language = results.language
    return {
        "enterprise": each.enterprise,
        "name": results.name_of(each.enterprise),
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
        "rate": None if each.rate is None else str(each.rate),
        "is_exact": each.is_exact,
        "amount_fen": each.amount_fen,
        "reason": _line(each.reason, language),
        "trace": [_line(line, language) for line in each.trace],
        "share": _share(each, language),
        "marks": [_mark(mark) for mark in each.marks],
        "missing": list(each.missing),
        "dossier": dossier,
        "receipt": receipt.fingerprint,
    }


def _line(line: TraceLine, language: Language) -> dict[str, Any]:
    return {
        "step": line.step,
        "code": line.code,
        "clause": line.clause,
        "values": [_plain(value) for value in line.args],
        "words": trace_words(line, language),
    }


def _mark(mark: Mark) -> dict[str, Any]:
    return {
        "interpretation": mark.interpretation,
        "option": mark.option,
        "outcome": mark.outcome,
        "amount_fen": mark.amount_fen,
        "city_fen": mark.city_fen,
    }


def _share(each: Determination, language: Language) -> dict[str, Any] | None:
    if each.share is None:
        return None
    basis = basis_words(each, language)
    return {"city_fen": each.share.city_fen, "county_fen": each.share.county_fen, "basis": basis}


def _plain(value: object) -> Any:
    """A value of a trace line as JSON holds it."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Fraction):
        return str(value)
    if isinstance(value, tuple | list | frozenset):
        return [_plain(part) for part in value]
    return value if isinstance(value, bool | int | str) or value is None else str(value)
