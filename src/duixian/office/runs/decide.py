"""Deciding (认定): typed fact tables in, rows out; by the book for a few thousand facts, in bulk for more, the same rows either way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]

from duixian.evaluate.engine import Engine
from duixian.exchange.columns.dossiers import dossiers_of
from duixian.office.registry.typed_tables import counted
from duixian.office.runs.rows import joined, rows_of_batch, rows_of_determinations
from duixian.rules.policy import City
from duixian.rules.vocabulary import FieldType

SWITCH = 4_000
"""From so many facts on the kernel decides: there it has caught up with its start."""


class EngineName(StrEnum):
    """Which engine decided a run (引擎)."""

    REFERENCE = "reference"
    KERNEL = "kernel"


@dataclass(frozen=True, slots=True)
class Law:
    """What a run decides by (认定依据): the city, the answers to open questions, the day, and whether open ones hold awards back."""

    city: City
    rulings: Mapping[str, str]
    as_of: date
    is_strict: bool

    @property
    def engine(self) -> Engine:
        """The reference engine under these answers; one that was made for them before is taken again."""
        return _engine(self)


_MOST_ENGINES = 4
_engines: dict[tuple[int, tuple[tuple[str, str], ...], bool], Engine] = {}
"""By the city as it is in memory, which the engine keeps there. Making one ready costs more than a dossier."""


def _engine(law: Law) -> Engine:
    key = (id(law.city), tuple(sorted(law.rulings.items())), law.is_strict)
    engine = _engines.get(key)
    if engine is None:
        if len(_engines) >= _MOST_ENGINES:
            _engines.clear()
        engine = _engines[key] = Engine(law.city, law.rulings, strict=law.is_strict)
    return engine


@dataclass(frozen=True, slots=True)
class Decided:
    """What came of deciding (认定所得): ``rows`` as in ``rows.SCHEMA``, and the engine that they are of."""

    rows: Any
    engine: EngineName


def decide(tables: Mapping[str, Any], law: Law, engine: EngineName | None = None) -> Decided:
    """Decide all enterprises of typed fact tables; ``engine`` is taken by the number of facts when not named."""
    facts = counted(tables, law.city)[1]
    chosen = engine or (EngineName.KERNEL if facts >= SWITCH else EngineName.REFERENCE)
    if chosen is EngineName.KERNEL:
        rows = _in_bulk(tables, law)
        if rows is not None:
            return Decided(rows, EngineName.KERNEL)
    return Decided(_by_the_book(tables, law), EngineName.REFERENCE)


def _by_the_book(tables: Mapping[str, Any], law: Law) -> Any:
    engine = law.engine
    return rows_of_determinations(
        (each, engine.determine(each, law.as_of)) for each in dossiers_of(tables, law.city)
    )


def _in_bulk(tables: Mapping[str, Any], law: Law) -> Any | None:
    """The kernel's rows, and the book's where a choice is too entangled for it; None when a rule does not fit into its words."""
    # Compiled code is loaded only by whoever decides in bulk.
    from duixian.kernel.assembler import Unsuitable
    from duixian.kernel.kernel import Kernel

    try:
        kernel = Kernel(law.city, law.rulings, strict=law.is_strict)
    except Unsuitable:
        return None
    batch = kernel.determine(tables, law.as_of)
    if not batch.entangled:
        return rows_of_batch(batch.table)
    is_open = pc.is_in(batch.table["enterprise"], pa.array(batch.entangled, batch.table["enterprise"].type))
    settled = rows_of_batch(batch.table.filter(pc.invert(is_open)))
    return joined(settled, _by_the_book(_of_some(tables, law.city, batch.entangled), law))


def _of_some(tables: Mapping[str, Any], of: City, codes: Sequence[str]) -> dict[str, Any]:
    found = {}
    for kind, table in tables.items():
        field = of.vocabulary.kinds[kind].field_of_type(FieldType.CREDIT_CODE)
        found[kind] = table.filter(pc.is_in(table[field], pa.array(codes, table[field].type)))
    return found
