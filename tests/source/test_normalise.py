"""Normalising: one form for what prints alike, and the way back."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duixian.source.normalise import INVISIBLE, fold, normalise, without_white_space

DATA = Path(__file__).parent / "data"
WHITE = " \t\n\r\u3000\xa0\u2003" + INVISIBLE
ODD = WHITE + "，；：（）“”‘’％＋．～—–－−∶１２３ＡＢ⼯⼀〔〕《》、。①㎡…﹣"
texts = st.text(st.one_of(st.sampled_from(ODD), st.characters(codec="utf-8")), max_size=80)


def is_white(character: str) -> bool:
    return character.isspace() or character in INVISIBLE


@pytest.mark.parametrize(
    ("original", "expected"),
    [
        ("给予 200 万元（不含税）以上的，", "给予200万元(不含税)以上的,"),
        ("达到 2 星级(含) 以上", "达到2星级(含)以上"),
        ("“揭榜挂帅”", '"揭榜挂帅"'),
        ('"小巨人"', '"小巨人"'),
        ("２—３个；３－４个；3–4个；3−4个", "2-3个;3-4个;3-4个;3-4个"),
        ("——政府引导，特色发展。", "--政府引导,特色发展。"),
        ("按３∶７、3：7", "按3:7、3:7"),
        ("20～50万元〜", "20~50万元~"),
        ("Ｖ２Ｘ、ＡＩ＋产业", "V2X、AI+产业"),
        ("０．５％", "0.5%"),
        ("⼯业⼀体", "工业一体"),
        ("《目录》〔2025〕6号…。", "《目录》〔2025〕6号…。"),
        ("①㎡½", "①㎡½"),
        ("", ""),
        (" \n\u3000", ""),
    ],
)
def test_what_prints_alike_has_one_form(original: str, expected: str) -> None:
    assert normalise(original).text == expected
    assert fold(original) == expected


def test_a_page_break_in_a_word_leaves_no_trace_but_the_place_is_kept() -> None:
    text = "单个企业年度内限申报一\n\n个项目)。"
    normalised = normalise(text)
    start = normalised.text.index("一个项目")
    assert normalised.original_span(start, start + 2) == (10, 14)
    assert text[10:14] == "一\n\n个"
    assert normalised.written(start, start + 2) == "一个"


def test_white_space_around_a_span_is_left_out() -> None:
    normalised = normalise("给予 200 万元 奖励")
    start = normalised.text.index("200万元")
    assert normalised.original_span(start, start + 5) == (3, 9)


def test_an_empty_span_stands_where_the_next_character_is() -> None:
    normalised = normalise(" 万元 ")
    assert normalised.original_span(0, 0) == (1, 1)
    assert normalised.original_span(2, 2) == (4, 4)


def test_the_written_form_keeps_the_width_of_the_original() -> None:
    normalised = normalise("给予１２ ％的")
    assert normalised.text[2:5] == "12%"
    assert normalised.written(2, 5) == "１２％"


@pytest.mark.parametrize("name", ["a.txt", "b.txt"])
def test_the_official_texts_lose_nothing_but_white_space(name: str) -> None:
    text = (DATA / name).read_text(encoding="utf-8")
    normalised = normalise(text)
    assert len(normalised.text) == sum(not is_white(character) for character in text)
    assert not set(normalised.text) & set("，；：（）“”—")
    assert [text[place] for place in normalised.origin] == list(without_white_space(text))


@given(texts)
def test_every_visible_character_is_kept_once_and_in_order(text: str) -> None:
    normalised = normalise(text)
    assert normalised.origin == tuple(
        place for place, character in enumerate(text) if not is_white(character)
    )
    assert len(normalised.text) == len(normalised.origin)
    for character, place in zip(normalised.text, normalised.origin, strict=True):
        unchanged = character == text[place]
        assert unchanged or character in "\"'-~:" or character == unicodedata.normalize("NFKC", text[place])


@given(texts)
def test_normalising_again_changes_nothing(text: str) -> None:
    assert normalise(fold(text)).text == fold(text)


@given(texts, st.integers(0, 80), st.integers(0, 80))
def test_a_span_slices_back_to_what_is_written(text: str, one: int, other: int) -> None:
    normalised = normalise(text)
    start, end = sorted((min(one, len(normalised.text)), min(other, len(normalised.text))))
    first, last = normalised.original_span(start, end)
    assert without_white_space(text[first:last]) == normalised.written(start, end)
    assert fold(text[first:last]) == normalised.text[start:end]
