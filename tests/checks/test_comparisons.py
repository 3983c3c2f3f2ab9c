"""以上 and 不低于 include the figure, 超过 and 不足 do not."""

from __future__ import annotations

from pathlib import Path

import pytest

from duixian.checks.clause_text import read_clause_text
from duixian.checks.comparisons import check_comparisons, said_of
from duixian.rules.expression import Comparator
from tests.checks.town import EQUIPMENT, GREEN, MANUFACTURING, changed, changed_lianyungang, lianyungang


def test_the_thresholds_of_the_real_documents_are_those_of_the_text() -> None:
    assert check_comparisons(lianyungang()) == []


@pytest.mark.parametrize(
    ("document", "old", "new"),
    [
        (MANUFACTURING, "有效投入额 >= 200万元", "有效投入额 > 200万元"),
        (EQUIPMENT, "有效投入额 >= 3000万元", "有效投入额 > 3000万元"),
        (EQUIPMENT, "金额 >= 500万元#1", "金额 > 500万元#1"),
    ],
)
def test_every_threshold_of_the_city_includes_its_figure(
    tmp_path: Path, document: str, old: str, new: str
) -> None:
    (problem,) = check_comparisons(changed_lianyungang(tmp_path, document, (old, new)))
    assert (problem.code, problem.found, problem.expected) == ("checks.threshold-word", ">", ">=")


@pytest.mark.parametrize(
    ("text", "word", "comparator"),
    [
        ("投入200万元以上的", "以上", Comparator.AT_LEAST),
        ("投入200万元(不含税)以上的", "以上", Comparator.AT_LEAST),
        ("投入 200 万元（含）以上的", "(含)以上", Comparator.AT_LEAST),
        ("投入200万元及以上的", "及以上", Comparator.AT_LEAST),
        ("投入不低于200万元的", "不低于", Comparator.AT_LEAST),
        ("投入达到200万元的", "达到", Comparator.AT_LEAST),
        ("投入超过200万元的", "超过", Comparator.ABOVE),
        ("投入不超过200万元的", "不超过", Comparator.AT_MOST),
        ("投入200万元以下的", "以下", Comparator.AT_MOST),
        ("投入不足200万元的", "不足", Comparator.BELOW),
        ("投入低于200万元的", "低于", Comparator.BELOW),
    ],
)
def test_words_of_number_count_as_the_civil_code_says(text: str, word: str, comparator: Comparator) -> None:
    """民法典 第一千二百五十九条."""
    read = read_clause_text(text)
    assert said_of(read, read.quantities[0]) == (word, comparator)


def test_a_figure_without_such_a_word_decides_nothing(tmp_path: Path) -> None:
    read = read_clause_text("投入200万元的项目")
    assert said_of(read, read.quantities[0]) is None
    assert (
        check_comparisons(changed(tmp_path, GREEN, ("投入额200万元以上的项目", "投入额200万元的项目"))) == []
    )
