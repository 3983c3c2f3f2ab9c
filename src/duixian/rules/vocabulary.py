"""The words of a city: fact kinds and their fields, titles with their levels and grades, and every alias."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from duixian.errors import NOWHERE, Place


class FieldType(StrEnum):
    """What a cell of a fact table holds (字段类型)."""

    CREDIT_CODE = "信用代码"
    IDENTIFIER = "编号"
    TEXT = "文本"
    MONEY = "金额"
    DATE = "日期"
    YEAR = "年度"
    FLAG = "是否"
    COUNT = "数量"
    TITLE = "称号"
    LEVEL = "级别"
    GRADE = "等级"
    ROUND = "轮次"
    OPTION = "选项"
    OPTIONS = "多选"
    AREA = "地区"


class Round(StrEnum):
    """Which time a recognition was given (轮次)."""

    AWARDED = "获评"
    FIRST = "首次"
    RENEWED = "复评"


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a fact kind (字段); ``aliases`` are other headers under which tables carry it."""

    name: str
    type: FieldType
    is_required: bool = False
    options: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class FactKind:
    """A kind of fact (事实种类): one table, named by the kind.

    ``date_field`` is the day on which it happened; ``object_field`` names what it is about (product, project, plant), the
    identity behind 同一事项; the subject kind (企业) describes the enterprise itself and triggers nothing.
    """

    name: str
    fields: Mapping[str, Field]
    date_field: str = ""
    object_field: str = ""
    is_subject: bool = False
    place: Place = NOWHERE
    title_field: str = field(init=False, default="")

    def __post_init__(self) -> None:
        object.__setattr__(self, "title_field", self.field_of_type(FieldType.TITLE))

    def field_of_type(self, type_: FieldType) -> str:
        """The name of the first field of that type, "" when the kind has none."""
        return next((name for name, each in self.fields.items() if each.type is type_), "")


@dataclass(frozen=True, slots=True)
class Title:
    """A recognition, certificate, licence or listing that an enterprise can obtain (称号).

    ``levels`` are those at which it exists (empty: it has none); ``grades`` go from low to high, grades of one rank
    together (行业级 and 区域级); ``requires`` names the title or level that must come first, where a scheme says so.
    """

    name: str
    levels: tuple[str, ...] = ()
    grades: tuple[tuple[str, ...], ...] = ()
    official_name: str = ""
    issuer: str = ""
    note: str = ""
    aliases: tuple[TitleAlias, ...] = ()
    place: Place = NOWHERE

    def grade_rank(self, grade: str) -> int | None:
        """The rank of a grade, 0 the lowest; None when this title has no such grade."""
        for rank, names in enumerate(self.grades):
            if grade in names:
                return rank
        return None


@dataclass(frozen=True, slots=True)
class TitleAlias:
    """Another way to write a title (别名); it may fix the level or the grade as well (先进级智能工厂)."""

    text: str
    level: str = ""
    grade: str = ""
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All words of a city (词汇). ``levels`` go from low to high; alias maps lead from a written form to the name."""

    kinds: Mapping[str, FactKind]
    titles: Mapping[str, Title]
    levels: tuple[str, ...]
    level_aliases: Mapping[str, str] = field(default_factory=dict)
    grade_aliases: Mapping[str, str] = field(default_factory=dict)
    round_aliases: Mapping[str, Round] = field(default_factory=dict)

    def level_rank(self, level: str) -> int:
        """The rank of a level, 0 the lowest."""
        return self.levels.index(level)

    @property
    def subject(self) -> FactKind:
        """The kind that describes the enterprise itself (企业)."""
        return next(kind for kind in self.kinds.values() if kind.is_subject)
