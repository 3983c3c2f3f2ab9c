"""Awards in Parquet (结果文件): the columns that every engine writes from files to files, and reading them back as lines."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]

from bench.peers.checksum import BLOCK
from bench.peers.lines import NONE, Lines
from bench.peers.workload import rules
from bench.world.codes import credit_codes
from bench.world.columns import SLOTS, Int8, Int32, Int64
from duixian.credit_code import LENGTH
from duixian.rules.determination import Outcome

COLUMNS = (
    "enterprise",
    "measure_id",
    "row",
    "fact",
    "outcome",
    "ceiling_fen",
    "amount_fen",
    "city_fen",
    "county_fen",
)
"""Credit code, measure and row ids ("" for none), the fact's id, the outcome's word, sums in fen with null for unknown or none. More
columns may stand beside them."""

_NAME, _TEXT = pa.dictionary(pa.int32(), pa.string()), pa.large_string()
_TYPES = (_TEXT, _NAME, _NAME, _TEXT, _NAME, *[pa.int64()] * 4)
SCHEMA = pa.schema([
    pa.field(name, type_, nullable=name.endswith("_fen")) for name, type_ in zip(COLUMNS, _TYPES, strict=True)
])  # fmt: skip
"""As Duixian writes them: texts are never missing, so that nothing says of each that it is there."""
WRITING = {
    "compression": "snappy",
    "use_dictionary": [name for name, type_ in zip(COLUMNS, _TYPES, strict=True) if type_ is _NAME],
    "write_statistics": False,
    "write_batch_size": 1 << 15,  # a thirtieth of all the time less than in steps of 1,024 rows
}
"""How Duixian writes them."""


def award_lines(path: Path) -> Lines:
    """The lines of a file, each row's credit code held against its fact.

    Raises:
        ValueError: when a fact stands under another enterprise's code.
    """
    table = pq.read_table(path, columns=list(COLUMNS))
    fact = pc.cast(pc.utf8_slice_codeunits(_plain(table, "fact"), 1), pa.int32()).to_numpy()
    enterprise = (fact // SLOTS).astype(np.int32)
    _check_codes(_plain(table, "enterprise"), enterprise, path.name)
    return Lines(
        enterprise,
        _places(table, "measure_id", rules().measure_ids),
        _places(table, "row", rules().row_ids),
        fact,
        _places(table, "outcome", tuple(Outcome)),
        *(_fen(table, name) for name in COLUMNS[5:]),
    )


def _check_codes(codes: pa.Array, enterprise: Int32, name: str) -> None:
    """Codes have 18 bytes each, so that the text of the whole column is one table of bytes."""
    begin, text = codes.offset * LENGTH, codes.buffers()[2]
    rows = np.frombuffer(text, dtype=np.uint8)[begin : begin + len(codes) * LENGTH].reshape(-1, LENGTH)
    for start in range(0, len(codes), BLOCK):
        part = slice(start, start + BLOCK)
        if not np.array_equal(rows[part], credit_codes(enterprise[part].astype(np.int64) + 1)):
            raise ValueError(f"{name}: a fact stands under another enterprise's code")


def _plain(table: pa.Table, name: str) -> pa.Array:
    column = table[name].combine_chunks() if table[name].num_chunks != 1 else table[name].chunk(0)
    return column.cast(pa.string())


def _places(table: pa.Table, name: str, known: tuple[str, ...]) -> Int8:
    found = pc.index_in(_plain(table, name), value_set=pa.array([str(each) for each in known]))
    return np.asarray(pc.fill_null(found, NONE).to_numpy(), dtype=np.int8)


def _fen(table: pa.Table, name: str) -> Int64:
    return np.asarray(pc.fill_null(table[name].combine_chunks(), NONE).to_numpy(), dtype=np.int64)
