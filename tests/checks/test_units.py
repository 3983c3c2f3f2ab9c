"""Amounts of the right unit and the wrong size."""

from __future__ import annotations

from pathlib import Path

from duixian.checks.units import check_units, most_of
from tests.checks.rows import rows_of
from tests.checks.town import GREEN, STEEL, changed, codes, lianyungang, town


def test_the_real_amounts_make_sense() -> None:
    assert check_units(lianyungang()) == []
    assert check_units(town()) == []


def test_a_limit_of_nothing_is_told(tmp_path: Path) -> None:
    edits = (
        ("单个企业最高不超过50万元", "单个企业最高不超过0万元"),
        ("金额: 50万元", "金额: 0万元"),
        ("| 50万元 |", "| 0万元 |"),
    )
    assert codes(check_units(changed(tmp_path, STEEL, *edits))) == ["amount-zero", "amount-zero"]


def test_a_cap_that_the_largest_base_just_reaches_is_meant(tmp_path: Path) -> None:
    """10% of at most 500万元 is the cap of 50万元 itself."""
    edits = (
        ("不低于300万元的技改项目", "不低于300万元、不超过500万元的技改项目"),
        ("投入额 >= 300万元 |", "投入额 >= 300万元 且 投入额 <= 500万元 |"),
    )
    assert check_units(changed(tmp_path, STEEL, *edits)) == []
    below = (
        ("不低于300万元的技改项目", "不低于300万元、低于500万元的技改项目"),
        ("投入额 >= 300万元 |", "投入额 >= 300万元 且 投入额 < 500万元 |"),
    )
    (tmp_path / "below").mkdir()
    assert codes(check_units(changed(tmp_path / "below", STEEL, *below))) == ["cap-never-binds"]


def test_a_limit_holds_for_its_rows_only(tmp_path: Path) -> None:
    limit = "限制:\n  - {每: [企业], 项数: 1, 一次性: 是}\n"
    edits = ((limit, f"{limit}  - {{每: [企业], 金额: 2万元, 行: [N3a]}}\n"),)
    assert check_units(changed(tmp_path, GREEN, *edits)) == []


def test_the_most_of_a_row_is_its_sum_or_its_cap() -> None:
    most = {row.id: most_of(row) for _, _, row in rows_of(lianyungang())}
    assert (most["A03a"], most["A09"]) == (80_000_000, 500_000_000)
