"""Determining in bulk: the same results as by the book, in Parquet or CSV, and again for what has changed only."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq  # type: ignore[import-untyped]
import pytest

from duixian.cli.engines import EngineName, read_engine, rows_at_least
from duixian.exchange.results.determinations_csv import HEADER
from tests.cli.command import Spoken, duixian
from tests.house.tree import ROOT

DAY = ("--as-of", "2026-12-31")
UNLIKE = "理由"
"""The one column that differs: the batch tells reasons in a word, the book in full."""


@pytest.fixture(scope="module")
def facts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bulk")
    assert duixian("demo", "--out", str(folder), "--enterprises", "300", where=ROOT).code == 0
    return folder / "facts"


def determine(facts: Path, out: Path, *more: str) -> Spoken:
    return duixian("determine", str(facts), *DAY, "--out", str(out), *more, where=ROOT)


def in_bulk(facts: Path, out: Path, *more: str) -> Spoken:
    return determine(facts, out, "--engine", "kernel", *more)


def rows_of(out: Path) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = pq.read_table(out / "determinations.parquet").to_pylist()
    return [{name: "" if cell is None else str(cell) for name, cell in row.items()} for row in rows]


def rows_of_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def without_reasons(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{name: cell for name, cell in row.items() if name != UNLIKE} for row in rows]


@pytest.mark.parametrize("more", [(), ("--strict",), ("--decide", "专精特新晋级=补差")])
def test_bulk_and_book_give_the_same_rows(facts: Path, tmp_path: Path, more: tuple[str, ...]) -> None:
    assert determine(facts, tmp_path / "book", "--engine", "reference", *more).code == 0
    assert in_bulk(facts, tmp_path / "bulk", *more).code == 0
    book, bulk = rows_of_csv(tmp_path / "book" / "determinations.csv"), rows_of(tmp_path / "bulk")
    assert list(book[0]) == list(bulk[0]) == list(HEADER)
    assert without_reasons(book) == without_reasons(bulk)
    assert all(row[UNLIKE] for row in bulk)


def test_the_screens_of_bulk_and_book_tell_the_same_money(facts: Path, tmp_path: Path) -> None:
    book = determine(facts, tmp_path / "book", "--engine", "reference").out
    bulk = in_bulk(facts, tmp_path / "bulk").out
    for heading in ("按条款", "按结论", "最高可兑付合计中"):
        first, second = _section(book, heading), _section(bulk, heading)
        assert first == second


def _section(text: str, heading: str) -> str:
    start = text.index(heading)
    end = text.find("\n\n", start)
    return text[start : end if end > 0 else len(text)].split("\n按地区")[0].split("\n未决口径")[0]


def test_csv_holds_the_same_rows_as_parquet(facts: Path, tmp_path: Path) -> None:
    assert in_bulk(facts, tmp_path / "columns").code == 0
    assert in_bulk(facts, tmp_path / "text", "--format", "csv").code == 0
    assert rows_of_csv(tmp_path / "text" / "determinations.csv") == rows_of(tmp_path / "columns")


def test_the_same_facts_give_the_same_bytes(facts: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        assert in_bulk(facts, tmp_path / name).code == 0
    for file in ("determinations.parquet", "run.json"):
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes()


def test_an_incremental_run_decides_what_changed_and_gives_the_bytes_of_a_full_run(
    facts: Path, tmp_path: Path
) -> None:
    changed = tmp_path / "facts"
    shutil.copytree(facts, changed)
    assert in_bulk(changed, tmp_path / "out", "--incremental").code == 0
    lines = (changed / "认定.csv").read_text("utf-8").splitlines(keepends=True)
    (changed / "认定.csv").write_text("".join([*lines[:5], *lines[6:]]), "utf-8")
    again = in_bulk(changed, tmp_path / "out", "--incremental")
    assert "重新测算 1 家" in again.out
    assert in_bulk(changed, tmp_path / "full").code == 0
    assert _results(tmp_path / "out") == _results(tmp_path / "full")


def _results(folder: Path) -> bytes:
    return (folder / "determinations.parquet").read_bytes()


def test_an_incremental_run_after_another_answer_decides_everybody(facts: Path, tmp_path: Path) -> None:
    assert in_bulk(facts, tmp_path / "out", "--incremental").code == 0
    again = in_bulk(facts, tmp_path / "out", "--incremental", "--decide", "专精特新晋级=补差")
    assert "增量测算" not in again.out
    assert in_bulk(facts, tmp_path / "full", "--decide", "专精特新晋级=补差").code == 0
    assert _results(tmp_path / "out") == _results(tmp_path / "full")


def test_an_enterprise_that_is_gone_leaves_the_results(facts: Path, tmp_path: Path) -> None:
    fewer = tmp_path / "facts"
    shutil.copytree(facts, fewer)
    assert in_bulk(fewer, tmp_path / "out", "--incremental").code == 0
    code = rows_of(tmp_path / "out")[0]["统一社会信用代码"]
    for table in fewer.glob("*.csv"):
        lines = table.read_text("utf-8").splitlines(keepends=True)
        table.write_text("".join(line for line in lines if code not in line), "utf-8")
    again = in_bulk(fewer, tmp_path / "out", "--incremental")
    assert "重新测算 0 家" in again.out
    assert code not in {row["统一社会信用代码"] for row in rows_of(tmp_path / "out")}


def test_marks_can_be_left_out(facts: Path, tmp_path: Path) -> None:
    assert in_bulk(facts, tmp_path, "--no-marks").code == 0
    assert {row["口径"] for row in rows_of(tmp_path)} == {""}


def test_a_bad_row_is_told_and_good_rows_go_on(facts: Path, tmp_path: Path) -> None:
    broken = tmp_path / "facts"
    shutil.copytree(facts, broken)
    with (broken / "认定.csv").open("a", encoding="utf-8") as table:
        table.write("X1,91320700000000000X,没有这家,不存在的称号,,,,,2026-01-01\n")
    spoken = in_bulk(broken, tmp_path / "out")
    assert spoken.code == 3
    assert "1 行未采用" in spoken.out
    assert len(rows_of(tmp_path / "out")) > 0


@pytest.mark.parametrize(
    ("more", "told"), [(("--engine", "turbo"), "turbo"), (("--engine", "kernel", "--format", "pdf"), "pdf")]
)
def test_an_unknown_engine_or_format_is_refused(
    facts: Path, tmp_path: Path, more: tuple[str, ...], told: str
) -> None:
    spoken = determine(facts, tmp_path, *more)
    assert spoken.code == 2
    assert told in spoken.err


def test_many_facts_go_to_the_kernel_by_themselves(facts: Path, tmp_path: Path) -> None:
    assert read_engine("auto", facts) is EngineName.REFERENCE
    table = tmp_path / "认定.csv"
    table.write_text("编号\n" + "X\n" * 20_000, "utf-8")
    assert read_engine("auto", tmp_path) is EngineName.KERNEL
    assert read_engine("reference", tmp_path) is EngineName.REFERENCE


def test_rows_are_counted_without_reading_tables_whole(facts: Path) -> None:
    assert rows_at_least(facts, 100)
    assert not rows_at_least(facts, 1_000_000)


def test_one_enterprise_is_explained_out_of_large_tables_as_out_of_small_ones(
    facts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert in_bulk(facts, tmp_path).code == 0
    row = next(row for row in rows_of(tmp_path) if row["结论"] == "可兑付")
    for wanted in (row["统一社会信用代码"], row["企业名称"]):
        ask = ("explain", str(facts), "--enterprise", wanted, *DAY)
        small = duixian(*ask, where=ROOT)
        with monkeypatch.context() as patch:
            patch.setattr("duixian.cli.run.SWITCH", 1)
            large = duixian(*ask, where=ROOT)
        assert small.code == large.code == 0
        assert large.out == small.out
        assert row["事项"] in large.out
