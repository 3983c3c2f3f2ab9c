"""No text is taken for plain that the reader of rows would change or refuse: every character there is, in every place."""

from __future__ import annotations

import sys
from collections.abc import Callable

import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]
import pytest
from hypothesis import given
from hypothesis import strategies as st

from duixian.exchange.columns import plain_text
from duixian.exchange.columns.plain_text import suspects
from duixian.exchange.columns.text_bytes import TextBytes
from duixian.exchange.tables.areas import AreaReader
from duixian.exchange.tables.cell_text import LONGEST_CELL, Unreadable
from duixian.exchange.tables.cells import Words, cell_reader
from duixian.rules.vocabulary import Field, FieldType
from duixian.source.titles import TitleReader
from tests.exchange.small_city import CITY

WORDS = Words(TitleReader.of(CITY.vocabulary), AreaReader(CITY.region))
TYPES = (FieldType.TEXT, FieldType.IDENTIFIER)


def _stays(type_: FieldType) -> Callable[[str], bool]:
    read = cell_reader(Field("栏", type_), WORDS)

    def stays(text: str) -> bool:
        try:
            return read(text) == text
        except Unreadable:
            return False

    return stays


def _plain(texts: list[str], type_: FieldType) -> list[str]:
    is_plain = np.ones(len(texts), np.bool_)
    column = TextBytes.of(pa.array(texts, pa.large_string()))
    is_plain[suspects(column, is_identifier=type_ is FieldType.IDENTIFIER)] = False
    return [text for text, plain in zip(texts, is_plain.tolist(), strict=True) if plain and text]


@pytest.mark.parametrize("type_", TYPES)
def test_every_character_in_every_place(type_: FieldType) -> None:
    # All of the first plane, where everything special stands, and one in sixteen of the others.
    points = [*range(0xD800), *range(0xE000, 0x10000), *range(0x10000, sys.maxunicode + 1, 16)]
    texts = [
        text
        for point in points
        for text in (chr(point), f"甲{chr(point)}", f"{chr(point)}甲", f"a{chr(point)}b")
    ]
    assert all(map(_stays(type_), _plain(texts, type_)))


@pytest.mark.parametrize("type_", TYPES)
@given(texts=st.lists(st.text(st.sampled_from("甲aE1+ -—/'=（“·\u3000\u200b\ufffd\t")), max_size=20))
def test_any_text(type_: FieldType, texts: list[str]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plain_text, "_PIECE", 5)
        assert all(map(_stays(type_), _plain(texts, type_)))


def test_usual_texts_are_plain() -> None:
    names = ["连云港东海（集团）有限公司", "买买提·艾力商行", "ABC Ltd. 2", "《目录》、“第一批”", "第1号"]
    assert _plain(names, FieldType.TEXT) == names
    numbers = ["F001", "认定-0001", "2026/1_a"]
    assert _plain(numbers, FieldType.IDENTIFIER) == numbers


def test_a_text_longer_than_a_cell_is_not_plain() -> None:
    assert _plain(["x" * (LONGEST_CELL + 1), "x"], FieldType.TEXT) == ["x"]
