"""Results out by blocks: the CSV letter for letter as row by row, Parquet with the same cells, and never half a file."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]
import pytest
from hypothesis import given
from hypothesis import strategies as st

from duixian.exchange.columns import result_csv, result_parquet
from duixian.exchange.columns.result_columns import SCHEMA, as_written, in_order_met, yuan_of
from duixian.exchange.columns.result_csv import csv_lines
from duixian.exchange.columns.result_files import CSV, PARQUET, ResultFiles, write_blocks
from duixian.exchange.results.csv_out import csv_text
from duixian.exchange.results.determinations_csv import HEADER, determinations_csv
from duixian.money import MAX_FEN
from tests.exchange.columns.result_tables import result_table, with_texts
from tests.exchange.results.harbour import results

RUNS = (results(), results(strict=True))
TABLE = result_table(RUNS[0])
CELLS = st.text() | st.text(
    st.sampled_from(" \"',\r\n\t=+-@＝＋－＠a甲\u3000\u2003\u00a0\u0085\x1f"), max_size=5
)


@pytest.mark.parametrize("run", RUNS)
def test_the_csv_is_that_of_the_results_letter_for_letter(tmp_path: Path, run: Any) -> None:
    table = result_table(run)
    blocks = [table.slice(start, 2) for start in range(0, len(table), 2)]
    (path,) = write_blocks(blocks, tmp_path, [CSV])
    assert path.read_bytes().decode() == determinations_csv(run)


@given(st.lists(CELLS, max_size=6), st.sampled_from(["name", "fact", "measure"]))
def test_any_text_is_quoted_and_guarded_as_row_by_row(texts: list[str], name: str) -> None:
    clean = [text.encode("utf-8", "ignore").decode() for text in texts]
    table = TABLE.take(pa.array([0] * len(clean), pa.int64()))
    lines = bytes(csv_lines(with_texts(table, name, clean))).decode()
    plain = bytes(csv_lines(TABLE.slice(0, 1))).decode().removesuffix("\n").split(",")
    place = {"name": 1, "measure": 4, "fact": 5}[name]
    rows = [[*plain[:place], text, *plain[place + 1 :]] for text in clean]
    assert lines == csv_text((), rows).removeprefix("\n")


def test_parquet_holds_the_same_cells_with_amounts_as_numbers(tmp_path: Path) -> None:
    (path,) = write_blocks([TABLE.slice(0, 3), TABLE.slice(3)], tmp_path)
    written = pq.read_table(path)
    assert path.name == PARQUET
    assert written.schema.equals(SCHEMA)
    assert pq.ParquetFile(path).metadata.num_row_groups == 2
    assert written.column("最高金额").to_pylist() == [
        None if each.amount_fen is None else Decimal(each.amount_fen) / 100 for each in RUNS[0].determinations
    ]
    lines = determinations_csv(RUNS[0]).splitlines()[1:]
    for row, line in zip(written.to_pylist(), lines, strict=True):
        assert ["" if cell is None else str(cell) for cell in row.values()] == line.split(",")


def test_a_block_may_become_several_row_groups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(result_parquet, "ROWS_OF_A_GROUP", 3)
    monkeypatch.setattr(result_csv, "_ROWS_AT_ONCE", 2)
    parquet, csv = write_blocks([TABLE], tmp_path, [PARQUET, CSV])
    assert pq.ParquetFile(parquet).metadata.num_row_groups == -(-len(TABLE) // 3)
    assert csv.read_bytes().decode() == determinations_csv(RUNS[0])


def test_no_results_are_files_without_rows(tmp_path: Path) -> None:
    parquet, csv = write_blocks([], tmp_path / "out", [PARQUET, CSV])
    assert pq.read_table(parquet).schema.equals(SCHEMA)
    assert csv.read_text("utf-8") == ",".join(HEADER) + "\n"


def test_what_breaks_off_leaves_the_file_that_was_there(tmp_path: Path) -> None:
    def blocks() -> Iterator[Any]:
        yield TABLE
        raise ZeroDivisionError

    write_blocks([TABLE], tmp_path)
    before = (tmp_path / PARQUET).read_bytes()
    with pytest.raises(ZeroDivisionError):
        write_blocks(blocks(), tmp_path, [PARQUET, CSV])
    assert [path.name for path in tmp_path.iterdir()] == [PARQUET]
    assert (tmp_path / PARQUET).read_bytes() == before


def test_what_cannot_be_written_is_told_and_leaves_nothing(tmp_path: Path) -> None:
    for number_of_good_blocks in (0, 1):
        with pytest.raises(KeyError), ResultFiles(tmp_path, [PARQUET, CSV]) as files:  # noqa: PT012
            for _ in range(number_of_good_blocks):
                files.write(TABLE)
            files.write(TABLE.drop_columns(["outcome"]))
            assert files.rows == len(TABLE) * (number_of_good_blocks + 1)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("fen", [0, 1, 99, 100, MAX_FEN, -1, None])
def test_fen_are_yuan_with_the_point_set(fen: int | None) -> None:
    array = pa.array([5, fen, None], pa.int64()).slice(1)
    assert yuan_of(array).to_pylist() == [None if fen is None else Decimal(fen).scaleb(-2), None]


@given(st.lists(st.none() | st.sampled_from("甲乙丙丁"), max_size=40), st.permutations("甲甲乙丙丁戊"))
def test_the_list_of_names_follows_from_the_rows_alone(rows: list[str | None], known: list[str]) -> None:
    places = pa.array([None if row is None else known.index(row) for row in rows], pa.int8())
    names = in_order_met(pa.DictionaryArray.from_arrays(places, pa.array(known)))
    assert names.to_pylist() == rows
    assert names.dictionary.to_pylist() == list(dict.fromkeys(row for row in rows if row is not None))


def test_names_may_come_as_plain_texts() -> None:
    plain = with_texts(TABLE, "outcome", TABLE.column("outcome").to_pylist())
    place = plain.column_names.index("outcome")
    plain = plain.set_column(place, "outcome", plain.column("outcome").cast(pa.string()))
    assert as_written(plain).equals(as_written(TABLE))
