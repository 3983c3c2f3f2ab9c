"""Values as words (值的编码): how a cell, a literal or a coded name becomes a 64-bit integer that compares as the value does."""

from __future__ import annotations

from datetime import date

from duixian.rules.expression import Type
from duixian.rules.fact import Value
from duixian.rules.vocabulary import FieldType, Vocabulary

EPOCH = date(1970, 1, 1).toordinal()
SEPARATOR = "；"
NUMBER, DAY, SEVERAL = "\0", "\1", "\2"
"""What stands before the texts of values that are none."""


def told(value: Value) -> str:
    """What a value says as a text, such that two texts are equal only where the values are: fields of several types compare so."""
    if isinstance(value, str):
        return value
    if isinstance(value, tuple):
        return SEVERAL + SEPARATOR.join(value)
    return DAY + value.isoformat() if isinstance(value, date) else f"{NUMBER}{int(value)}"


def day_word(day: date) -> int:
    """Days since 1970-01-01."""
    return day.toordinal() - EPOCH


class Names:
    """Numbers for names (名称编号): the same name has the same number in every kind; levels have their rank instead.

    Texts that rules write down have numbers of their own, all below -1: the texts of facts are numbered within a dossier, from 0.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._levels = {level: rank for rank, level in enumerate(vocabulary.levels)}
        self._names: dict[str, int] = {}
        self.texts: dict[str, int] = {}

    def name(self, text: str) -> int:
        """The number of a name."""
        return self._names.setdefault(text, len(self._levels) + len(self._names))

    def text(self, text: str) -> int:
        """The number of a text that a rule writes down."""
        return self.texts.setdefault(text, -2 - len(self.texts))

    def coded(self, value: Value, type_: FieldType | Type) -> int:
        """The number of a coded value."""
        if isinstance(value, bool):
            return int(value)
        if isinstance(value, tuple):
            return self.name(SEPARATOR.join(value))
        if type_ == FieldType.LEVEL and value in self._levels:
            return self._levels[str(value)]
        return self.name(str(value))

    def literal(self, value: Value, type_: Type) -> int:
        """The word of a literal."""
        if isinstance(value, bool | int):
            return int(value)
        if isinstance(value, date):
            return day_word(value)
        if type_ in (Type.TEXT, Type.IDENTIFIER):
            return self.text(str(value))
        return self.coded(value, type_)
