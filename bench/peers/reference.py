"""The law itself (参照引擎) on a stretch of the world: thousands of enterprises, to hold the peers against."""

from __future__ import annotations

import numpy as np

from bench.peers.lines import NONE, Lines
from bench.peers.workload import AS_OF, city, rules
from bench.world.columns import SLOTS, Columns
from bench.world.dossiers import dossiers
from bench.world.tables import fact_tables
from duixian.evaluate.engine import Engine
from duixian.rules.determination import Determination, Outcome

_OUTCOMES = {outcome: code for code, outcome in enumerate(Outcome)}


def reference_lines(columns: Columns) -> Lines:
    """What the reference engine gives, dossier by dossier and in its own order."""
    engine = Engine(city())
    found = [
        _line(each)
        for dossier in dossiers(fact_tables(columns), city().vocabulary)
        for each in engine.determine(dossier, AS_OF)
    ]
    types = (np.int32, np.int8, np.int8, np.int32, np.int8, np.int64, np.int64, np.int64, np.int64)
    return Lines(
        *(
            np.array(column, dtype=type_)
            for column, type_ in zip(zip(*found, strict=True), types, strict=True)
        )
    )


def _line(each: Determination) -> tuple[int, ...]:
    number, share = int(each.fact[1:]), each.share
    return (
        number // SLOTS,
        rules().measure_ids.index(each.measure_id) if each.measure_id else NONE,
        rules().row_ids.index(each.row) if each.row else NONE,
        number,
        _OUTCOMES[each.outcome],
        *(NONE if sum_ is None else sum_ for sum_ in (each.ceiling_fen, each.amount_fen)),
        *(
            NONE if share is None or part is None else part
            for part in ((share.city_fen, share.county_fen) if share else (None, None))
        ),
    )
