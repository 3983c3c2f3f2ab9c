"""最高 and 不超过 make a ceiling; a sum without them is exact."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from duixian.checks.ceilings import check_ceilings
from tests.checks.rows import rows_of, with_row
from tests.checks.town import GREEN, changed, codes, lianyungang, town


def test_the_real_documents_tell_ceilings_from_sums() -> None:
    assert check_ceilings(lianyungang()) == []


def test_the_exact_sums_of_the_city_are_those_of_first_units() -> None:
    """分别给予50万元、20万元奖励: the only sums without 最高, 不超过 or 不高于."""
    assert [row.id for _, _, row in rows_of(lianyungang()) if row.amount.is_exact] == ["B41d", "B41e"]


def test_no_row_can_turn_from_ceiling_to_sum_unseen() -> None:
    city = lianyungang()
    for policy, measure, row in rows_of(city):
        other = replace(row, amount=replace(row.amount, is_exact=not row.amount.is_exact))
        assert check_ceilings(with_row(city, policy, measure, row, other)), row.id


def test_a_cap_makes_a_ceiling_of_a_plain_rate(tmp_path: Path) -> None:
    """按12%给予奖补，最高100万元."""
    assert check_ceilings(changed(tmp_path, GREEN, ("不超过12%的奖补", "12%的奖补"))) == []


def test_a_plain_rate_without_a_cap_is_exact(tmp_path: Path) -> None:
    edits = ("不超过12%的奖补,最高不超过100万元(", "12%的奖补("), ("  最高: 100万元\n", "")
    assert codes(check_ceilings(changed(tmp_path, GREEN, *edits))) == ["exact-as-ceiling"]


def test_words_behind_the_sum_make_a_ceiling_too(tmp_path: Path) -> None:
    assert (
        check_ceilings(changed(tmp_path, GREEN, ("每个给予不超过1万元奖励", "每个给予1万元以内的奖励"))) == []
    )


def test_a_sum_after_a_ceiling_of_the_same_sentence_is_left_open(tmp_path: Path) -> None:
    """分别给予最高不超过80万元、40万元, 复评通过的10万元、5万元."""
    city = changed(tmp_path, GREEN, ("复评通过的分别给予最高不超过\n10万元", "复评通过的分别给予\n10万元"))
    assert check_ceilings(city) == []


def test_the_town_tells_them_apart() -> None:
    assert check_ceilings(town()) == []
