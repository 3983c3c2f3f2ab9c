"""Determinations of the reference engine among the results of a batch (参照结果并入): for enterprises too entangled for the loop."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]

from duixian.exchange.results.words import basis_words, question_names, reason_words
from duixian.rules.determination import Determination
from duixian.wording import Language

_AFTER_ALL = 2**31
"""The order of facts that no measure is about."""


def replaced(
    table: Any,
    entangled: Sequence[str],
    decide: Callable[[Sequence[str]], Mapping[str, Sequence[Determination]]],
    language: Language,
) -> Any:
    """A block of results in which the rows of ``entangled`` enterprises are those that ``decide`` gives for their codes."""
    if not entangled:
        return table
    is_theirs = pc.is_in(table["enterprise"], pa.array(entangled, table["enterprise"].type))
    theirs = table.filter(is_theirs)
    told = {
        code: (name, area, owner)
        for code, name, area, owner in zip(
            *(theirs[each].to_pylist() for each in ("enterprise", "name", "area", "owner")), strict=True
        )
    }
    orders = dict(zip(theirs["measure_id"].to_pylist(), theirs["order"].to_pylist(), strict=True))
    rows = [
        _row(each, told[code], orders, language)
        for code, found in decide(entangled).items()
        for each in found
    ]
    new = pa.Table.from_pylist(rows, schema=table.schema)
    whole = pa.concat_tables([table.filter(pc.invert(is_theirs)), new]).unify_dictionaries()
    place = pa.array(range(len(whole)))
    order = pc.sort_indices(
        whole.append_column("place", place), [("owner", "ascending"), ("place", "ascending")]
    )
    return whole.take(order)


def _row(
    each: Determination, told: tuple[str, str, int], orders: Mapping[str, int], language: Language
) -> dict[str, Any]:
    name, area, owner = told
    share = each.share
    return {
        "enterprise": each.enterprise,
        "name": name,
        "document": each.document,
        "clause": each.clause,
        "measure_id": each.measure_id,
        "measure": each.measure,
        "row": each.row,
        "fact_kind": each.fact_kind,
        "fact": each.fact,
        "outcome": str(each.outcome),
        "ceiling_fen": each.ceiling_fen,
        "base_fen": each.base_fen,
        "amount_fen": each.amount_fen,
        "year": each.year,
        "reason": each.reason.code,
        "reason_words": reason_words(each, language),
        "missing": "；".join(each.missing),
        "city_fen": share.city_fen if share else None,
        "county_fen": share.county_fen if share else None,
        "basis": basis_words(each, language),
        "questions": "；".join(question_names(each)),
        "order": orders.get(each.measure_id, _AFTER_ALL),
        "area": area,
        "owner": owner,
    }
