"""Names that a field can hold (字段中的名称): each checked against the vocabulary and given in its canonical form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from duixian.rules.expression import Type
from duixian.rules.vocabulary import Field, FieldType
from duixian.source.report import listed, nearest

if TYPE_CHECKING:
    from duixian.errors import Place
    from duixian.source.desk import Desk

_OWN_TYPE = {FieldType.CREDIT_CODE: Type.IDENTIFIER}
TYPES: Mapping[FieldType, Type] = {each: _OWN_TYPE.get(each) or Type(each.value) for each in FieldType}
"""The type of an expression that reads a field."""

NAMED = frozenset({Type.TITLE, Type.LEVEL, Type.GRADE, Type.ROUND, Type.OPTION, Type.OPTIONS, Type.AREA})
"""Fields that hold names: to the right of a comparison with one stands a name, not a field."""

RANKED = frozenset({Type.LEVEL, Type.GRADE})
"""Names that compare by rank."""


@dataclass(frozen=True, slots=True)
class Name:
    """A checked name (名称) in its canonical form; a title's alias may fix the level or the grade as well."""

    text: str
    level: str = ""
    grade: str = ""

    @property
    def fixes_more(self) -> bool:
        """Whether the written form says more than the title."""
        return bool(self.level or self.grade)


def read_name(
    desk: Desk, field: Field, text: str, place: Place, titles: frozenset[str] = frozenset()
) -> Name | None:
    """The name that ``text`` means in this field; a problem and None when it means none.

    ``titles`` are the titles named beside it: a grade must be one of theirs.
    """
    reader = desk.titles
    match TYPES[field.type]:
        case Type.TITLE:
            title = reader.title(text)
            if title is None:
                near = reader.nearest_title(text)
                desk.problem("unknown-title", place, text, near or "vocabulary.yaml 中的称号", near=near)
                return None
            return Name(title.title, title.level, title.grade)
        case Type.LEVEL:
            return _checked(desk, "unknown-level", text, place, reader.level(text), reader.vocabulary.levels)
        case Type.GRADE:
            known = [
                grade
                for title in (titles or reader.title_grades)
                for grade in reader.title_grades.get(title, {})
            ]
            return _checked(desk, "unknown-grade", text, place, reader.grade(text, titles), known)
        case Type.ROUND:
            round_ = reader.round(text)
            return _checked(desk, "unknown-round", text, place, round_ and round_.value, reader.rounds)
        case Type.AREA:
            area = desk.area(text, place)
            return Name(area) if area else None
        case _:
            found = text if text in field.options else None
            return _checked(desk, "unknown-option", text, place, found, field.options, field.name)


def _checked(
    desk: Desk, code: str, text: str, place: Place, found: str | None, known: Iterable[str], field: str = ""
) -> Name | None:
    if found is not None:
        return Name(found)
    known = list(known)
    near = nearest(text, known)
    desk.problem(code, place, text, near or listed(known), near=near, field=field)
    return None
