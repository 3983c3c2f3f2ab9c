"""The facts of a day as one file (事实存档): a Parquet table for each kind, in an archive that names them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]

from duixian.office.evidence.store import open_file
from duixian.office.runs.frozen_city import archive
from duixian.rules.policy import City
from duixian.rules.vocabulary import FieldType

_ENDING = ".parquet"


def freeze_facts(tables: Mapping[str, Any]) -> bytes:
    """Typed fact tables as bytes; equal tables give equal bytes."""
    return archive({f"{kind}{_ENDING}": _parquet(table) for kind, table in tables.items()})


def facts_from(archived: bytes) -> dict[str, Any]:
    """The typed fact tables of an archive, kind → ``pyarrow.Table``."""
    with zipfile.ZipFile(io.BytesIO(archived)) as kept:
        return {
            name.removesuffix(_ENDING): pq.read_table(pa.BufferReader(kept.read(name)))
            for name in kept.namelist()
        }


def facts_of(digest: str) -> dict[str, Any]:
    """The facts of a run, from the store."""
    with open_file(digest) as file:
        return facts_from(file.read())


def facts_of_one(digest: str, code: str, of: City) -> dict[str, Any]:
    """The facts of one enterprise of a run."""
    with open_file(digest) as file:
        is_small = file.seek(0, io.SEEK_END) <= _KEPT_BYTES
    if is_small:
        return _kept_facts(digest).of_one(code, of)
    with open_file(digest) as file, zipfile.ZipFile(file) as kept:
        found = {}
        for name in kept.namelist():
            kind = name.removesuffix(_ENDING)
            own = [(_code_field(kind, of), "==", code)]
            found[kind] = pq.read_table(pa.BufferReader(kept.read(name)), filters=own)
        return {kind: table for kind, table in found.items() if len(table)}


_KEPT_BYTES = 8 << 20
"""An archive of up to so much stays in memory after its first use: a city of some ten thousand enterprises."""


class _KeptFacts:
    """The facts of a run in memory (留存事实), and where in each table those of each enterprise stand."""

    def __init__(self, tables: dict[str, Any]) -> None:
        self._tables = tables
        self._rows: dict[str, dict[str, list[int]]] = {}

    def of_one(self, code: str, of: City) -> dict[str, Any]:
        """The facts of one enterprise."""
        found = {kind: self._rows_of(kind, of).get(code) for kind in self._tables}
        return {kind: self._tables[kind].take(rows) for kind, rows in found.items() if rows}

    def _rows_of(self, kind: str, of: City) -> dict[str, list[int]]:
        rows = self._rows.get(kind)
        if rows is None:
            rows = {}
            for row, code in enumerate(self._tables[kind][_code_field(kind, of)].to_pylist()):
                rows.setdefault(code, []).append(row)
            self._rows[kind] = rows
        return rows


@lru_cache(maxsize=2)
def _kept_facts(digest: str) -> _KeptFacts:
    return _KeptFacts(facts_of(digest))


def _code_field(kind: str, of: City) -> str:
    return of.vocabulary.kinds[kind].field_of_type(FieldType.CREDIT_CODE)


def _parquet(table: Any) -> bytes:
    into = pa.BufferOutputStream()
    # The schema of Arrow goes along, so that names come back as lists of names.
    pq.write_table(table, into, compression="zstd", compression_level=1, row_group_size=1 << 17)
    return bytes(into.getvalue())
