"""Values written in rules (字面值): the unit says the type, and what is expected never overrules the unit."""

from __future__ import annotations

import re
from datetime import date

from duixian.rules.expression import Literal, Type
from duixian.source.amounts import reading_of
from duixian.source.quantity import Count, QuantityKind

_PLAIN = re.compile(r"[0-9]{1,15}")
_YEAR = re.compile(r"(19|20|21)[0-9]{2}")


def literal_of(text: str, expected: Type | None) -> Literal | None:
    """The value that a word writes, or None when it writes none. A bare number is a count, or a year where one is due."""
    if _PLAIN.fullmatch(text):
        if expected is Type.YEAR and _YEAR.fullmatch(text):
            return Literal(int(text), Type.YEAR)
        return Literal(int(text), Type.COUNT)
    reading = reading_of(text)
    if reading is None:
        return None
    value = reading.value
    if isinstance(value, Count):
        return Literal(value.number, Type.COUNT) if isinstance(value.number, int) else None
    type_ = _TYPES.get(reading.kind)
    if type_ is None or not isinstance(value, int | date):
        return None
    return Literal(value, type_)


_TYPES = {QuantityKind.MONEY: Type.MONEY, QuantityKind.DATE: Type.DATE, QuantityKind.YEAR: Type.YEAR}
