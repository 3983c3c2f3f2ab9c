"""Levels, grades and rounds of a row stand in the sentence of its amount."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from duixian.checks.clause_text import read_clause_text
from duixian.checks.names_in_sentence import check_names_in_sentence, introduction
from duixian.checks.pairing import check_pairing
from duixian.checks.unreachable import check_unreachable
from duixian.rules.measure import AwardRow, Measure
from duixian.rules.policy import City, Policy
from duixian.rules.vocabulary import FieldType, Round, TitleAlias
from tests.checks.rows import rows_of, with_row
from tests.checks.town import lianyungang, town


def test_every_row_of_the_real_documents_asks_for_what_its_sentence_says() -> None:
    assert check_names_in_sentence(lianyungang()) == []


def _other_levels(city: City) -> Iterator[tuple[Policy, Measure, AwardRow, AwardRow]]:
    for policy, measure, row in rows_of(city):
        fields = city.vocabulary.kinds[measure.kind].fields
        for selector in row.selectors:
            if fields[selector.field].type is FieldType.LEVEL:
                for level in city.vocabulary.levels:
                    if level not in selector.names:
                        other = tuple(
                            replace(each, names=(level,)) if each is selector else each
                            for each in row.selectors
                        )
                        yield policy, measure, row, replace(row, selectors=other)


def test_no_level_of_a_real_row_can_change_unseen() -> None:
    """By the words of the sentence, by the order of the sums, or since the title has no such level."""
    city, checks = lianyungang(), (check_names_in_sentence, check_pairing, check_unreachable)
    unseen = [
        f"{row.id}: {other.selectors}"
        for policy, measure, row, other in _other_levels(city)
        for one in [with_row(city, policy, measure, row, other)]
        if not any(problem.is_error for check in checks for problem in check(one))
    ]
    assert unseen == []


def test_no_round_of_a_real_row_can_change_unseen() -> None:
    city, unseen, tried = lianyungang(), [], 0
    for policy, measure, row in rows_of(city):
        for round_ in Round:
            if row.round in (None, round_):
                continue
            tried += 1
            one = with_row(city, policy, measure, row, replace(row, round=round_))
            checks = (check_names_in_sentence, check_pairing, check_unreachable)
            if not any(problem.is_error for check in checks for problem in check(one)):
                unseen.append(f"{row.id}: {row.round} → {round_}")
    assert tried > 100
    assert unseen == []


@pytest.mark.parametrize(
    ("text", "sum_", "said"),
    [
        ("对国家级甲给予50万元,对省级乙给予20万元。", 1, ",对省级乙给予"),
        ("对国家级、省级甲分别给予50万元、20万元,复评的给予5万元。", 1, "对国家级、省级甲分别给予"),
        ("对国家级、省级甲分别给予50万元、20万元,复评的给予5万元。", 2, ",复评的给予"),
        ("先讲一句。对甲给予50万元和40万元;对乙给予5万元。", 1, "对甲给予"),
        ("投入不低于3个月的,对甲给予50万元。", 1, ",对甲给予"),
    ],
)
def test_an_amount_is_introduced_by_the_words_since_the_last_one(text: str, sum_: int, said: str) -> None:
    read = read_clause_text(text)
    start, end = introduction(read, read.quantities[sum_])
    assert read.words[start:end] == said


def test_our_city_is_no_level() -> None:
    """对在我市落地的…国家级、省级创新中心: 市级 is not said there."""
    city = lianyungang()
    policy, measure, row = next(each for each in rows_of(city) if each[2].id == "B42a")
    level = tuple(
        replace(each, names=("市级",)) if each.names == ("国家级",) else each for each in row.selectors
    )
    one = with_row(city, policy, measure, row, replace(row, selectors=level))
    assert [problem.found for problem in check_names_in_sentence(one)] == ["市级"]


def test_an_alias_can_say_the_level_by_itself() -> None:
    """A title whose alias fixes 国家级 says so, though the word is not there."""
    city = town()
    policy, measure, row = next(each for each in rows_of(city) if each[2].id == "N1e")
    title = city.vocabulary.titles["绿色园区"]
    alias = replace(title, aliases=(TitleAlias("绿色园区", level="省级"),))
    words = replace(city.vocabulary, titles={**city.vocabulary.titles, "绿色园区": alias})
    level = tuple(
        replace(each, names=("省级",)) if each.names == ("国家级",) else each for each in row.selectors
    )
    one = with_row(city, policy, measure, row, replace(row, selectors=level))
    assert [problem.found for problem in check_names_in_sentence(one)] == ["省级"]
    assert check_names_in_sentence(replace(one, vocabulary=words)) == []
