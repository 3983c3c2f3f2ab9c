"""The facts of a day as one file (事实存档): a Parquet table for each kind, in an archive that names them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
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
    found = {}
    with open_file(digest) as file, zipfile.ZipFile(file) as kept:
        for name in kept.namelist():
            kind = name.removesuffix(_ENDING)
            field = of.vocabulary.kinds[kind].field_of_type(FieldType.CREDIT_CODE)
            table = pq.read_table(pa.BufferReader(kept.read(name)), filters=[(field, "=", code)])
            if len(table):
                found[kind] = table
    return found


def _parquet(table: Any) -> bytes:
    into = pa.BufferOutputStream()
    # The schema of Arrow goes along, so that names come back as lists of names.
    pq.write_table(table, into, compression="zstd", compression_level=1, row_group_size=1 << 17)
    return bytes(into.getvalue())
