"""The caret stands under the words it means, whatever their width."""

from __future__ import annotations

from pathlib import Path

import pytest

from duixian.cli.problem_screen import Sources, excerpt
from duixian.errors import Place


@pytest.fixture
def source(tmp_path: Path) -> str:
    path = tmp_path / "policy.md"
    path.write_text("事项: 绿色工厂\nabc\tdef\n" + "甲" * 100 + "乙丙" + "丁" * 100 + "\n", "utf-8")
    return str(path)


def test_carets_are_as_wide_as_chinese_characters(source: str) -> None:
    line, carets = excerpt(Place(source, 1, 5, 1, 9), Sources())
    assert line == "  1 │ 事项: 绿色工厂"
    assert carets == "    │       ^^^^^^^^"


def test_a_place_without_an_end_gets_one_caret(source: str) -> None:
    _, carets = excerpt(Place(source, 2, 5), Sources())
    assert carets == "    │     ^"


def test_a_place_over_several_lines_gets_one_caret(source: str) -> None:
    _, carets = excerpt(Place(source, 1, 1, 3, 4), Sources())
    assert carets == "    │ ^^"


def test_a_long_line_is_cut_around_the_place(source: str) -> None:
    line, carets = excerpt(Place(source, 3, 101, 3, 103), Sources())
    assert line.startswith("  3 │ …甲")
    assert line.endswith("丁…")
    assert line.index("乙") == len("  3 │ …") + 20
    assert carets == "    │ " + " " * (1 + 40) + "^^^^"


def test_a_place_that_cannot_be_shown_shows_nothing(source: str) -> None:
    assert not list(excerpt(Place(source), Sources()))
    assert not list(excerpt(Place(source, 99, 1), Sources()))
    assert not list(excerpt(Place("nowhere.md", 1, 1), Sources()))
