"""Titles as people write them (称号的写法): 先进级智能工厂, 国家级专精特新“小巨人”, 省双跨工业互联网平台 → title, level, grade.

A written form is folded first (spaces and quotes gone, widths and brackets of one form). An exact alias is looked up
first; then the name with a level or a grade before it, or a grade in brackets after it; the official name last, since it
says neither.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from duixian.rules.vocabulary import Round, Title, Vocabulary
from duixian.source.normalise import fold
from duixian.source.report import nearest

_DROPPED = str.maketrans("", "", "\"'《》〈〉「」『』·")


@dataclass(frozen=True, slots=True)
class WrittenTitle:
    """What a written form says (写法的含义): the title, and the level or grade when the form fixes them."""

    title: str
    level: str = ""
    grade: str = ""


@lru_cache(maxsize=65_536)
def title_key(text: str) -> str:
    """A written form without what does not tell titles apart."""
    return fold(text).translate(_DROPPED)


@dataclass(frozen=True, slots=True)
class TitleReader:
    """Reads titles, levels, grades and rounds in any of their written forms (称号识别)."""

    vocabulary: Vocabulary
    forms: Mapping[str, WrittenTitle]
    levels: Mapping[str, str]
    grades: Mapping[str, str]
    rounds: Mapping[str, Round]
    title_grades: Mapping[str, Mapping[str, str]]
    official: Mapping[str, str]

    @classmethod
    def of(cls, vocabulary: Vocabulary) -> TitleReader:
        """The reader of a vocabulary. Of two titles that claim one form the first keeps it; ``collisions`` tells."""
        forms: dict[str, WrittenTitle] = {}
        for key, written in _all_forms(vocabulary):
            forms.setdefault(key, written)
        levels = {title_key(name): name for name in vocabulary.levels}
        levels.update({title_key(alias): name for alias, name in vocabulary.level_aliases.items()})
        rounds = {title_key(each.value): each for each in Round}
        rounds.update({title_key(alias): each for alias, each in vocabulary.round_aliases.items()})
        return cls(
            vocabulary,
            forms,
            levels,
            {title_key(alias): name for alias, name in vocabulary.grade_aliases.items()},
            rounds,
            {title.name: _grades_of(title, vocabulary) for title in vocabulary.titles.values()},
            {key: title.name for title in vocabulary.titles.values() for key in _official_names(title)},
        )

    def title(self, text: str) -> WrittenTitle | None:
        """The title that a text names, with the level and grade that the text fixes; None when it names none."""
        key = title_key(text)
        found = self.forms.get(key) or self._with_level(key) or self._with_grade(key)
        return found or (WrittenTitle(self.official[key]) if key in self.official else None)

    def _with_level(self, key: str) -> WrittenTitle | None:
        """国家级X, 省X: the longest level first, so that 江苏省 is not read as a title beginning with 苏."""
        for form in sorted(self.levels, key=len, reverse=True):
            if key.startswith(form) and len(key) > len(form):
                rest = key[len(form) :]
                written = self.forms.get(rest) or self._with_grade(rest)
                level = self.levels[form]
                if written is not None and written.level in {"", level}:
                    return WrittenTitle(written.title, level, written.grade)
        return None

    def _with_grade(self, key: str) -> WrittenTitle | None:
        """先进级X, 二级X, X(双跨), X二级: a grade that this title has, before or after its name."""
        for title, grades in self.title_grades.items():
            for form, grade in grades.items():
                for rest in _without(key, form):
                    written = self.forms.get(rest)
                    if written is not None and written.title == title and written.grade in {"", grade}:
                        return WrittenTitle(title, written.level, grade)
        return None

    def level(self, text: str) -> str | None:
        """The level that a text names."""
        return self.levels.get(title_key(text))

    def grade(self, text: str, titles: frozenset[str] = frozenset()) -> str | None:
        """The grade that a text names, among those of these titles (of all titles when none is given)."""
        key = title_key(text)
        for title in titles or self.title_grades:
            grade = self.title_grades.get(title, {}).get(key)
            if grade is not None:
                return grade
        return None

    def round(self, text: str) -> Round | None:
        """The round that a text names."""
        return self.rounds.get(title_key(text))

    def nearest_title(self, text: str) -> str:
        """The title or alias that looks most like the text."""
        names = {form: form for form in self.forms}
        names.update({title_key(name): name for name in self.vocabulary.titles})
        return names.get(nearest(title_key(text), names), "")

    def forms_of(self, title: str) -> tuple[str, ...]:
        """Every way in which the text may write a title: its name and aliases as the vocabulary writes them."""
        entry = self.vocabulary.titles.get(title)
        return (entry.name, *(alias.text for alias in entry.aliases)) if entry else (title,)


def collisions(vocabulary: Vocabulary) -> Iterator[tuple[str, Title, WrittenTitle]]:
    """Forms that two titles claim: the form, the second claimant, and what the first made of it."""
    seen: dict[str, WrittenTitle] = {}
    for title in vocabulary.titles.values():
        for key, written in _forms(title):
            first = seen.setdefault(key, written)
            if first != written:
                yield key, title, first


def _all_forms(vocabulary: Vocabulary) -> Iterator[tuple[str, WrittenTitle]]:
    for title in vocabulary.titles.values():
        yield title_key(title.name), WrittenTitle(title.name)
    for title in vocabulary.titles.values():
        yield from _forms(title)


def _forms(title: Title) -> Iterator[tuple[str, WrittenTitle]]:
    yield title_key(title.name), WrittenTitle(title.name)
    for alias in title.aliases:
        yield title_key(alias.text), WrittenTitle(title.name, alias.level, alias.grade)


def _official_names(title: Title) -> list[str]:
    """The official names; two schemes behind one title are separated by a semicolon."""
    return [title_key(name) for name in title.official_name.replace(";", "；").split("；") if name.strip()]


def _grades_of(title: Title, vocabulary: Vocabulary) -> dict[str, str]:
    names = {title_key(grade): grade for rank in title.grades for grade in rank}
    aliases = {title_key(alias): grade for alias, grade in vocabulary.grade_aliases.items()}
    for alias, grade in aliases.items():
        if title_key(grade) in names:
            names.setdefault(alias, names[title_key(grade)])
    return names


def _without(key: str, grade: str) -> Iterator[str]:
    if key.startswith(grade):
        yield key.removeprefix(grade)
    if key.endswith(f"({grade})"):
        yield key.removesuffix(f"({grade})")
    elif key.endswith(grade):
        yield key.removesuffix(grade)
