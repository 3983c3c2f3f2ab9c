"""vocabulary.yaml → the words of a city (词汇): fact kinds with their fields, titles, levels, and every alias."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

from duixian.rules.vocabulary import FactKind, Field, FieldType, Round, Title, TitleAlias, Vocabulary
from duixian.source.file_schema import VOCABULARY
from duixian.source.read_file import read_record
from duixian.source.report import listed, nearest
from duixian.source.shape import Item, Record
from duixian.source.titles import collisions

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from duixian.source.report import Report
    from duixian.source.shape import Shape

_WITH_OPTIONS = {FieldType.OPTION, FieldType.OPTIONS}


def read_vocabulary(path: Path, report: Report) -> Vocabulary | None:
    """The vocabulary of a city; None when the file is missing or says too little to read rules with."""
    record = read_record(path, VOCABULARY, report)
    if record is None:
        return None
    levels = record.texts("级别")
    titles = _titles(record.records("称号"), levels, report)
    vocabulary = Vocabulary(
        kinds=_kinds(record.map("事实"), report),
        titles=titles,
        levels=levels,
        level_aliases=_aliases(record.map("级别别名"), levels, report),
        grade_aliases=_aliases(record.map("等级别名"), _grades(titles), report),
        round_aliases={
            alias: Round(cast(Item, value).text) for alias, (_, value) in record.map("轮次别名").items()
        },
    )
    _check_collisions(vocabulary, report)
    if sum(kind.is_subject for kind in vocabulary.kinds.values()) != 1:
        report.add("subject-kind", record.place, expected="主体: 是")
        return None
    return vocabulary


def _kinds(entries: Mapping[str, tuple[Item, Shape]], report: Report) -> dict[str, FactKind]:
    kinds: dict[str, FactKind] = {}
    for name, (key, value) in entries.items():
        assert isinstance(value, Record)
        fields = {
            field: _field(at, cast(Record, each), report) for field, (at, each) in value.map("字段").items()
        }
        kind = FactKind(
            name, fields, value.text("日期字段"), value.text("对象字段"), value.flag("主体"), key.place
        )
        for role in ("日期字段", "对象字段"):
            item = value.item(role)
            if item is not None and item.text not in fields:
                near = nearest(item.text, fields)
                report.add(
                    "unknown-field", item.place, item.text, near or listed(fields, 20), near=near, kind=name
                )
        kinds[name] = kind
    return kinds


def _field(key: Item, record: Record, report: Report) -> Field:
    type_ = FieldType(record.text("类型"))
    options = record.texts("选项")
    if (type_ in _WITH_OPTIONS) != bool(options):
        report.add("field-options", key.place, type_, "选项: […]" if type_ in _WITH_OPTIONS else "选项／多选")
    return Field(
        str(key.value), type_, record.flag("必填"), options, record.texts("表头"), record.text("说明")
    )


def _titles(records: Iterable[Record], levels: tuple[str, ...], report: Report) -> dict[str, Title]:
    titles: dict[str, Title] = {}
    for record in records:
        title = _title(record, levels, report)
        if title.name in titles:
            item = record.item("名称")
            assert item is not None
            report.add("duplicate-id", item.place, title.name, str(titles[title.name].place))
        else:
            titles[title.name] = title
    return titles


def _title(record: Record, levels: tuple[str, ...], report: Report) -> Title:
    ranks = tuple(
        tuple(each.text for each in rank if isinstance(each, Item))
        for rank in record.list_of("等级")
        if isinstance(rank, tuple)
    )
    own_levels = record.items("级别")
    _check_known("unknown-level", own_levels, levels, report)
    grades = tuple(grade for rank in ranks for grade in rank)
    aliases = tuple(_alias(each, own_levels, grades, levels, report) for each in record.list_of("别名"))
    name = record.item("名称")
    assert name is not None
    return Title(
        name=name.text,
        levels=tuple(level for level in levels if level in record.texts("级别")),
        grades=ranks,
        official_name=record.text("官方名称"),
        issuer=record.text("发布"),
        note=record.text("说明"),
        aliases=aliases,
        place=name.place,
    )


def _alias(
    shape: Shape,
    own_levels: tuple[Item, ...],
    grades: tuple[str, ...],
    levels: tuple[str, ...],
    report: Report,
) -> TitleAlias:
    if isinstance(shape, Item):
        return TitleAlias(shape.text, place=shape.place)
    assert isinstance(shape, Record)
    level, grade = shape.item("级别"), shape.item("等级")
    _check_known(
        "unknown-level", [level] if level else [], [item.text for item in own_levels] or levels, report
    )
    _check_known("unknown-grade", [grade] if grade else [], grades, report)
    return TitleAlias(shape.text("文字"), shape.text("级别"), shape.text("等级"), shape.place)


def _check_known(code: str, items: Iterable[Item], known: Iterable[str], report: Report) -> None:
    known = list(known)
    for item in items:
        if item.text not in known:
            near = nearest(item.text, known)
            report.add(code, item.place, item.text, near or listed(known), near=near)


def _aliases(
    entries: Mapping[str, tuple[Item, Shape]], known: Iterable[str], report: Report
) -> dict[str, str]:
    known = list(known)
    values = {alias: value for alias, (_, value) in entries.items() if isinstance(value, Item)}
    _check_known("unknown-alias-target", values.values(), known, report)
    return {alias: value.text for alias, value in values.items() if value.text in known}


def _grades(titles: Mapping[str, Title]) -> list[str]:
    return [grade for title in titles.values() for rank in title.grades for grade in rank]


def _check_collisions(vocabulary: Vocabulary, report: Report) -> None:
    for each in collisions(vocabulary):
        report.add("alias-collision", each.place, each.form, each.first.title, title=each.title)
