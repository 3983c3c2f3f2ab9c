"""Values as the database keeps them (存储值): JSON with days in ISO form and several names as a list, and back by the field's type."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from typing import Any, TypeAlias

from duixian.office.city import city
from duixian.rules.fact import Value
from duixian.rules.vocabulary import FactKind, FieldType

Stored: TypeAlias = int | str | bool | list[str]
"""A value in JSON."""
_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def stored(value: Value | Stored) -> Stored:
    """A value as JSON holds it."""
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def stored_values(values: Mapping[str, Value | Stored]) -> dict[str, Stored]:
    """All values of a fact as JSON holds them."""
    return {name: stored(value) for name, value in values.items()}


def read_stored(kept: Any, type_: FieldType | None) -> Value:
    """A value back from JSON; ``type_`` is that of its field, None where the city knows the field no more."""
    if type_ is FieldType.DATE:
        return date.fromisoformat(kept)
    value: Value = tuple(kept) if isinstance(kept, list) else kept
    return value


def read_values(types: Mapping[str, FieldType], kept: Mapping[str, Any]) -> dict[str, Value]:
    """All values of a fact back from JSON; ``types`` are those of its kind's fields."""
    return {name: read_stored(value, types.get(name)) for name, value in kept.items()}


def field_types(kind: str) -> Mapping[str, FieldType]:
    """The types of a kind's fields by name; none for a kind that the city knows no more."""
    found: FactKind | None = city().vocabulary.kinds.get(kind)
    return {name: field.type for name, field in found.fields.items()} if found else {}


def as_json(value: Any) -> str:
    """JSON in one form: the same value, the same text."""
    return _ENCODER.encode(value)


def hash_of_fact(kind: str, number: str, code: str, kept: Mapping[str, Any]) -> str:
    """What makes two versions of a fact the same: kind, number, enterprise and all values."""
    return hashlib.sha256(as_json([kind, number, code, kept]).encode()).hexdigest()
