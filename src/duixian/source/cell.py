"""Cells of facts (事实的单元格): text → value by the type of its field, for worked cases and for tables alike."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from duixian.dates import NotADate, read_date
from duixian.money import NotAnAmount, read_yuan
from duixian.rules.fact import Value
from duixian.rules.vocabulary import Field, FieldType
from duixian.source.report import listed, nearest
from duixian.source.titles import TitleReader

if TYPE_CHECKING:
    from collections.abc import Mapping

_FLAGS = {"是": True, "否": False, "有": True, "无": False, "Y": True, "N": False, "1": True, "0": False}
_YEAR = re.compile(r"((?:19|20|21)\d{2})年?(?:度)?")
_COUNT = re.compile(r"(\d{1,12})\s*[个家项台套件人次]?")
_SEPARATORS = re.compile(r"[;；、]")


class NotAValue(ValueError):
    """The text is no value of its field. ``expected`` says what would be, ``near`` is the word that looks most like it."""

    def __init__(self, found: str, expected: str, near: str = "") -> None:
        super().__init__(found)
        self.found, self.expected, self.near = found, expected, near


@dataclass(frozen=True, slots=True)
class CellValue:
    """A cell read (单元格的值), with the level and grade that a title's written form fixes as well."""

    value: Value
    level: str = ""
    grade: str = ""


@dataclass(frozen=True, slots=True)
class CellReader:
    """Reads cells of facts (单元格识别). ``areas`` leads from every name of an area to its own."""

    titles: TitleReader
    areas: Mapping[str, str] = field(default_factory=dict)

    def read(self, field: Field, text: str, title: str = "") -> CellValue:
        """The value of a cell that is not blank; ``title`` is the fact's title, to which a grade must belong.

        Raises:
            NotAValue: when the text is none.
        """
        text = text.strip()
        match field.type:
            case FieldType.MONEY:
                return CellValue(_money(text))
            case FieldType.DATE:
                return CellValue(_day(text))
            case FieldType.YEAR:
                return CellValue(_number(text, _YEAR, "年份，如 2026"))
            case FieldType.COUNT:
                return CellValue(_number(text, _COUNT, "整数，如 3"))
            case FieldType.FLAG:
                if text not in _FLAGS:
                    raise NotAValue(text, "是 或 否")
                return CellValue(_FLAGS[text])
            case FieldType.OPTIONS:
                parts = [part.strip() for part in _SEPARATORS.split(text) if part.strip()]
                return CellValue(tuple(_option(field, part) for part in parts))
            case FieldType.OPTION:
                return CellValue(_option(field, text))
            case FieldType.TITLE:
                return self._title(text)
            case FieldType.LEVEL | FieldType.GRADE | FieldType.ROUND | FieldType.AREA:
                return CellValue(self._name(field.type, text, title))
            case _:
                return CellValue(text)

    def _title(self, text: str) -> CellValue:
        found = self.titles.title(text)
        if found is None:
            raise NotAValue(text, "词汇表中的称号或别名", self.titles.nearest_title(text))
        return CellValue(found.title, found.level, found.grade)

    def _name(self, type_: FieldType, text: str, title: str) -> str:
        if type_ is FieldType.LEVEL:
            return _found(text, self.titles.level(text), self.titles.vocabulary.levels)
        if type_ is FieldType.ROUND:
            round_ = self.titles.round(text)
            return _found(text, round_ and round_.value, sorted(set(self.titles.rounds.values())))
        if type_ is FieldType.AREA:
            return _found(text, self.areas.get(text), self.areas)
        of_title = frozenset({title}) if title else frozenset[str]()
        grades = {grade for each in (of_title or self.titles.title_grades) for grade in self._grades(each)}
        return _found(text, self.titles.grade(text, of_title), sorted(grades))

    def _grades(self, title: str) -> set[str]:
        return set(self.titles.title_grades.get(title, {}).values())


def _money(text: str) -> int:
    try:
        return read_yuan(text)
    except NotAnAmount as error:
        raise NotAValue(text, "金额，如 200万元 或 2000000.00") from error


def _day(text: str) -> Value:
    try:
        return read_date(text)
    except NotADate as error:
        raise NotAValue(text, "日期，如 2026-03-01 或 2026年3月1日") from error


def _number(text: str, pattern: re.Pattern[str], expected: str) -> int:
    match = pattern.fullmatch(text)
    if match is None:
        raise NotAValue(text, expected)
    return int(match[1])


def _option(field: Field, text: str) -> str:
    return _found(text, text if text in field.options else None, field.options)


def _found(text: str, found: str | None, known: object) -> str:
    if found is not None:
        return found
    words = [str(each) for each in known] if isinstance(known, list | tuple | dict) else []
    raise NotAValue(text, listed(words), nearest(text, words))
