"""Cells read by the type of their field (单元格取值): every type says what it takes, and refuses the rest with a reason.

Nothing is guessed: a day that the calendar does not have, an amount with half a fen, a grade that nobody gives are
problems, not values. An empty cell, ``/`` and ``—`` are missing, never zero and never 否.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeAlias

from duixian.credit_code import NotACreditCode, Reason, read_code
from duixian.dates import EARLIEST_YEAR, LATEST_YEAR, NotADate, read_date
from duixian.exchange.tables.areas import AreaReader
from duixian.exchange.tables.cell_text import DIGITS_KEPT, Unreadable, cell_text, clean, refuse_formula
from duixian.exchange.tables.table import Raw
from duixian.money import NotAnAmount, read_yuan
from duixian.rules.fact import Value
from duixian.rules.vocabulary import Field, FieldType, Round
from duixian.source.normalise import fold
from duixian.source.titles import TitleReader
from duixian.source.units import PIECES, any_of

Read: TypeAlias = Callable[[Raw], Value | None]
"""Reads one cell of one column: its value, None when it is empty; raises ``Unreadable``."""

_MOST_REMEMBERED = 20_000
_MOST_COUNT = 10**12
_SHOWN_NAMES = 12

_TIME_OF_DAY = re.compile(r"[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?$")
_CURRENCY = re.compile("^(?:人民币|RMB|CNY|¥)+")
_SHORT_UNITS = ("万", "千", "亿", "百万")
_SERIAL_DAY = re.compile(r"[1-9]\d{4}(?:\.\d+)?")
_YEAR = re.compile(r"(\d{4})(?:\.0+)?(?:年|年度)?")
_COUNT = re.compile(rf"(\d{{1,13}}|\d{{1,3}}(?:,\d{{3}})+)(?:\.0+)?(?:{any_of(PIECES)})?")
_SEVERAL = re.compile(r"[;；、,，\n]")
_TRUE = frozenset({"是", "有", "真", "true", "yes", "y", "t", "1", "√", "✓", "✔", "☑"})
_FALSE = frozenset({"否", "无", "没有", "假", "false", "no", "n", "f", "0", "×", "✗", "✘", "x"})


_IN_ENGLISH = {
    Reason.LENGTH: "not of 18 characters",
    Reason.ALPHABET: "a character that no code has",
    Reason.REGION: "characters 3 to 8 are no region",
    Reason.CHECK_CHARACTER: "the check character does not fit",
}


@dataclass(frozen=True, slots=True)
class Words:
    """All words that cells may use (用词): titles, levels, grades and rounds, and areas."""

    titles: TitleReader
    areas: AreaReader


def cell_reader(field: Field, words: Words, unit: str = "") -> Read:
    """How cells of a field are read; ``unit`` is that of the column or table for amounts that name none (万元)."""
    read = _READERS[field.type](field, words, unit)
    if field.type in _ALL_DIFFERENT:
        return read
    remembered: dict[str, Value | None] = {}

    def read_remembering(raw: Raw) -> Value | None:
        # Texts only: 1, 1.0 and True are one key, and not one cell.
        if type(raw) is not str:
            return read(raw)
        if raw in remembered:
            return remembered[raw]
        if len(remembered) >= _MOST_REMEMBERED:
            remembered.clear()
        value = remembered[raw] = read(raw)
        return value

    return read_remembering


def _credit_code(_: Field, __: Words, ___: str) -> Read:
    def read(raw: Raw) -> Value | None:
        if isinstance(raw, float):
            raise Unreadable("code-became-number")
        text = raw if type(raw) is str else cell_text(raw)
        try:
            return read_code(text)
        except NotACreditCode as error:
            if error.reason is Reason.EMPTY or not clean(text):
                return None
            raise _refused_code(error) from error

    return read


def _refused_code(error: NotACreditCode) -> Unreadable:
    if error.reason is Reason.NUMBER:
        return Unreadable("code-became-number")
    if error.reason is Reason.IDENTITY_NUMBER:
        return Unreadable("identity-number")
    said = _IN_ENGLISH[error.reason] + (f" (character {error.position})" if error.position else "")
    return Unreadable("bad-credit-code", detail={"reason": str(error), "said": said})


def _identifier(_: Field, __: Words, ___: str) -> Read:
    def read(raw: Raw) -> Value | None:
        text = refuse_formula(cell_text(raw))
        if _looks_scientific(text):
            raise Unreadable("digits-lost", str(DIGITS_KEPT))
        return (text if text.isascii() else unicodedata.normalize("NFKC", text)) or None

    return read


def _looks_scientific(text: str) -> bool:
    return "E+" in text and re.fullmatch(r"\d(?:\.\d+)?E\+\d+", text) is not None


def _text(_: Field, __: Words, ___: str) -> Read:
    return lambda raw: refuse_formula(cell_text(raw)) or None


def _money(_: Field, __: Words, unit: str) -> Read:
    def read(raw: Raw) -> Value | None:
        text = _number_text(raw, "bad-money")
        if not text:
            return None
        text = _CURRENCY.sub("", text)
        if text.endswith(_SHORT_UNITS):
            text += "元"
        try:
            fen = read_yuan(text + unit if text[-1:].isdigit() else text)
        except NotAnAmount as error:
            raise Unreadable("bad-money") from error
        if fen < 0:
            raise Unreadable("negative-money")
        return fen

    return read


def _date(_: Field, __: Words, ___: str) -> Read:
    def read(raw: Raw) -> Value | None:
        if isinstance(raw, datetime):
            raw = raw.date()
        if isinstance(raw, date):
            if EARLIEST_YEAR <= raw.year <= LATEST_YEAR:
                return raw
            raise Unreadable("bad-date")
        text = _number_text(raw, "bad-date", keep_spaces=True)
        if not text:
            return None
        try:
            return read_date(_TIME_OF_DAY.sub("", text))
        except NotADate as error:
            code = "number-as-date" if _SERIAL_DAY.fullmatch(text) else "bad-date"
            raise Unreadable(code) from error

    return read


def _year(_: Field, __: Words, ___: str) -> Read:
    def read(raw: Raw) -> Value | None:
        text = _number_text(raw, "bad-year")
        if not text:
            return None
        match = _YEAR.fullmatch(text)
        year = int(match[1]) if match else 0
        if not EARLIEST_YEAR <= year <= LATEST_YEAR:
            raise Unreadable("bad-year")
        return year

    return read


def _count(_: Field, __: Words, ___: str) -> Read:
    def read(raw: Raw) -> Value | None:
        text = _number_text(raw, "bad-count")
        if not text:
            return None
        match = _COUNT.fullmatch(text)
        count = int(match[1].replace(",", "")) if match else _MOST_COUNT
        if count >= _MOST_COUNT:
            raise Unreadable("bad-count")
        return count

    return read


def _flag(_: Field, __: Words, ___: str) -> Read:
    def read(raw: Raw) -> Value | None:
        if isinstance(raw, bool):
            return raw
        text = _number_text(raw, "bad-flag").lower()
        if text in _TRUE or text in _FALSE:
            return text in _TRUE
        if not text:
            return None
        raise Unreadable("bad-flag")

    return read


def _as_written(_: Field, __: Words, ___: str) -> Read:
    # What a title or a grade means depends on the other cells of the row too: see ``title_cells``.
    return lambda raw: cell_text(raw) or None


def _named(
    lookup: Callable[[Words, str], str | None], code: str, known: Callable[[Words], list[str]]
) -> _Maker:
    """The reader of a type whose values are names that the city knows."""

    def make(_: Field, words: Words, __: str) -> Read:
        def read(raw: Raw) -> Value | None:
            text = cell_text(raw)
            if not text:
                return None
            name = lookup(words, text)
            if name is None:
                raise Unreadable(code, _listed(known(words)))
            return name

        return read

    return make


def _levels(words: Words) -> list[str]:
    return list(words.titles.vocabulary.levels)


def _areas(words: Words) -> list[str]:
    return words.areas.names


def _round(words: Words, text: str) -> str | None:
    round_ = words.titles.round(text)
    return round_.value if round_ else None


def _option(field: Field, _: Words, __: str) -> Read:
    options = {fold(option): option for option in field.options}

    def read(raw: Raw) -> Value | None:
        text = cell_text(raw)
        if not text:
            return None
        if (option := options.get(fold(text))) is None:
            raise Unreadable("unknown-option", _listed(field.options))
        return option

    return read


def _options(field: Field, _: Words, __: str) -> Read:
    options = {fold(option): option for option in field.options}

    def read(raw: Raw) -> Value | None:
        pieces = raw if isinstance(raw, tuple) else _pieces(raw, options)
        names = [fold(clean(piece)) for piece in pieces]
        if unknown := [name for name in names if name and name not in options]:
            raise Unreadable("unknown-option", _listed(field.options), part=unknown[0])
        return tuple(sorted({options[name] for name in names if name}, key=field.options.index)) or None

    return read


def _pieces(raw: Raw, options: Mapping[str, str]) -> list[str]:
    """The several values of a cell; a name that itself holds a 、 is taken whole."""
    if isinstance(raw, str) and fold(raw) not in options:
        return _SEVERAL.split(raw)
    return [cell_text(raw)]


def _number_text(raw: Raw, code: str, *, keep_spaces: bool = False) -> str:
    """The text of a cell that should hold a number or a date: in half width."""
    try:
        text = cell_text(raw)
    except Unreadable as error:
        if error.code in {"not-text", "not-finite"}:
            raise Unreadable(code) from error
        raise
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    return text if keep_spaces else text.replace(" ", "")


def _listed(names: Mapping[str, str] | list[str] | tuple[str, ...]) -> str:
    shown = list(names)
    return "、".join(shown[:_SHOWN_NAMES]) + ("…" if len(shown) > _SHOWN_NAMES else "")


_Maker: TypeAlias = Callable[[Field, Words, str], Read]
_ALL_DIFFERENT = {FieldType.CREDIT_CODE, FieldType.IDENTIFIER, FieldType.TEXT}
_READERS: Mapping[FieldType, _Maker] = {
    FieldType.CREDIT_CODE: _credit_code,
    FieldType.IDENTIFIER: _identifier,
    FieldType.TEXT: _text,
    FieldType.MONEY: _money,
    FieldType.DATE: _date,
    FieldType.YEAR: _year,
    FieldType.COUNT: _count,
    FieldType.FLAG: _flag,
    FieldType.OPTION: _option,
    FieldType.OPTIONS: _options,
    FieldType.TITLE: _as_written,
    FieldType.GRADE: _as_written,
    FieldType.LEVEL: _named(lambda words, text: words.titles.level(text), "unknown-level", _levels),
    FieldType.ROUND: _named(_round, "unknown-round", lambda _: list(Round)),
    FieldType.AREA: _named(lambda words, text: words.areas.area(text), "unknown-area", _areas),
}
