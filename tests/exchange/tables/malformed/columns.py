"""Parquet files with something wrong."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]

from tests.exchange.small_city import EAST
from tests.exchange.tables.malformed.case import malformed
from tests.exchange.written import PROJECT_HEADER, RECOGNITION_HEADER, project, recognition, write_csv


def _write(path: Path, **columns: object) -> None:
    pq.write_table(pa.table(columns), path)


@malformed("F1", "exchange.corrupt-parquet 投资项目.parquet", "exchange.wrong-format 投资项目_2.parquet")
def a_damaged_file_and_another_format(folder: Path) -> None:
    write_csv(folder / "认定.csv", RECOGNITION_HEADER, recognition("F1"))
    _write(folder / "投资项目.parquet", 编号=["P1"], 统一社会信用代码=[EAST])
    whole = (folder / "投资项目.parquet").read_bytes()
    (folder / "投资项目.parquet").write_bytes(whole[:-40])
    write_csv(folder / "投资项目_2.parquet", PROJECT_HEADER, project("P2"))


@malformed(
    "P1 P4",
    "exchange.bad-money 投资项目.parquet:2:3",
    "exchange.bad-money 投资项目.parquet:3:3",
)
def binary_fractions_that_are_no_amounts(folder: Path) -> None:
    amounts = [0.1 + 0.2, 1.005, float("inf"), None]
    _write(
        folder / "投资项目.parquet",
        编号=["P1", "P2", "P3", "P4"],
        统一社会信用代码=[EAST] * 4,
        有效投入额=amounts,
    )


@malformed(
    "P2",
    "exchange.unknown-column 投资项目_2.parquet:0:4",
    "exchange.column-type 投资项目_2.parquet:1:3",
)
def a_column_of_records(folder: Path) -> None:
    structs = [{"元": 1}]
    _write(
        folder / "投资项目_2.parquet", 编号=["P1"], 统一社会信用代码=[EAST], 有效投入额=structs, 其他=structs
    )
    amounts = pa.array([Decimal("12.30")], pa.decimal128(20, 2))
    _write(folder / "投资项目_3.parquet", 编号=["P2"], 统一社会信用代码=[EAST], 有效投入额=amounts)


COLUMNS = tuple(each for each in list(globals().values()) if type(each).__name__ == "Malformed")
