"""Values as somebody writes them into a form or a program (填写的值): read by the same readers as the cells of tables.

An amount may be whole fen (a number) or written as officers do (``"200万元"``); dates are texts; names may be aliases; several names are a
list. An empty text is missing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from duixian.exchange.tables.areas import AreaReader
from duixian.exchange.tables.cell_text import Unreadable
from duixian.exchange.tables.cells import Words, cell_reader
from duixian.exchange.tables.title_cells import title_cells
from duixian.office.city import city
from duixian.office.refusal import Refusal
from duixian.office.registry.attribute_names import attribute
from duixian.rules.fact import Value
from duixian.rules.vocabulary import Field, FieldType
from duixian.source.titles import TitleReader


def read_attributes(written: Mapping[str, Any]) -> dict[str, Value]:
    """The attributes of an enterprise, under the city's names for them.

    Raises:
        Refusal: ``attribute-unknown`` or ``value-unfit``.
    """
    words, found = _words(), {}
    for name, raw in written.items():
        field = attribute(name)
        value = _read(field, raw, words)
        if value is not None:
            found[field.name] = value
    return found


def read_fact(kind_name: str, written: Mapping[str, Any]) -> dict[str, Value]:
    """The values of a fact.

    Raises:
        Refusal: ``kind-unknown``, ``field-unknown`` or ``value-unfit``.
    """
    kind = city().vocabulary.kinds.get(kind_name)
    if kind is None:
        raise Refusal("kind-unknown", f"没有这种事实：{kind_name[:40]}", fix="请使用词汇表中的事实种类")
    words, found = _words(), {}
    for name, raw in written.items():
        if name not in kind.fields:
            raise Refusal(
                "field-unknown",
                f"{kind.name}没有这个字段：{name[:40]}",
                fix=f"可用的字段：{'、'.join(kind.fields)}",
            )
        value = _read(kind.fields[name], raw, words)
        if value is not None:
            found[name] = value
    settle = title_cells(kind, words.titles)
    for name, reason in settle(found) if settle else ():
        if not reason.is_harmless:
            raise _unfit(name, reason.expected)
    return found


def _read(field: Field, raw: Any, words: Words) -> Value | None:
    if isinstance(raw, bool) or (isinstance(raw, int) and field.type is FieldType.MONEY):
        fits = field.type is FieldType.FLAG if isinstance(raw, bool) else raw >= 0
        if not fits:
            raise _unfit(field.name)
        return raw
    try:
        return cell_reader(field, words)(tuple(raw) if isinstance(raw, list) else raw)
    except Unreadable as error:
        raise _unfit(field.name, error.expected) from error


def _words() -> Words:
    here = city()
    return Words(TitleReader.of(here.vocabulary), AreaReader(here.region))


def _unfit(name: str, expected: str = "") -> Refusal:
    why = f"应为：{expected}" if expected else ""
    return Refusal("value-unfit", f"{name}的值不合要求", why=why, fix="请对照词汇表填写", field=name)
