"""Blocks of whole enterprises (分块): cutting facts by credit code, and how they travel from one worker to another.

All facts of an enterprise must meet in one place. The credit codes are cut into ranges of about equally many rows, from a sample;
a block is everything within one range. What travels is a *parcel*: ``(block, kind, payload)``, where the payload is an Arrow
stream with the rows of one kind that belong to one block. Nothing here knows Spark: batches come in and batches go out.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import accumulate, pairwise

import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]

PARCEL = pa.schema([("block", pa.int32()), ("kind", pa.string()), ("payload", pa.binary())])
SAMPLE = pa.schema([("code", pa.string()), ("rows", pa.int64())])

PACKED_ROWS = 1 << 18
"""How many rows are cut up at once: enough for the parcels not to be tiny, few enough for a small worker."""
SAMPLED = 97
"""One code in so many is looked at when the ranges are chosen."""
FEW_NAMES = 1 << 10
"""A dictionary goes along with every parcel as long as it is as short as that; else the texts themselves travel."""


@dataclass(frozen=True, slots=True)
class Sampler:
    """Reads batches of one kind and gives a sample of its credit codes, each with the number of rows it stands for."""

    code: str

    def __call__(self, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            codes = batch.column(self.code)[::SAMPLED]
            rows = np.full(len(codes), SAMPLED, np.int64)
            rows[-1:] = batch.num_rows - SAMPLED * (len(codes) - 1)
            yield pa.record_batch([codes.cast(pa.string()), pa.array(rows)], schema=SAMPLE)


def edges(sample: pa.Table, blocks: int) -> tuple[str, ...]:
    """The first credit code of every block but the first: at most ``blocks`` ranges of about equally many rows."""
    ordered = sample.filter(pc.is_valid(sample["code"])).sort_by("code")
    codes, upto = ordered["code"].to_pylist(), list(accumulate(ordered["rows"].to_pylist()))
    if not upto:
        return ()
    wanted = (bisect_left(upto, upto[-1] * block // blocks) for block in range(1, blocks))
    return tuple(sorted({codes[place] for place in wanted} - {codes[0]}))


@dataclass(frozen=True, slots=True)
class Packer:
    """Cuts batches of one kind into parcels (打包). A fact without a credit code belongs to nobody: ``ValueError``."""

    kind: str
    code: str
    edges: tuple[str, ...]

    def __call__(self, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for table in _some_at_once(batches):
            yield self._parcels(table)

    def _parcels(self, table: pa.Table) -> pa.RecordBatch:
        blocks = self._blocks(table[self.code])
        order = np.argsort(blocks, kind="stable")
        table = _light(table).take(pa.array(order)).combine_chunks()
        starts = np.searchsorted(blocks[order], np.arange(len(self.edges) + 2))
        filled = [(n, a, b) for n, (a, b) in enumerate(pairwise(starts.tolist())) if b > a]
        payloads = [_payload(table.slice(a, b - a)) for _, a, b in filled]
        return pa.record_batch(
            [[n for n, _, _ in filled], [self.kind] * len(filled), payloads], schema=PARCEL
        )

    def _blocks(self, codes: pa.ChunkedArray) -> np.ndarray:
        if codes.null_count:
            raise ValueError(f"{self.kind}: {codes.null_count} rows without a credit code")
        # As bytes: their order is the order of the kernel's results.
        written: np.ndarray = codes.cast(pa.binary()).to_numpy().astype("S")
        return np.searchsorted(np.array([edge.encode() for edge in self.edges], "S"), written, side="right")


def opened(parcels: Iterable[pa.RecordBatch], codes: Mapping[str, str]) -> dict[int, dict[str, pa.Table]]:
    """The typed tables of every block that the parcels hold (拆包): block → kind → rows in order of credit code.

    A worker is handed one block; should Spark ever put two into one hand, they stay apart.
    """
    found: dict[int, dict[str, list[pa.Table]]] = {}
    for batch in parcels:
        block, kind, payload = batch.columns
        for n, name, each in zip(block.to_pylist(), kind.to_pylist(), payload, strict=True):
            rows = pa.ipc.open_stream(each.as_buffer()).read_all()
            found.setdefault(n, {}).setdefault(name, []).append(rows)
    return {
        n: {kind: _in_order(tables[kind], codes[kind]) for kind in sorted(tables)}
        for n, tables in sorted(found.items())
    }


def plain(table: pa.Table) -> pa.Table:
    """The same table without dictionaries and large texts, of which Spark knows nothing."""
    return table.cast(pa.schema([pa.field(each.name, _plain_type(each.type)) for each in table.schema]))


def _plain_type(type_: pa.DataType) -> pa.DataType:
    inner = type_.value_type if pa.types.is_dictionary(type_) else type_
    return pa.string() if pa.types.is_large_string(inner) else inner


def _light(table: pa.Table) -> pa.Table:
    """The same table without long dictionaries: a part of its rows would carry the names of all."""
    table = table.unify_dictionaries()
    fields = [
        field.with_type(_plain_type(field.type)) if _has_many_names(column) else field
        for field, column in zip(table.schema, table.columns, strict=True)
    ]
    return table.cast(pa.schema(fields))


def _has_many_names(column: pa.ChunkedArray) -> bool:
    return pa.types.is_dictionary(column.type) and any(
        len(each.dictionary) > FEW_NAMES for each in column.chunks
    )


def _in_order(parts: list[pa.Table], code: str) -> pa.Table:
    if any(part.schema != parts[0].schema for part in parts):
        # Files of one kind may differ in the columns they have: what one lacks is missing there.
        table = pa.concat_tables(map(plain, parts), promote_options="permissive")
    else:
        table = pa.concat_tables(parts).unify_dictionaries()
    return table.take(pc.sort_indices(table[code]))


def _some_at_once(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.Table]:
    """Batches of one schema, gathered to a good size. Two files of a kind may have different columns."""
    held: list[pa.RecordBatch] = []
    for batch in filter(len, batches):
        if held and (batch.schema != held[0].schema or sum(map(len, held)) >= PACKED_ROWS):
            yield pa.Table.from_batches(held)
            held = []
        held.append(batch)
    if held:
        yield pa.Table.from_batches(held)


def _payload(table: pa.Table) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as stream:
        stream.write_table(table)
    return bytes(sink.getvalue())
