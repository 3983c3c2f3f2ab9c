"""References of a block are held against its facts: the same ones are loose, whether an enterprise has few facts or a crowd."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.exchange.columns.same_reading import assert_same, write_parquet
from tests.exchange.small_city import CITY, EAST, WEST
from tests.exchange.written import write_enterprises


def _write(folder: Path, owners: list[str], facts: list[str], payers: list[str], about: list[str]) -> None:
    """Projects and recognitions under some numbers, and payments for some."""
    days = [date(2026, 1, 1)] * len(owners)
    known = {"编号": facts, "统一社会信用代码": owners}
    write_enterprises(folder)
    write_parquet(folder / "投资项目.parquet", {**known, "有效投入额": [1] * len(owners), "竣工日期": days})
    some = {name: column[::5] for name, column in known.items()}
    titles = ["企业技术中心"] * len(some["编号"])
    write_parquet(folder / "认定.parquet", {**some, "称号": titles, "级别": ["市级"] * len(titles)})
    numbers = [f"D{place:04}" for place in range(len(about))]
    paid = {"编号": numbers, "统一社会信用代码": payers, "事实编号": about, "金额": [1] * len(about)}
    write_parquet(folder / "已兑付.parquet", paid)


@pytest.mark.parametrize("each", [1, 60])
def test_the_same_references_are_loose_however_many_facts_an_enterprise_has(
    tmp_path: Path, each: int
) -> None:
    owners = sorted([EAST, WEST] * each)
    facts = [f"P{place:04}" for place in range(len(owners))]
    about = [*facts[::-1], "P9999"]
    _write(tmp_path, owners, facts, [*owners, WEST], about)
    told = [problem.code for problem in assert_same(tmp_path, CITY).problems]
    # Turned round, the payments of each enterprise are all for facts of the other.
    assert told.count("exchange.dangling-reference") + told.count("exchange.ambiguous-reference") > 0


@pytest.mark.parametrize("each", [1, 60])
def test_a_number_of_two_kinds_is_ambiguous(tmp_path: Path, each: int) -> None:
    owners = sorted([EAST, WEST] * each)
    facts = [f"P{place:04}" for place in range(len(owners))]
    _write(tmp_path, owners, facts, owners, facts)
    problems = assert_same(tmp_path, CITY).problems
    assert {problem.code for problem in problems} >= {"exchange.ambiguous-reference"}
    assert "exchange.dangling-reference" not in {problem.code for problem in problems}
