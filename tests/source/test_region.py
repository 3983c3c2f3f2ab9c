"""regions.csv, units.csv and fiscal.csv: every bad cell by its row and column, the good rows kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from duixian.source.region import AREA_COLUMNS, FISCAL_COLUMNS, UNIT_COLUMNS, read_region, written_names
from duixian.source.report import Report

HEAD = ",".join(AREA_COLUMNS)
UNIT_HEAD = ",".join(UNIT_COLUMNS)
FISCAL_HEAD = ",".join(FISCAL_COLUMNS)


def _read(
    folder: Path, areas: str = "", units: str = "", fiscal: str | None = None
) -> tuple[object, list[str]]:
    (folder / "regions.csv").write_text(
        f"{HEAD}\n1,甲市,市,,,,,\n2,乙区,区,乙;小乙,甲市,,,\n{areas}", "utf-8"
    )
    (folder / "units.csv").write_text(f"{UNIT_HEAD}\n{units}", "utf-8")
    if fiscal is not None:
        (folder / "fiscal.csv").write_text(f"{FISCAL_HEAD}\n{fiscal}", "utf-8")
    report = Report()
    region = read_region(folder, report)
    shown = [
        f"{Path(problem.place.file).name}:{problem.place.line}:{problem.place.column} {problem.code.removeprefix('source.')}"
        for problem in report.sorted()
    ]
    return region, shown


@pytest.mark.parametrize(
    ("areas", "shown"),
    [
        ("3,丙,州,,,,,\n", "regions.csv:4:3 csv-cell"),
        ("3,,县,,,,,\n", "regions.csv:4:3 csv-cell"),
        ("3,丙县,县,,甲省,,,\n", "regions.csv:4:5 unknown-parent"),
        ("3,丙县,县,,,明天,,\n", "regions.csv:4:6 csv-cell"),
        ("3,丙县,县,,\n", "regions.csv:4:0 ragged-row"),
        ("3,乙区,区,,,,,\n", "regions.csv:4:2 duplicate-id"),
        ("3,丙县,县,小乙,,,,\n", "regions.csv:4:4 alias-collision"),
        ('3,"丙\n县",县,,,,,\n4,丁,州,,,,,\n', "regions.csv:6:3 csv-cell"),
    ],
)
def test_a_bad_area_is_told_by_row_and_column(areas: str, shown: str, tmp_path: Path) -> None:
    assert _read(tmp_path, areas)[1] == [shown]


@pytest.mark.parametrize(
    ("fiscal", "shown"),
    [
        ("丁区,3,7,依据,2026-01-01,,,\n", "fiscal.csv:2:1 unknown-area"),
        ("乙区,三,7,依据,2026-01-01,,,\n", "fiscal.csv:2:2 csv-cell"),
        ("乙区,3,-7,依据,2026-01-01,,,\n", "fiscal.csv:2:3 csv-cell"),
        ("乙区,0,0,依据,2026-01-01,,,\n", "fiscal.csv:2:2 csv-cell"),
        ("乙区,3,7,依据,,,,\n", "fiscal.csv:2:5 csv-cell"),
    ],
)
def test_a_bad_share_is_told_by_row_and_column(fiscal: str, shown: str, tmp_path: Path) -> None:
    assert _read(tmp_path, fiscal=fiscal)[1] == [shown]


def test_the_fiscal_table_may_be_absent_or_empty(tmp_path: Path) -> None:
    assert _read(tmp_path)[1] == []
    assert _read(tmp_path, fiscal="")[1] == []


def test_a_unit_has_a_name(tmp_path: Path) -> None:
    assert _read(tmp_path, units=",某局,政府部门,,\n")[1] == ["units.csv:2:1 csv-cell"]


def test_an_empty_file_has_the_wrong_header(tmp_path: Path) -> None:
    (tmp_path / "regions.csv").write_text("", "utf-8")
    report = Report()
    assert read_region(tmp_path, report) is None
    assert [problem.code for problem in report.problems] == ["source.csv-header"]


def test_a_name_and_every_alias_lead_to_the_name(tmp_path: Path) -> None:
    (tmp_path / "regions.csv").write_text(f"{HEAD}\n2,乙区,区,乙；小乙,,,,\n", "utf-8")
    (tmp_path / "units.csv").write_text(f"{UNIT_HEAD}\n某局,某某局,,旧局,\n", "utf-8")
    region = read_region(tmp_path, Report())
    assert region is not None
    assert written_names(region.areas.values()) == {"乙区": "乙区", "乙": "乙区", "小乙": "乙区"}
    assert written_names(region.units.values()) == {"某局": "某局", "旧局": "某局", "某某局": "某局"}
