"""What one fen more brings at a threshold, and where a cap begins to bind."""

from __future__ import annotations

from pathlib import Path

import pytest

from duixian.checks.amount_at import amount_at, cap_binds_from, money_field, thresholds
from duixian.checks.cliffs import check_cliffs
from duixian.checks.selection import all_parts
from duixian.errors import Problem
from duixian.money import read_yuan
from duixian.rules.measure import AwardRow, Measure
from tests.checks.town import GREEN, changed, codes, lianyungang, town


def _row(id_: str) -> tuple[AwardRow, Measure]:
    return next((row, each) for each in lianyungang().measures for row in each.rows if row.id == id_)


def _told(code: str) -> dict[str, Problem]:
    return {each.detail["row"]: each for each in check_cliffs(lianyungang()) if each.code == f"checks.{code}"}


def test_the_three_thresholds_of_the_city_and_what_they_are_worth() -> None:
    cliffs = {row: (each.expected, each.detail["jump"]) for row, each in _told("cliff").items()}
    assert cliffs == {
        "A09": ("2000000.00", "24万元"),
        "B43": ("30000000.00", "300万元"),
        "B44b": ("5000000.00", "2.5万元"),
    }


def test_just_below_is_one_fen_less() -> None:
    assert _told("cliff")["A09"].found == "1999999.99"


def test_other_options_are_told_beside() -> None:
    """Were the base of A09 the excess over 200万元 alone, there would be no cliff."""
    assert _told("cliff")["A09"].detail["options"] == "技改基数 = 超出部分：0万元"


@pytest.mark.parametrize(
    ("row", "start"),
    [
        ("A09", "41666666.67"),  # 500万元 / 12% = 4166.666…万元
        ("B41a", "10000000.00"),
        ("B41b", "6666666.67"),
        ("B41c", "2000000.00"),
        ("B43", "50000000.00"),
        ("B44a", "66666666.67"),
        ("B44b", "400000000.00"),
        ("B44c", "50000000.00"),
    ],
)
def test_every_cap_of_the_city_begins_to_bind_here(row: str, start: str) -> None:
    assert _told("cap-binds")[row].found == start


@pytest.mark.parametrize(
    ("base", "ceiling"),
    [
        ("200万元", "24万元"),
        ("1000万元", "120万元"),
        ("41666600.00元", "4999992.00元"),
        ("41666666.66元", "4999999.99元"),
        ("41666666.67元", "500万元"),
        ("1亿元", "500万元"),
    ],
)
def test_the_boundary_vectors_of_a09(base: str, ceiling: str) -> None:
    row, _ = _row("A09")
    field = money_field(row)
    assert field is not None
    assert amount_at(row, field, read_yuan(base), lianyungang().decisions) == read_yuan(ceiling)


def test_a_rate_without_a_cap_never_binds(tmp_path: Path) -> None:
    edits = (",最高不超过100万元(", "("), ("  最高: 100万元\n", "")
    city = changed(tmp_path, GREEN, *edits)
    row = next(each for each in city.measures if each.id == "N2").rows[0]
    field = money_field(row)
    assert field is not None
    assert cap_binds_from(row, field, city.decisions) is None
    assert [each.detail["row"] for each in check_cliffs(city) if each.code == "checks.cap-binds"] == ["S1"]


def test_a_fixed_sum_behind_a_threshold_is_a_cliff_too(tmp_path: Path) -> None:
    old = "奖补:\n  编号: N2\n  比例: 12%\n  基数: 若 口径 基数 = 超出部分 则 投入额 - 200万元 否则 投入额\n  最高: 100万元\n"
    new = "奖励: |\n  | 编号 | 最高 |\n  | N2 | 100万元 |\n"
    edits = (
        ("给予不超过12%的奖补,最高不超过100万元", "给予最高不超过100万元奖补"),
        (old, new),
        ("投入额 >= 200万元", "投入额 >= 200万元 且 (口径 基数 = 全部投入 或 存量企业)"),
    )
    city = changed(tmp_path, GREEN, *edits)
    (cliff,) = (each for each in check_cliffs(city) if each.detail["row"] == "N2")
    assert (cliff.detail["jump"], cliff.detail["options"]) == ("100万元", "—")


def test_a_base_of_two_fields_is_not_guessed() -> None:
    row, measure = _row("B41c")
    field = money_field(_row("B41a")[0])
    assert field is not None
    assert amount_at(row, field, 100, lianyungang().decisions) is None
    assert list(thresholds(all_parts(row, measure, lianyungang().vocabulary.kinds[measure.kind]))) == []


@pytest.mark.parametrize(
    ("base", "at_threshold"),
    [
        ("若 投入额 > 200万元 则 投入额 否则 投入额 - 200万元", "0元"),
        ("若 非 (投入额 >= 200万元) 则 投入额 - 投入额 否则 投入额 + 投入额", "48万元"),
        ("若 投入额 >= 200万元 且 口径 基数 = 全部投入 则 投入额 否则 200万元", "24万元"),
        ("若 投入额 != 200万元 或 口径 基数 = 超出部分 则 投入额 否则 200万元", "24万元"),
        (
            "若 投入额 = 200万元 且 投入额 <= 200万元 且 非 (投入额 < 200万元) 则 投入额 否则 200万元",
            "24万元",
        ),
        ("若 存量企业 则 投入额 否则 200万元", ""),
        ("若 存量企业 或 投入额 >= 200万元 则 投入额 否则 200万元", "24万元"),
        ("若 存量企业 且 投入额 < 200万元 则 投入额 否则 200万元", "24万元"),
        ("若 存量企业 且 投入额 >= 200万元 则 投入额 否则 200万元", ""),
        ("若 非 存量企业 则 投入额 否则 投入额", ""),
    ],
)
def test_bases_are_computed_or_left_alone(tmp_path: Path, base: str, at_threshold: str) -> None:
    edits = [("基数: 若 口径 基数 = 超出部分 则 投入额 - 200万元 否则 投入额", f"基数: {base}")]
    if "口径" not in base:
        edits.append(
            ("投入额 >= 200万元\n年度", "投入额 >= 200万元 且 (口径 基数 = 全部投入 或 存量企业)\n年度")
        )
    city = changed(tmp_path, GREEN, *edits)
    row = next(each for each in city.measures if each.id == "N2").rows[0]
    field = money_field(row)
    assert field is not None
    found = amount_at(row, field, read_yuan("200万元"), city.decisions)
    assert found == (read_yuan(at_threshold) if at_threshold else None)


def test_the_town_has_a_cliff_and_a_cap_in_each_document() -> None:
    assert sorted(codes(check_cliffs(town()))) == ["cap-binds", "cap-binds", "cliff", "cliff"]
