"""One enterprise out of large tables (大表中的一家企业): read as columns, and only its own rows become a dossier."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]

from duixian.exchange.columns.block_reading import read_blocks
from duixian.exchange.columns.dossiers import dossiers_of
from duixian.exchange.tables.facts import FactReading
from duixian.rules.fact import Dossier
from duixian.rules.policy import City
from duixian.rules.vocabulary import FieldType
from duixian.source.normalise import fold


def read_one(facts: Path, city: City, wanted: str) -> FactReading:
    """The facts of the enterprises that bear this credit code or name, and what was wrong with any of the tables."""
    reading = read_blocks(facts, city)
    found: list[Dossier] = []
    for block in reading:
        codes = _codes(block.tables, city, fold(wanted))
        if codes:
            found += dossiers_of(_rows_of(block.tables, city, codes), city)
    return FactReading(tuple(found), reading.problems, reading.uncertain, reading.tables)


def _codes(tables: Mapping[str, Any], city: City, wanted: str) -> list[str]:
    """The codes of this block that are meant: the code itself, or those that bear the name."""
    code = wanted.upper()
    if any(
        pc.any(
            pc.equal(table[_code_field(city, kind)], pa.scalar(code, table[_code_field(city, kind)].type))
        ).as_py()
        for kind, table in tables.items()
    ):
        return [code]
    subject = city.vocabulary.subject
    name = subject.field_of_type(FieldType.TEXT)
    if subject.name not in tables or name not in tables[subject.name].column_names:
        return []
    table = tables[subject.name]
    named = zip(table[_code_field(city, subject.name)].to_pylist(), table[name].to_pylist(), strict=True)
    return [each for each, text in named if text is not None and fold(text) == wanted]


def _rows_of(tables: Mapping[str, Any], city: City, codes: list[str]) -> dict[str, Any]:
    return {
        kind: table.filter(pc.is_in(table[field], pa.array(codes, table[field].type)))
        for kind, table in tables.items()
        for field in [_code_field(city, kind)]
    }


def _code_field(city: City, kind: str) -> str:
    return city.vocabulary.kinds[kind].field_of_type(FieldType.CREDIT_CODE)
