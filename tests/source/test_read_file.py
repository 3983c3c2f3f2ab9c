"""Files that cannot be read as they should: one problem each, never an exception."""

from __future__ import annotations

from pathlib import Path

import pytest

from duixian.source import read_file
from duixian.source.city import read_city
from duixian.source.file_schema import CITY, INTERPRETATION
from duixian.source.read_file import read_record, read_records, read_text
from duixian.source.report import Report
from tests.source.town import copy_of_town


def _codes(report: Report) -> list[str]:
    return [problem.code.removeprefix("source.") for problem in report.sorted()]


def test_a_byte_order_mark_and_windows_line_ends_are_tolerated(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("甲\r\n乙\r丙".encode("utf-8-sig"))
    assert read_text(path, Report()) == "甲\n乙\n丙"


def test_a_city_with_windows_line_ends_reads_the_same(tmp_path: Path) -> None:
    folder = copy_of_town(tmp_path)
    for path in folder.rglob("*.*"):
        if path.is_file():
            path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert read_city(folder).problems == ()


def test_an_optional_file_may_be_missing(tmp_path: Path) -> None:
    report = Report()
    assert read_text(tmp_path / "fiscal.csv", report, is_required=False) is None
    assert read_record(tmp_path / "city.yaml", CITY, report, is_required=False) is None
    assert read_records(tmp_path / "x.yaml", INTERPRETATION, report, is_required=False) == []
    assert _codes(report) == []


def test_a_folder_in_the_place_of_a_file_is_a_missing_file(tmp_path: Path) -> None:
    report = Report()
    (tmp_path / "city.yaml").mkdir()
    assert read_text(tmp_path / "city.yaml", report) is None
    assert _codes(report) == ["file-missing"]


def test_a_file_that_cannot_be_opened_is_a_problem(tmp_path: Path) -> None:
    """A path too long for the file system fails on every machine, for root too."""
    report = Report()
    assert read_text(tmp_path / ("长" * 300), report) is None
    assert _codes(report) in (["file-unreadable"], ["file-missing"])


def test_a_name_that_loops_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    report = Report()
    assert read_text(tmp_path / "a", report) is None
    assert _codes(report) in (["file-unreadable"], ["file-missing"])


def test_a_huge_file_is_not_even_opened(tmp_path: Path) -> None:
    path = tmp_path / "policy.md"
    with path.open("wb") as file:
        file.truncate(read_file.LARGEST_BYTES + 1)
    report = Report()
    assert read_text(path, report) is None
    assert _codes(report) == ["file-too-large"]


def test_bytes_that_are_no_utf8_are_told_with_their_line(tmp_path: Path) -> None:
    path = tmp_path / "policy.md"
    path.write_bytes("一\n二\n".encode() + b"\xb8\xbd")
    report = Report()
    assert read_text(path, report) is None
    assert report.problems[0].place.line == 3


@pytest.mark.parametrize("text", ["甲: 1", "只是文字"])
def test_a_list_file_must_be_a_list(tmp_path: Path, text: str) -> None:
    path = tmp_path / "interpretations.yaml"
    path.write_text(text, "utf-8")
    report = Report()
    assert read_records(path, INTERPRETATION, report) == []
    assert _codes(report) == ["wrong-shape"]


def test_an_empty_list_file_has_no_records(tmp_path: Path) -> None:
    path = tmp_path / "interpretations.yaml"
    path.write_text("# 还没有口径\n", "utf-8")
    report = Report()
    assert read_records(path, INTERPRETATION, report) == []
    assert _codes(report) == []


def test_a_list_in_the_place_of_a_record_is_a_problem(tmp_path: Path) -> None:
    path = tmp_path / "city.yaml"
    path.write_text("- 城市", "utf-8")
    report = Report()
    assert read_record(path, CITY, report) is None
    assert _codes(report) == ["wrong-shape"]


def test_an_empty_folder_has_no_city(tmp_path: Path) -> None:
    reading = read_city(tmp_path)
    assert reading.city is None
    assert reading.has_errors
    assert {problem.code for problem in reading.problems} == {"source.file-missing"}
