"""Titles as people write them (称号的写法): 先进级智能工厂, 国家级专精特新“小巨人”, 省双跨工业互联网平台 → title, level, grade.

A written form is folded first (spaces and quotes gone, widths and brackets of one form). An exact alias is looked up
first; then the name with a level or a grade before it, or a grade in brackets after it; the official name last, since it
says neither.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from duixian.errors import Place
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
    rounds: Mapping[str, Round]
    title_grades: Mapping[str, Mapping[str, str]]
    official: Mapping[str, str]

    @classmethod
    def of(cls, vocabulary: Vocabulary) -> TitleReader:
        """The reader of a vocabulary. Of two titles that claim one form the first keeps it; ``collisions`` tells."""
        forms: dict[str, WrittenTitle] = {}
        for form, written, _ in _all_forms(vocabulary):
            forms.setdefault(title_key(form), written)
        named = {**{name: name for name in vocabulary.levels}, **vocabulary.level_aliases}
        # The longest first: 江苏省 is a level's alias before 江苏 is.
        levels = {title_key(form): named[form] for form in sorted(named, key=len, reverse=True)}
        rounds = {title_key(each.value): each for each in Round}
        rounds.update({title_key(alias): each for alias, each in vocabulary.round_aliases.items()})
        return cls(
            vocabulary,
            forms,
            levels,
            rounds,
            {title.name: _grades_of(title, vocabulary) for title in vocabulary.titles.values()},
            {
                title_key(name): title.name
                for title in vocabulary.titles.values()
                for name in _official_names(title)
            },
        )

    def title(self, text: str) -> WrittenTitle | None:
        """The title that a text names, with the level and grade that the text fixes; None when it names none."""
        key = title_key(text)
        return self.forms.get(key) or self._with_level(key) or self._with_grade(key) or self._official(key)

    def _official(self, key: str) -> WrittenTitle | None:
        return WrittenTitle(self.official[key]) if key in self.official else None

    def _with_level(self, key: str) -> WrittenTitle | None:
        """国家级X, 省X: a level and what is left, which may carry a grade as well."""
        for form, level in self.levels.items():
            if key.startswith(form) and len(key) > len(form):
                rest = key[len(form) :]
                written = self.forms.get(rest) or self._with_grade(rest) or self._official(rest)
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
        if entry is None:
            return (title,)
        return (entry.name, *(alias.text for alias in entry.aliases), *_official_names(entry))


@dataclass(frozen=True, slots=True)
class Collision:
    """A written form that two titles claim (写法冲突): ``first`` has it, ``title`` wants it at ``place``."""

    form: str
    first: WrittenTitle
    title: str
    place: Place


def collisions(vocabulary: Vocabulary) -> Iterator[Collision]:
    """Forms that mean two things. A name that is also another's alias counts: it would never be read as that."""
    seen: dict[str, WrittenTitle] = {}
    for form, written, place in _all_forms(vocabulary):
        first = seen.setdefault(title_key(form), written)
        if first != written:
            yield Collision(form, first, written.title, place)


def _all_forms(vocabulary: Vocabulary) -> Iterator[tuple[str, WrittenTitle, Place]]:
    """Every form with what it means, names before aliases."""
    for title in vocabulary.titles.values():
        yield title.name, WrittenTitle(title.name), title.place
    for title in vocabulary.titles.values():
        for alias in title.aliases:
            yield alias.text, WrittenTitle(title.name, alias.level, alias.grade), alias.place


def _official_names(title: Title) -> list[str]:
    """The official names; two schemes behind one title are separated by a semicolon."""
    return [name.strip() for name in title.official_name.replace(";", "；").split("；") if name.strip()]


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
