"""Titles as people write them: one written form, one meaning."""

from __future__ import annotations

from dataclasses import replace

import pytest

from duixian.rules.vocabulary import Round, Title, TitleAlias, Vocabulary
from duixian.source.titles import TitleReader, WrittenTitle, collisions
from tests.source.town import town

READER = TitleReader.of(town().vocabulary)


@pytest.mark.parametrize(
    ("text", "title", "level", "grade"),
    [
        ("单项冠军", "单项冠军", "", ""),
        ("制造业 单项冠军", "单项冠军", "", ""),
        ("制造业单项冠军企业", "单项冠军", "", ""),
        ("国家级制造业单项冠军企业", "单项冠军", "国家级", ""),
        ("国家级单项冠军", "单项冠军", "国家级", ""),
        ("国家单项冠军", "单项冠军", "国家级", ""),
        ("江南省专精特新", "专精特新", "省级", ""),
        ("国家级专精特新“小巨人”", "专精特新", "国家级", ""),
        ('国家级专精特新"小巨人"', "专精特新", "国家级", ""),
        ("国家级专精特新「小巨人」", "专精特新", "国家级", ""),
        ("《专精特新中小企业》", "专精特新", "", ""),
        ("先进级智能工厂", "智能工厂", "", "先进级"),
        ("先进智能工厂", "智能工厂", "", "先进级"),
        ("智能工厂（卓越级）", "智能工厂", "", "卓越级"),
        ("智能工厂卓越级", "智能工厂", "", "卓越级"),
        ("省级卓越级智能工厂", "智能工厂", "省级", "卓越级"),
        ("省级先进级智能制造工厂", "智能工厂", "省级", "先进级"),
        ("贯标2星级", "贯标", "", "2星级"),
        ("二星级贯标", "贯标", "", "2星级"),
        ("２星级贯标", "贯标", "", "2星级"),
        ("备案(试点)证", "备案（试点）证", "", ""),
    ],
)
def test_a_written_form_is_read(text: str, title: str, level: str, grade: str) -> None:
    assert READER.title(text) == WrittenTitle(title, level, grade)


@pytest.mark.parametrize(
    "text", ["", "国家级", "卓越级贯标", "市级国家级专精特新小巨人", "智能", "智能工厂智能工厂"]
)
def test_what_means_no_title_is_not_guessed(text: str) -> None:
    assert READER.title(text) is None


def test_levels_grades_and_rounds_have_aliases() -> None:
    assert READER.level("国家") == "国家级"
    assert READER.level("宇宙级") is None
    assert READER.round("复核") is Round.RENEWED
    assert READER.round("再来") is None
    assert READER.grade("二星级") == "2星级"
    assert READER.grade("二星级", frozenset({"智能工厂"})) is None


def test_the_text_may_write_a_title_by_any_of_its_names() -> None:
    assert READER.forms_of("单项冠军") == ("单项冠军", "制造业单项冠军", "制造业单项冠军企业")
    assert READER.forms_of("没有的") == ("没有的",)


def test_the_nearest_title_is_offered() -> None:
    assert READER.nearest_title("单项冠车") == "单项冠军"
    assert READER.nearest_title("zzzz") == ""


def _vocabulary(*titles: Title) -> Vocabulary:
    return replace(town().vocabulary, titles={title.name: title for title in titles})


def test_two_titles_may_not_share_a_form() -> None:
    first = Title("甲", aliases=(TitleAlias("丙"),))
    second = Title("乙", aliases=(TitleAlias("“丙”"), TitleAlias("甲")))
    found = list(collisions(_vocabulary(first, second)))
    assert [(each.form, each.first.title, each.title) for each in found] == [
        ("“丙”", "甲", "乙"),
        ("甲", "甲", "乙"),
    ]


def test_one_form_may_not_fix_two_levels() -> None:
    title = Title(
        "甲", levels=("省级", "国家级"), aliases=(TitleAlias("丙", "省级"), TitleAlias("丙", "国家级"))
    )
    assert len(list(collisions(_vocabulary(title)))) == 1


def test_two_official_names_stand_on_their_own() -> None:
    title = Title("示范", official_name="国家示范企业；江南省示范单位")
    reader = TitleReader.of(_vocabulary(title))
    assert reader.title("国家示范企业") == WrittenTitle("示范")
    assert reader.title("江南省示范单位") == WrittenTitle("示范")
