"""Whatever bytes stand in a table: problems, never an exception, and never more memory than the limits allow."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path

import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]
import pytest
from hypothesis import given
from hypothesis import strategies as st

from duixian.exchange.tables.facts import read_facts
from tests.exchange.small_city import CITY, EAST
from tests.exchange.tables.malformed.files import FILES
from tests.exchange.tables.malformed.workbooks import WORKBOOKS
from tests.exchange.written import RECOGNITION_HEADER, csv_text, recognition, write_xlsx

ROOT = Path(__file__).resolve().parents[3]
TEXT = csv_text(RECOGNITION_HEADER, [recognition("F1"), recognition("F2")]).encode()


def _workbook() -> dict[str, bytes]:
    stream = BytesIO()
    write_xlsx(stream, {"认定": [RECOGNITION_HEADER, recognition("F1"), ("F2", 1.5, "=1", None)]})
    with zipfile.ZipFile(stream) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _columns() -> bytes:
    stream = BytesIO()
    pq.write_table(pa.table({"编号": ["F1"], "统一社会信用代码": [EAST], "称号": ["CMMI3"]}), stream)
    return stream.getvalue()


PARTS, PARQUET = _workbook(), _columns()


def changed(data: bytes, place: int, cut: int, put: bytes) -> bytes:
    """The same bytes, some of them replaced."""
    start = place % (len(data) + 1)
    return data[:start] + put + data[start + cut :]


CHANGE = {"place": st.integers(0, 100_000), "cut": st.integers(0, 40), "put": st.binary(max_size=40)}


def _read(folder: Path, name: str, data: bytes) -> None:
    (folder / name).write_bytes(data)
    assert read_facts(folder / name, CITY).problems


@given(**CHANGE)
def test_no_text_is_beyond_reading(
    tmp_path_factory: pytest.TempPathFactory, place: int, cut: int, put: bytes
) -> None:
    _read(tmp_path_factory.mktemp("text"), "认定.csv", changed(TEXT, place, cut, put))


@given(part=st.sampled_from(sorted(PARTS)), **CHANGE)
def test_no_workbook_is_beyond_reading(
    tmp_path_factory: pytest.TempPathFactory, part: str, place: int, cut: int, put: bytes
) -> None:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in PARTS.items():
            archive.writestr(name, changed(data, place, cut, put) if name == part else data)
    _read(tmp_path_factory.mktemp("book"), "认定.xlsx", stream.getvalue())


@given(**CHANGE)
def test_no_parquet_is_beyond_reading(
    tmp_path_factory: pytest.TempPathFactory, place: int, cut: int, put: bytes
) -> None:
    _read(tmp_path_factory.mktemp("columns"), "认定.parquet", changed(PARQUET, place, cut, put))


MEASURE = """
import re, resource, sys
from pathlib import Path
from duixian.exchange.tables.facts import read_facts
from tests.exchange.small_city import CITY
for folder in sorted(Path(sys.argv[1]).iterdir()):
    assert read_facts(folder, CITY).problems, folder
# The high-water mark of this program alone: that of getrusage begins with the mark of whoever started it.
status = Path("/proc/self/status")
own = re.search(r"VmHWM:\\s+(\\d+)", status.read_text()) if status.is_file() else None
print(own[1] if own else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""
MOST_MEGABYTES = 600


def test_bombs_and_junk_stay_within_bounded_memory(tmp_path: Path) -> None:
    for number, case in enumerate((*WORKBOOKS, *FILES)):
        folder = tmp_path / f"{number:02}"
        folder.mkdir()
        case.make(folder)
    # Measured in a process of its own: the highest mark of memory never comes down again.
    run = subprocess.run(
        [sys.executable, "-c", MEASURE, str(tmp_path)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    assert int(run.stdout) < MOST_MEGABYTES * 1024
