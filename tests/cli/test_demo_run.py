"""The whole way on the demo city: facts written, determined, and every file telling the same."""

from __future__ import annotations

import csv
import json
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.cli.command import Spoken, duixian, finished
from tests.house.tree import ROOT

DAY = ("--as-of", "2026-12-31")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo")
    assert duixian("demo", "--out", str(folder), "--enterprises", "300", where=ROOT).code == 0
    return folder


@pytest.fixture(scope="module")
def spoken(folder: Path) -> Spoken:
    return duixian("determine", str(folder / "facts"), *DAY, "--out", str(folder / "out"), where=ROOT)


def _rows(folder: Path) -> list[dict[str, str]]:
    with (folder / "out" / "determinations.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_demo_has_no_rows_set_aside(spoken: Spoken) -> None:
    assert spoken.code == 0, spoken.err
    assert "数据表没有问题" in spoken.out or "0 行未采用" in spoken.out


def test_screen_csv_jsonl_and_workbook_tell_the_same_total(spoken: Spoken, folder: Path) -> None:
    rows = _rows(folder)
    total = sum((Decimal(row["最高金额"]) for row in rows if row["最高金额"]), Decimal())
    assert total > 0
    assert f"{total:,.2f}" in spoken.out
    lines = (folder / "out" / "determinations.jsonl").read_text("utf-8").splitlines()
    assert len(lines) == len(rows)
    assert sum(json.loads(line)["amount_fen"] or 0 for line in lines) == total * 100
    sheet = load_workbook(folder / "out" / "determinations.xlsx", data_only=True, read_only=True)["汇总"]
    told = [row[12] for row in sheet.iter_rows(values_only=True) if row[0] == "合计"]
    assert {round(Decimal(repr(value)), 6) for value in told} == {total / 10_000}


def test_the_shares_of_each_line_add_up(spoken: Spoken, folder: Path) -> None:
    shared = [row for row in _rows(folder) if row["市级承担"]]
    assert shared
    for row in shared:
        assert Decimal(row["市级承担"]) + Decimal(row["县区承担"]) == Decimal(row["最高金额"])


def test_the_explanation_says_what_the_table_says(spoken: Spoken, folder: Path) -> None:
    row = max(_rows(folder), key=lambda each: Decimal(each["最高金额"] or 0))
    told = duixian(
        "explain", str(folder / "facts"), *DAY, "--enterprise", row["统一社会信用代码"], where=ROOT
    )
    assert told.code == 0
    assert f"{Decimal(row['最高金额']):,.2f} 元" in told.out
    assert row["文号"] + row["条款"] in told.out


def test_near_writes_all_and_shows_some(folder: Path) -> None:
    told = duixian(
        "near", str(folder / "facts"), *DAY, "--limit", "3", "--out", str(folder / "near"), where=ROOT
    )
    text = (folder / "near" / "near.csv").read_text("utf-8")
    assert text.startswith(
        "统一社会信用代码,企业名称,文号,条款,事项,条目,事实编号,种类,差什么,差额,最高可得\n"
    )
    assert f"（{len(text.splitlines()) - 1} 项）" in told.out


def test_no_seed_of_hashes_changes_a_byte(folder: Path, tmp_path: Path) -> None:
    for seed in ("1", "2"):
        command = ("determine", str(folder / "facts"), *DAY, "--out", str(tmp_path / seed))
        assert finished(*command, where=ROOT, PYTHONHASHSEED=seed).code == 0
    for path in sorted((tmp_path / "1").iterdir()):
        assert path.read_bytes() == (tmp_path / "2" / path.name).read_bytes(), path.name


@pytest.mark.parametrize(
    "clause", ["（三）", "A03c", "连政办规〔2025〕6号（九）", "四（三）", "专精特新晋级", "T3a"]
)
def test_the_real_policies_can_be_looked_up(clause: str) -> None:
    told = duixian("show", clause, where=ROOT)
    assert told.code == 0, told.err
    assert "号" in told.out
