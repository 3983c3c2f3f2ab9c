"""Whether values fit their fields (字段取值): right type, known option, known area; what enters by hand as well as what enters by table."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from duixian.exchange.tables.roles import roles_of
from duixian.office.city import city
from duixian.office.refusal import Refusal
from duixian.office.registry.stored_values import Stored
from duixian.rules.fact import Value
from duixian.rules.vocabulary import FactKind, Field, FieldType, Round

_TYPES: Mapping[FieldType, type] = {
    FieldType.MONEY: int,
    FieldType.COUNT: int,
    FieldType.YEAR: int,
    FieldType.DATE: date,
    FieldType.FLAG: bool,
    FieldType.OPTIONS: tuple,
}


def demand_fits(field: Field, value: Value) -> None:
    """Go on only when a value is one of the field.

    Raises:
        Refusal: ``value-unfit``.
    """
    if type(value) is not _TYPES.get(field.type, str) or not _is_known(field, value):
        raise Refusal(
            "value-unfit",
            f"{field.name}的值不合要求",
            why=f"此字段的类型是{field.type}",
            fix="请对照词汇表填写",
            field=field.name,
        )


def demand_values(
    kind: FactKind, number: str, code: str, values: Mapping[str, Any]
) -> dict[str, Value | Stored]:
    """The values of a fact, its number and code among them.

    Raises:
        Refusal: ``field-unknown``, ``value-unfit`` or ``field-missing``.
    """
    roles = roles_of(kind, city().vocabulary)
    whole: dict[str, Any] = {**values, roles.id: number, roles.code: code}
    for name, value in whole.items():
        if name not in kind.fields:
            raise Refusal(
                "field-unknown",
                f"{kind.name}没有这个字段：{name[:40]}",
                fix=f"可用的字段：{'、'.join(kind.fields)}",
            )
        demand_fits(kind.fields[name], value)
    missing = [name for name, field in kind.fields.items() if field.is_required and name not in whole]
    if missing:
        raise Refusal(
            "field-missing", f"缺少{'、'.join(missing)}", why="这些字段必填", fix="请补充", fields=missing
        )
    return whole


def _is_known(field: Field, value: Value) -> bool:
    here = city()
    if isinstance(value, tuple):
        return bool(value) and set(value) <= set(field.options)
    if not isinstance(value, str):
        return isinstance(value, bool | date) or 0 <= value <= 10**17
    words: Mapping[FieldType, object] = {
        FieldType.OPTION: field.options,
        FieldType.AREA: here.region.areas,
        FieldType.LEVEL: here.vocabulary.levels,
        FieldType.TITLE: here.vocabulary.titles,
        FieldType.ROUND: tuple(Round),
    }
    known = words.get(field.type)
    return bool(value.strip()) and (known is None or value in known)  # type: ignore[operator]
