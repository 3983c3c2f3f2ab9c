"""The facts of a day as one file (事实存档): a Parquet table for each kind, in an archive that names them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]
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
        return _of_one(_kept_facts(digest).items(), code, of)
    with open_file(digest) as file, zipfile.ZipFile(file) as kept:
        tables = (
            (name.removesuffix(_ENDING), pq.read_table(pa.BufferReader(kept.read(name))))
            for name in kept.namelist()
        )
        return _of_one(tables, code, of)


_KEPT_BYTES = 8 << 20
"""An archive of up to so much stays in memory after its first use: a city of some ten thousand enterprises."""


@lru_cache(maxsize=2)
def _kept_facts(digest: str) -> dict[str, Any]:
    return facts_of(digest)


def _of_one(tables: Iterable[tuple[str, Any]], code: str, of: City) -> dict[str, Any]:
    found = {}
    for kind, table in tables:
        field = of.vocabulary.kinds[kind].field_of_type(FieldType.CREDIT_CODE)
        own = table.filter(pc.equal(table[field], pa.scalar(code, table[field].type)))
        if len(own):
            found[kind] = own
    return found


def _parquet(table: Any) -> bytes:
    into = pa.BufferOutputStream()
    # The schema of Arrow goes along, so that names come back as lists of names.
    pq.write_table(table, into, compression="zstd", compression_level=1, row_group_size=1 << 17)
    return bytes(into.getvalue())
