"""Long text tables are read by columns as they are by rows: whatever quotes, breaks, encodings and stray cells they hold."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duixian.exchange.columns import csv_columns
from duixian.exchange.columns.block_reading import BlockLimits
from tests.exchange.columns.same_reading import assert_same
from tests.exchange.results.harbour import FACTS, harbour
from tests.exchange.small_city import CITY, EAST, EAST_NAME, WEST
from tests.exchange.written import ENTERPRISE_HEADER, ENTERPRISES, PROJECT_HEADER, csv_text, project

BY_COLUMNS = BlockLimits(least_text=1)
SPOOLED = BlockLimits(least_text=1, kept=0)
ON_DISK = BlockLimits(least_text=1, kept=0, sorted=0)
WAYS = (BY_COLUMNS, SPOOLED, ON_DISK)

HEADER = "编号,统一社会信用代码,有效投入额,竣工日期"
ROWS = (
    f"P1,{EAST},200万元,2026-06-30",
    f"P2,{WEST},2000000.5,2026年6月30日",
    f"P3,{EAST},\"2,000,000\",",
    f"P4,{EAST},1,",
    f"P1,{WEST},7,",
)  # fmt: skip
ODD = (
    "", ",,,", "   ", "合计,,3,", "注：以上为初步数,,,", HEADER, "P5", f"P6,{EAST},1,2026-06-30,", f"P7,{EAST},1,2026-06-30,x",
    f'"P8",{EAST},1,', f'"P9"x,{EAST},1,', f'P"10,{EAST},1,', f'"P""11",{EAST},1,', f'"P12,{EAST},1,', f'P13,"{EAST}\n",1,',
    f'P14,{EAST},"1\n\n\n",', f'"P15\r\n",{EAST},1,', '"', '""', f"P16,{EAST},-1,", f"P17,{EAST},1,昨天", f"=P18,{EAST},1,",
    f"P19,{EAST}\x00,1,", f"P20,{EAST},1,\u2028", f' "P21",{EAST},1,', "P22,,1,",
)  # fmt: skip
LINES = st.lists(
    st.sampled_from(ROWS) | st.sampled_from(ODD) | st.text(st.sampled_from('",\n\r甲1 '), max_size=8),
    max_size=14,
)


@contextmanager
def _pieces_of(characters: int) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(csv_columns, "BYTES_AT_ONCE", characters)
        yield


@pytest.mark.parametrize("limits", WAYS)
def test_a_folder_of_text_tables_is_read_the_same_by_columns(limits: BlockLimits) -> None:
    assert_same(FACTS, harbour(), limits)


@given(
    above=st.lists(st.sampled_from(["汇总表", "单位：万元", "", '"坏"的']), max_size=3),
    lines=LINES,
    ends=st.sampled_from(["\n", "\r\n", "\r"]),
    last=st.booleans(),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16"]),
    delimiter=st.sampled_from([",", ",", ",", "\t", ";", "|"]),
    limits=st.sampled_from(WAYS),
    characters=st.sampled_from([1, 30, 200, 1 << 24]),
)
def test_any_text_is_read_the_same_by_columns(
    tmp_path_factory: pytest.TempPathFactory,
    above: list[str],
    lines: list[str],
    ends: str,
    last: bool,
    encoding: str,
    delimiter: str,
    limits: BlockLimits,
    characters: int,
) -> None:
    folder = tmp_path_factory.mktemp("facts")
    text = ends.join([*above, HEADER, *lines]).replace(",", delimiter) + (ends if last else "")
    (folder / "投资项目.csv").write_bytes(text.encode(encoding))
    (folder / "企业.csv").write_text(csv_text(ENTERPRISE_HEADER, ENTERPRISES), "utf-8")
    with _pieces_of(characters):
        assert_same(folder, CITY, limits)


@given(st.lists(st.tuples(st.sampled_from("ab "), st.sampled_from(["合计", "P", ""])), max_size=6))
def test_columns_without_a_name_are_told_once(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str]]
) -> None:
    folder = tmp_path_factory.mktemp("facts")
    header = ("", *PROJECT_HEADER, "", "")
    filled: list[Any] = [(first, *project(f"P{place}"), "", word) for place, (first, word) in enumerate(rows)]
    filled.append(("", *project("X", date="昨天"), "y", ""))
    filled.append(("合计", "", "", "", "", "", "3"))
    (folder / "投资项目.csv").write_text(csv_text(header, filled), "utf-8")
    assert_same(folder, CITY, BY_COLUMNS)


def test_a_list_counted_by_ordinals_is_read_by_rows(tmp_path: Path) -> None:
    text = csv_text(
        ("序号", "信用代码", "称号", "企业名称"), [(n, EAST, "CMMI3", EAST_NAME) for n in range(20)]
    )
    (tmp_path / "认定.csv").write_text(text, "utf-8")
    reading = assert_same(tmp_path, CITY, BY_COLUMNS)
    assert reading.dossiers[0].facts[0].id == "认定-0"


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04", b"\xff\xfe\x00", b"a\x80b" * 20, b"\xe4\xb8\xad" * 20 + b"\xff\n"]
)
def test_what_is_no_text_is_told_the_same(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "投资项目.csv").write_bytes(content)
    assert_same(tmp_path, CITY, BY_COLUMNS)


@pytest.mark.parametrize("length", [99_990, 131_080, (1 << 20) + 5])
def test_a_line_without_an_end_is_told_the_same(tmp_path: Path, length: int) -> None:
    long = "x" * length
    text = f'{HEADER},企业名称\nP1,{EAST},1,,{long}\nP2,{EAST},1,,\nP3,{EAST},1,,"a\n{long}"\nP4,{EAST},1,,\n'
    (tmp_path / "投资项目.csv").write_text(text, "utf-8")
    assert_same(tmp_path, CITY, BY_COLUMNS)


def test_rows_beyond_the_limit_of_the_reader_of_rows_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from duixian.exchange.columns.block_reading import read_blocks

    monkeypatch.setattr("duixian.exchange.tables.rows.MOST_ROWS", 3)
    text = csv_text(PROJECT_HEADER, [project(f"P{n}") for n in range(50)])
    (tmp_path / "投资项目.csv").write_text(text, "utf-8")
    reading = read_blocks(tmp_path, CITY, limits=BY_COLUMNS)
    assert [len(block.tables["投资项目"]) for block in reading] == [50]
    assert reading.tables[0].kept == 50
