"""What title, level and grade of one row say together (称号取值): an alias may fix level and grade, and then cells must agree.

``国家级专精特新“小巨人”`` with 级别 省级 beside it contradicts itself: nobody but its author knows which cell is wrong. A title
that exists at one level only has that level; a title with several and no level in the row stays without, and is 待核 where
it matters.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from duixian.exchange.tables.cell_text import Unreadable
from duixian.rules.fact import Value
from duixian.rules.vocabulary import FactKind, FieldType, Title
from duixian.source.titles import TitleReader, WrittenTitle

Trouble: TypeAlias = tuple[str, Unreadable]
"""The field whose cell is to blame, and why."""

_MOST_REMEMBERED = 20_000


@dataclass(frozen=True, slots=True)
class TitleCells:
    """The fields of a kind that speak of a title (称号栏); "" where the kind has none."""

    reader: TitleReader
    title: str
    level: str
    grade: str
    _meanings: dict[str, WrittenTitle | None] = field(default_factory=dict)
    _near: dict[str, str] = field(default_factory=dict)

    def settle(self, values: dict[str, Value]) -> Iterator[Trouble]:
        """Put the title's name, its level and its grade in place of what is written; yield what cannot be."""
        written = values.get(self.title)
        if not isinstance(written, str):
            yield from self._settle_grade(values, frozenset())
            return
        meaning = self._meaning(written)
        if meaning is None:
            near = self._nearest(written)
            yield self.title, Unreadable("misspelt-title" if near else "unknown-title", near)
            return
        values[self.title] = meaning.title
        yield from self._settle_grade(values, frozenset({meaning.title}))
        title = self.reader.vocabulary.titles[meaning.title]
        yield from self._agree(values, self.level, meaning.level or _only(title.levels), meaning)
        yield from self._agree(values, self.grade, meaning.grade, meaning)
        yield from self._exists(values, title)

    def _meaning(self, written: str) -> WrittenTitle | None:
        if written not in self._meanings:
            if len(self._meanings) >= _MOST_REMEMBERED:
                self._meanings.clear()
            self._meanings[written] = self.reader.title(written)
        return self._meanings[written]

    def _nearest(self, written: str) -> str:
        # Looking for what is alike takes long, and a wrong title seldom comes alone.
        if written not in self._near and len(self._near) < _MOST_REMEMBERED:
            self._near[written] = self.reader.nearest_title(written)
        return self._near.get(written, "")

    def _settle_grade(self, values: dict[str, Value], titles: frozenset[str]) -> Iterator[Trouble]:
        written = values.get(self.grade)
        if not isinstance(written, str):
            return
        if grade := self.reader.grade(written, titles):
            values[self.grade] = grade
            return
        known = self.reader.vocabulary.titles
        grades = dict.fromkeys(
            name for title in titles or known for rank in known[title].grades for name in rank
        )
        code = "unknown-grade" if grades else "needless-grade"
        del values[self.grade]
        yield (
            self.grade,
            Unreadable(
                code, "、".join(grades), {"title": "、".join(titles) or self.grade}, is_harmless=not grades
            ),
        )

    def _agree(
        self, values: dict[str, Value], name: str, implied: str, meaning: WrittenTitle
    ) -> Iterator[Trouble]:
        """What the title implies, and what the cell says, are the same; an empty cell takes what is implied."""
        if not implied or not name:
            return
        if values.setdefault(name, implied) != implied:
            yield name, Unreadable("title-contradiction", implied, {"title": meaning.title})

    def _exists(self, values: dict[str, Value], title: Title) -> Iterator[Trouble]:
        level = values.get(self.level)
        if title.levels and level is not None and level not in title.levels:
            yield self.level, Unreadable("no-such-level", "、".join(title.levels), {"title": title.name})


def title_cells(
    kind: FactKind, reader: TitleReader
) -> Callable[[dict[str, Value]], Iterator[Trouble]] | None:
    """How rows of a kind settle their title; None when the kind has neither title nor grade."""
    title, level, grade = map(kind.field_of_type, (FieldType.TITLE, FieldType.LEVEL, FieldType.GRADE))
    fields = TitleCells(reader, title, level, grade)
    return fields.settle if fields.title or fields.grade else None


def _only(levels: tuple[str, ...]) -> str:
    return levels[0] if len(levels) == 1 else ""
