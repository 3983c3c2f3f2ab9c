"""Clauses (条款): a piece of the official text, what kind it is, and where its quantities are bound."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from duixian.errors import NOWHERE, Place


class ClauseKind(StrEnum):
    """What a clause is for (条款类型)."""

    AWARD = "奖励"
    SUBSIDY = "补助"
    SELECTION = "遴选"
    TARGET = "目标"
    TASK = "任务"
    TAXONOMY = "分类"
    PRINCIPLE = "原则"
    PROCEDURE = "程序"
    FISCAL = "财政"
    CUMULATION = "就高"
    EXCLUSION = "排除"
    PRECEDENCE = "衔接"
    VALIDITY = "有效期"
    DEFINITION = "定义"
    TAX = "税费"
    HEAD = "公文"


@dataclass(frozen=True, slots=True)
class Binding:
    """A quantity written in a rule (承接): what it is worth and which occurrence in the text it stands for.

    ``kind`` and ``value`` compare with the quantities read from the text; ``is_open`` marks a value under a 口径, which
    need not stand in the text; ``row`` is the award row it belongs to, if any. ``words`` must stand in the same sentence of
    the text: every group by one of its forms (a title by its name or an alias).
    """

    kind: str
    value: object
    place: Place
    written: str
    occurrence: int | None = None
    is_open: bool = False
    row: str = ""
    words: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class NonOperative:
    """A quantity that binds nobody (非操作性), with the reason."""

    written: str
    reason: str
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Annotation:
    """A quirk of the official text (注), kept in the text and explained: 类励 reads 奖励."""

    written: str
    meaning: str
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause of a document (条款): its verbatim text and what it is.

    ``text`` starts at line ``first_line`` of the policy file; rule blocks lie between clauses, never inside one.
    ``atom_count`` is the number of award rows that a reader counts in the text (控制数).
    """

    id: str
    name: str
    kinds: tuple[ClauseKind, ...]
    text: str
    first_line: int
    atom_count: int = 0
    non_operative: tuple[NonOperative, ...] = ()
    annotations: tuple[Annotation, ...] = ()
    bindings: tuple[Binding, ...] = ()
    units: tuple[str, ...] = ()
    interpretations: tuple[str, ...] = ()
    place: Place = NOWHERE

    def place_of(self, start: int, end: int) -> Place:
        """The place of ``text[start:end]`` in the policy file."""
        line = self.first_line + self.text.count("\n", 0, start)
        column = start - self.text.rfind("\n", 0, start)
        end_line = self.first_line + self.text.count("\n", 0, end)
        end_column = end - self.text.rfind("\n", 0, end)
        return Place(self.place.file, line, column, end_line, end_column)
