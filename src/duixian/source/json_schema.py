"""JSON Schemas of rule blocks and YAML files (编辑器用的模式): with them an editor completes keys and checks values.

They follow from the same descriptions that the reader uses; ``docs/reference/*.schema.json`` are kept equal by a test.
Scalars may be written without quotes, so where YAML would see a number the schema takes numbers too.
"""

from __future__ import annotations

from typing import Any, TypeAlias

from duixian.source.block_schema import BLOCKS
from duixian.source.file_schema import CASES, CITY, INTERPRETATION, VOCABULARY
from duixian.source.schema import Decided, Either, Key, ListOf, MapOf, RecordOf, Scalar, Schema
from duixian.source.shape import QUESTION

JsonSchema: TypeAlias = dict[str, Any]
_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_TEXT_TYPES = ["string", "number"]


def json_schemas() -> dict[str, JsonSchema]:
    """Every schema by the name of its file under ``docs/reference``."""
    return {
        "block.schema.json": block_schema(),
        "city.schema.json": _file(CITY, "city.yaml"),
        "vocabulary.schema.json": _file(VOCABULARY, "vocabulary.yaml"),
        "interpretations.schema.json": _file(
            ListOf(INTERPRETATION, may_be_single=False), "interpretations.yaml"
        ),
        "cases.schema.json": _file(CASES, "cases/*.yaml"),
    }


def block_schema() -> JsonSchema:
    """The schema of one rule block: exactly one kind, told by its first key."""
    kinds = [{"title": kind, **_schema(record)} for kind, record in BLOCKS.items()]
    return {"$schema": _DRAFT, "title": "duixian 规则块", "oneOf": kinds}


def _file(schema: Schema, name: str) -> JsonSchema:
    return {"$schema": _DRAFT, "title": name, **_schema(schema)}


def _schema(schema: Schema) -> JsonSchema:
    match schema:
        case Scalar():
            return _scalar(schema)
        case ListOf():
            return _list(schema)
        case RecordOf():
            return _record(schema)
        case MapOf():
            return {"type": "object", "additionalProperties": _schema(schema.value)}
        case Decided():
            return {"anyOf": [_schema(schema.value), _choice(schema)]}
        case Either():
            return {"anyOf": [_schema(schema.scalar), _schema(schema.record)]}


def _scalar(schema: Scalar) -> JsonSchema:
    if schema.words:
        return {"enum": list(schema.words)}
    types = [*_TEXT_TYPES, "null"] if schema.may_be_empty else _TEXT_TYPES
    described: JsonSchema = {"type": types, "description": schema.name}
    if schema.pattern:
        described["pattern"] = f"^(?:{schema.pattern})$"
    return described


def _list(schema: ListOf) -> JsonSchema:
    item = _schema(schema.item)
    many: JsonSchema = {"type": "array", "items": item}
    if schema.least:
        many["minItems"] = schema.least
    return {"anyOf": [many, item]} if schema.may_be_single else many


def _record(schema: RecordOf) -> JsonSchema:
    return {
        "type": "object",
        "properties": {name: _key(key) for name, key in schema.keys.items()},
        "required": [name for name, key in schema.keys.items() if key.is_required],
        "additionalProperties": False,
    }


def _key(key: Key) -> JsonSchema:
    described = _schema(key.schema)
    return {**described, "description": key.note} if key.note else described


def _choice(schema: Decided) -> JsonSchema:
    """One value for each option of a question."""
    question: JsonSchema = {"type": "string", "description": "口径的名称"}
    return {
        "type": "object",
        "properties": {QUESTION: question},
        "required": [QUESTION],
        "additionalProperties": _schema(schema.value),
    }
