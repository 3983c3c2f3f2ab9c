"""What is kept is what a source holds, however many threads read it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pyarrow as pa  # type: ignore[import-untyped]
import pytest

from duixian.exchange.columns.kept_pieces import KeptPieces
from duixian.exchange.columns.sources import ROWS_OF_A_PIECE, MemorySource


@pytest.mark.parametrize("rows", [0, 10, ROWS_OF_A_PIECE, ROWS_OF_A_PIECE + 1])
def test_pieces_come_whole_and_in_order(rows: int) -> None:
    table = pa.table({name: pa.array(range(place, place + rows)) for place, name in enumerate("abcd")})
    kept = KeptPieces(MemorySource(table), ["a", "b", "d"])
    with ThreadPoolExecutor(2) as pool:
        kept.begin(pool)
        pieces = kept.pieces()
    assert [len(each) for each in pieces] == [ROWS_OF_A_PIECE] * (rows // ROWS_OF_A_PIECE) + [
        rows % ROWS_OF_A_PIECE
    ] * (rows % ROWS_OF_A_PIECE > 0)
    assert all(each.column_names == ["a", "b", "d"] for each in pieces)
    if pieces:
        assert pa.concat_tables(pieces).equals(table.select(["a", "b", "d"]))
