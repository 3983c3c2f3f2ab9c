"""Blocks hold what dossiers hold: from clean tables and dirty ones, sorted and not, kept in memory, streamed or put on disk."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]
import pytest
from hypothesis import given
from hypothesis import strategies as st

from duixian.credit_code import make_code
from duixian.exchange.columns import block_reading, kept_pieces
from duixian.exchange.columns.block_reading import Block, BlockLimits, read_blocks
from duixian.exchange.columns.broken_off import BrokenOff
from duixian.exchange.columns.dossiers import dossiers_of
from duixian.exchange.columns.typed import arrow_type
from duixian.exchange.tables.facts import read_facts
from duixian.exchange.tables.findings import TOLD_ONE_BY_ONE
from tests.exchange.columns.arrow_columns import ARRAYS
from tests.exchange.columns.dirty_tables import CODES, dirty_table
from tests.exchange.columns.same_reading import (
    FORGETFUL,
    ON_DISK,
    STREAMED,
    WAYS,
    assert_same,
    placeless,
    write_arrow,
    write_parquet,
)
from tests.exchange.results.harbour import FACTS, harbour
from tests.exchange.small_city import CITY, EAST, EAST_NAME, WEST
from tests.exchange.written import (
    PROJECT_HEADER,
    project,
    write_csv,
    write_enterprises,
    write_xlsx,
)

FILES = ["企业", "企业_2", "认定", "认定_2", "投资项目", "已兑付"]
PROJECT_TYPES = {
    "编号": ("int64", "string"),
    "统一社会信用代码": ("string",),
    "企业名称": ("string", "int8", "null"),
    "类别": ("string", "list"),
    "年度": ("int64", "uint16", "float64", "string"),
    "有效投入额": ("int64", "uint64", "float64", "decimal(18,2)", "decimal(38,0)", "string"),
    "竣工日期": ("date32", "date64", "timestamp(ms)", "timestamp(ns)", "string"),
    "存量企业": ("bool", "int8", "string"),
    "设备台数": ("int8", "decimal(20,4)", "time", "string"),
}


def _columns(rows: list[Mapping[str, object]]) -> dict[str, Any]:
    return {name: [row.get(name) for row in rows] for name in rows[0]}


def _projects(codes: list[str], first: int = 1) -> dict[str, Any]:
    """Clean projects, one for each code."""
    return _columns(
        [
            {
                "编号": f"P{place:04}",
                "统一社会信用代码": code,
                "有效投入额": 10 * place,
                "竣工日期": date(2026, 1, 1),
            }
            for place, code in enumerate(codes, first)
        ]
    )


def _enterprises(codes: list[str]) -> dict[str, Any]:
    return {"统一社会信用代码": codes, "企业名称": [f"样例{code[-4:]}有限公司" for code in codes]}


def _codes_of(block: Block, kind: str) -> list[str]:
    codes: list[str] = block.tables[kind].column("统一社会信用代码").to_pylist()
    return codes


@pytest.mark.parametrize("limits", WAYS)
def test_a_folder_of_csv_tables_is_read_the_same(limits: BlockLimits) -> None:
    assert_same(FACTS, harbour(), limits)


@given(st.data())
def test_dirty_tables_are_read_the_same_on_every_way(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("facts")
    for name in data.draw(st.lists(st.sampled_from(FILES), unique=True, min_size=1)):
        write_parquet(folder / f"{name}.parquet", data.draw(dirty_table(name.partition("_")[0])))
    assert_same(folder, CITY, data.draw(st.sampled_from(WAYS)), data.draw(st.integers(1, 5)))


@given(st.data())
def test_typed_tables_are_read_the_same_on_every_way(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("facts")
    count = data.draw(st.integers(0, 7))
    columns = {}
    for name, types in PROJECT_TYPES.items():
        type_, values = ARRAYS[data.draw(st.sampled_from(types))]
        cells = st.none() | (st.sampled_from(CODES) if name == "统一社会信用代码" else values)
        columns[name] = pa.array(data.draw(st.lists(cells, min_size=count, max_size=count)), type_)
    write_parquet(folder / "投资项目.parquet", columns)
    write_enterprises(folder)
    assert_same(folder, CITY, data.draw(st.sampled_from(WAYS)))


def test_tables_of_columns_and_of_rows_are_read_together(tmp_path: Path) -> None:
    write_enterprises(tmp_path)
    write_parquet(tmp_path / "投资项目.parquet", _projects([*CODES, EAST, WEST]))
    write_csv(
        tmp_path / "投资项目_补.csv", PROJECT_HEADER, project("P0001"), project("Q1"), project("Q2", "很多")
    )
    rows = [("编号", "企业名称", "称号"), ("F1", EAST_NAME, "CMMI3"), ("F2", "西海样例电气", "CMMI3")]
    write_xlsx(tmp_path / "认定.xlsx", {"认定": rows})
    for limits in WAYS:
        reading = assert_same(tmp_path, CITY, limits)
        assert len(reading.uncertain) == 1


@pytest.mark.parametrize("limits", WAYS)
def test_blocks_follow_each_other_and_every_enterprise_is_whole(
    tmp_path: Path, limits: BlockLimits, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("duixian.exchange.columns.census.MARKED_EVERY", 1)
    write_parquet(tmp_path / "企业.parquet", _enterprises(CODES))
    write_parquet(tmp_path / "投资项目.parquet", _projects(CODES[::-1] if limits is ON_DISK else CODES))
    write_parquet(tmp_path / "投资项目_2.parquet", _projects(CODES[3:], 101))
    blocks = list(read_blocks(tmp_path, CITY, limits=limits, enterprises_per_block=4))
    assert [block.enterprises for block in blocks] == [4, 4, 4, 4, 4]
    assert [block.last for block in blocks] == CODES[3::4]
    for place, block in enumerate(blocks):
        own = CODES[4 * place : 4 * place + 4]
        assert _codes_of(block, "企业") == own
        assert _codes_of(block, "投资项目") == sorted([*own, *(set(own) & set(CODES[3:]))])


def test_a_block_tells_whose_each_row_is() -> None:
    projects = pa.table({"统一社会信用代码": [CODES[3], CODES[1], CODES[3]], "编号": ["P1", "P2", "P3"]})
    (block,) = read_blocks({"企业": pa.table(_enterprises(CODES)), "投资项目": projects}, CITY)
    assert block.owners is not None
    assert block.owners["企业"].tolist() == list(range(len(CODES)))
    assert block.owners["投资项目"].tolist() == [1, 3, 3]


def test_unless_some_enterprise_is_described_nowhere() -> None:
    table = pa.table({"统一社会信用代码": [EAST], "编号": ["P1"]})
    (block,) = read_blocks({"投资项目": table}, CITY)
    assert block.owners is None


def test_columns_have_the_types_that_were_agreed(tmp_path: Path) -> None:
    kinds = harbour().vocabulary.kinds
    for block in read_blocks(FACTS, harbour()):
        for kind, table in block.tables.items():
            for field in table.schema:
                assert field.type == arrow_type(kinds[kind].fields[field.name].type)


def test_arrow_and_feather_files_are_read_as_parquet_is(tmp_path: Path) -> None:
    readings = []
    for name, write in (("a.parquet", write_parquet), ("b.arrow", write_arrow), ("c.feather", write_arrow)):
        folder = tmp_path / name
        folder.mkdir()
        suffix = Path(name).suffix
        write(folder / f"企业{suffix}", _enterprises(CODES))
        write(folder / f"投资项目{suffix}", _projects([*CODES[::-1], "坏代码"]))
        for limits in WAYS:
            reading = read_blocks(folder, CITY, limits=limits)
            dossiers = [dossiers_of(block.tables, CITY) for block in reading]
            problems = [(problem.code, problem.place.line, problem.found) for problem in reading.problems]
            readings.append((dossiers, problems, [(each.rows, each.kept) for each in reading.tables]))
    assert all(each == readings[0] for each in readings)
    assert readings[0][1] == [("exchange.bad-credit-code", 21, "***")]


def test_a_single_arrow_file_is_named_by_its_kind(tmp_path: Path) -> None:
    write_arrow(tmp_path / "投资项目.arrow", _projects(CODES))
    write_arrow(tmp_path / "名单.arrow", _projects(CODES))
    (block,) = read_blocks(tmp_path / "投资项目.arrow", CITY)
    assert block.enterprises == len(CODES)
    for name, code in (("名单.arrow", "unknown-single-table"), ("没有.arrow", "no-such-path")):
        reading = read_blocks(tmp_path / name, CITY)
        assert list(reading) == []
        assert [problem.code for problem in reading.problems] == [f"exchange.{code}"]


def test_what_an_arrow_file_is_not_is_told(tmp_path: Path) -> None:
    write_csv(tmp_path / "企业.csv", ("统一社会信用代码", "企业名称"), (EAST, EAST_NAME))
    (tmp_path / "认定.arrow").write_text("编号")
    (tmp_path / "认定_2.arrow").write_bytes(b"ARROW1" + b"\0" * 50)
    (tmp_path / "认定_3.feather").touch()
    (tmp_path / "认定_4.arrow").symlink_to(tmp_path / "认定.arrow")
    (tmp_path / "认定_5.arrow").mkdir()
    (tmp_path / "说明.arrow").touch()
    reading = read_blocks(tmp_path, CITY)
    assert [block.enterprises for block in reading] == [1]
    assert [f"{problem.code.removeprefix('exchange.')} {problem.place}" for problem in reading.problems] == [
        "wrong-format 认定.arrow",
        "corrupt-parquet 认定_2.arrow",
        "empty-file 认定_3.feather",
        "symlink 认定_4.arrow",
        "not-a-file 认定_5.arrow",
        "unknown-table 说明.arrow",
    ]


def test_tables_in_memory_are_read_by_their_kinds() -> None:
    amounts = pa.array([Decimal("1.23"), None], pa.decimal128(20, 2))
    table = pa.table({"编号": ["P2", "P1"], "统一社会信用代码": [WEST, EAST], "设备投入（万元）": amounts})
    reading = read_blocks({"投资项目": table, "企业": pa.table(_enterprises([EAST]))}, CITY)
    (block,) = reading
    assert block.tables["投资项目"].column("有效投入额").to_pylist() == [None, 12_300_00]
    assert [problem.code for problem in reading.problems] == ["exchange.enterprise-not-listed"]
    assert str(reading.problems[0].place) == "投资项目:1"
    impossible = pa.table(_projects([EAST])).set_column(
        3, "竣工日期", pa.array([10**7], pa.int32()).view(pa.date32())
    )
    reading = read_blocks({"投资项目": impossible}, CITY)
    assert list(reading) == []
    assert reading.problems[0].code == "exchange.corrupt-parquet"


def test_a_damaged_file_is_left_aside_as_by_rows(tmp_path: Path) -> None:
    write_enterprises(tmp_path)
    path = tmp_path / "投资项目.parquet"
    write_parquet(path, {**_projects(CODES), "企业名称": ["样例"] * 20})
    data = bytearray(path.read_bytes())
    chunk = pq.ParquetFile(path).metadata.row_group(5).column(4)
    for place in range(chunk.data_page_offset, chunk.data_page_offset + 12):
        data[place] = 0xFF
    path.write_bytes(bytes(data))
    reading = assert_same(tmp_path, CITY)
    assert [problem.code for problem in reading.problems] == ["exchange.corrupt-parquet"]
    for limits in (STREAMED, FORGETFUL):
        with pytest.raises(BrokenOff) as broken:
            list(read_blocks(tmp_path, CITY, limits=limits))
        assert broken.value.problem.code == "exchange.corrupt-parquet"
        assert broken.value.problem.place.file == "投资项目.parquet"


@pytest.mark.parametrize("short", [(0,), (1,), (0, 1)])
def test_pages_with_fewer_rows_than_the_file_promises_are_damage(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, short: tuple[int, ...]
) -> None:
    monkeypatch.setattr(kept_pieces, "_WORTH_TWO", 1)
    path = tmp_path / "企业.parquet"
    count = 1000
    codes = sorted(make_code("91", "320706", serial) for serial in range(count))
    table = pa.table(_enterprises(codes))
    pq.write_table(table, path, compression="none", use_dictionary=False, write_batch_size=count)
    data, group = bytearray(path.read_bytes()), pq.ParquetFile(path).metadata.row_group(0)
    for column in short:
        begin = group.column(column).data_page_offset
        place = data.index(_written(count), begin, begin + 60)
        data[place : place + 2] = _written(count - 5)
    path.write_bytes(bytes(data))
    reading = assert_same(tmp_path, CITY)
    assert "exchange.corrupt-parquet" in [problem.code for problem in reading.problems]
    assert not any(table.kept for table in reading.tables)
    for limits in (STREAMED, FORGETFUL):
        found: list[str] = []
        try:
            streamed = read_blocks(tmp_path, CITY, limits=limits)
            assert not sum(block.enterprises for block in streamed)
            found = [problem.code for problem in streamed.problems]
        except BrokenOff as broken:
            found = [broken.problem.code]
        assert "exchange.corrupt-parquet" in found


def _written(number: int) -> bytes:
    """A number of two bytes as Parquet writes it in its page headers."""
    doubled = 2 * number
    return bytes([doubled & 0x7F | 0x80, doubled >> 7])


def test_a_file_damaged_where_numbers_stand_is_left_aside(tmp_path: Path) -> None:
    write_enterprises(tmp_path)
    path = tmp_path / "投资项目.parquet"
    write_parquet(path, _projects(CODES))
    data = bytearray(path.read_bytes())
    chunk = pq.ParquetFile(path).metadata.row_group(2).column(0)
    for place in range(chunk.data_page_offset, chunk.data_page_offset + 12):
        data[place] = 0xFF
    path.write_bytes(bytes(data))
    for limits in WAYS:
        reading = read_blocks(tmp_path, CITY, limits=limits)
        assert [block.enterprises for block in reading] == [2]
        assert "exchange.corrupt-parquet" in [problem.code for problem in reading.problems]
        assert [table.kind for table in reading.tables] == ["企业"]


@pytest.mark.parametrize("limits", WAYS)
def test_floods_of_problems_are_told_by_row_whatever_the_order(tmp_path: Path, limits: BlockLimits) -> None:
    count = 3 * TOLD_ONE_BY_ONE
    codes = [CODES[place * 7 % len(CODES)] for place in range(count)]
    bad = {**_projects(codes), "有效投入额": [-1 if place % 3 else 5 for place in range(count)]}
    write_parquet(tmp_path / "投资项目.parquet", bad, 50)
    numbers = [f"D{place:04}" for place in range(count)]
    payments = {"编号": numbers, "统一社会信用代码": codes, "事实编号": ["无"] * count, "金额": [1] * count}
    write_parquet(tmp_path / "已兑付.parquet", payments, 50)
    write_parquet(tmp_path / "企业.parquet", _enterprises(CODES[1:]))
    reading = assert_same(tmp_path, CITY, limits, 3)
    assert len([problem for problem in reading.problems if problem.code == "exchange.more-of-the-same"]) == 2


def test_more_odd_rows_than_are_read_by_row_leave_the_table(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_enterprises(tmp_path)
    names = {"编号": [f"F{place}" for place in range(9)], "企业名称": [EAST_NAME] * 9, "称号": ["CMMI3"] * 9}
    write_parquet(tmp_path / "认定.parquet", names)
    monkeypatch.setattr("duixian.exchange.columns.first_pass.MOST_ROWS", 8)
    reading = read_blocks(tmp_path, CITY)
    assert [sorted(block.tables) for block in reading] == [["企业"]]
    assert [problem.code for problem in reading.problems] == ["exchange.too-many-rows"]
    assert [table.kind for table in reading.tables] == ["企业"]


def test_progress_is_told_table_by_table(tmp_path: Path) -> None:
    write_parquet(tmp_path / "投资项目.parquet", _projects(CODES), 8)
    told: list[tuple[str, int]] = []
    limits = BlockLimits(kept=0)
    list(read_blocks(tmp_path, CITY, limits=limits, progress=lambda table, rows: told.append((table, rows))))
    assert told == [("投资项目.parquet", 8), ("投资项目.parquet", 16), ("投资项目.parquet", 20)]


def test_a_reading_may_be_left_early(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("duixian.exchange.columns.census.MARKED_EVERY", 1)
    write_parquet(tmp_path / "投资项目.parquet", _projects(CODES), 2)
    blocks = iter(read_blocks(tmp_path, CITY, enterprises_per_block=2))
    assert next(blocks).enterprises == 2
    blocks.close()  # type: ignore[attr-defined]
    assert list(blocks) == []


def test_a_folder_without_tables_gives_no_block(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "nowhere"):
        assert_same(path, CITY)


def test_the_limits_are_those_of_this_machine() -> None:
    assert BlockLimits().enterprises == block_reading.ENTERPRISES_PER_BLOCK
    expected = read_facts(FACTS, harbour())
    (block,) = read_blocks(FACTS, harbour())
    assert dossiers_of(block.tables, harbour()) == placeless(expected.dossiers)
