"""The demo city as dossiers and as typed tables, read once: hundreds of enterprises with facts of every kind of Lianyungang."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from duixian.exchange.columns.dossiers import dossiers_of
from duixian.exchange.columns.typed import typed_tables
from duixian.exchange.demo.write import write_demo_city
from duixian.exchange.tables.facts import read_facts
from duixian.kernel.kernel import Kernel
from duixian.rules.fact import Dossier
from tests.laws.real_city import lianyungang

AS_OF = date(2026, 12, 31)
SEED, ENTERPRISES = 7, 400
CODE = "统一社会信用代码"


@cache
def demo_dossiers() -> tuple[Dossier, ...]:
    """By credit code; as the tables tell them, where an enterprise has its name among its fields."""
    with TemporaryDirectory() as folder:
        summary = write_demo_city(Path(folder), SEED, ENTERPRISES)
        read = read_facts(summary.facts, lianyungang())
    return dossiers_of(typed_tables(read.dossiers, lianyungang()), lianyungang())


@cache
def demo_tables() -> dict[str, Any]:
    """The same as typed tables."""
    return typed_tables(demo_dossiers(), lianyungang())


@cache
def demo_kernel() -> Kernel:
    """The kernel of Lianyungang as decided."""
    return Kernel(lianyungang())


@cache
def strict_kernel() -> Kernel:
    """The same, with everything held back that an open question touches."""
    return Kernel(lianyungang(), strict=True)


def shuffled(tables: dict[str, Any]) -> dict[str, Any]:
    """The same rows in another order: every third row first, backwards."""
    return {
        kind: table.take(sorted(range(len(table)), key=lambda place: (place % 3, -place)))
        for kind, table in reversed(tables.items())
    }


def with_code(dossier: Dossier, code: str) -> Dossier:
    """The dossier of another enterprise that is alike."""
    facts = tuple(
        replace(each, enterprise=code, values={**each.values, CODE: code}) for each in dossier.facts
    )
    return replace(dossier, code=code, subject={**dossier.subject, CODE: code}, facts=facts)
