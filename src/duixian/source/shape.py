"""Values that fit their schema (成形的值): a YAML tree checked key by key, what does not fit reported and left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, TypeAlias, cast

from duixian.errors import Place
from duixian.source.report import listed, nearest
from duixian.source.schema import Decided, Either, Key, ListOf, MapOf, RecordOf, Scalar, Schema
from duixian.source.yaml_tree import MappingNode, Node, ScalarNode, SequenceNode

if TYPE_CHECKING:
    from duixian.source.report import Report

QUESTION = "口径"


@dataclass(frozen=True, slots=True)
class Item:
    """A single value with the node it was read from (值)."""

    node: ScalarNode
    value: object

    @property
    def text(self) -> str:
        """The value as it is written."""
        return self.node.text

    @property
    def place(self) -> Place:
        """Where it stands."""
        return self.node.place


@dataclass(frozen=True, slots=True)
class Open:
    """A value that a 口径 decides (未定的值): the question, and the options with their values if they are written out."""

    question: Item
    options: Mapping[str, tuple[Item, Shape]]
    place: Place


@dataclass(frozen=True, slots=True)
class Record:
    """A mapping that fits its schema (记录); keys that did not fit are not there, and ``is_whole`` is false then."""

    values: Mapping[str, Shape]
    place: Place
    is_whole: bool = True

    def get(self, key: str) -> Shape | None:
        """Whatever stands under the key."""
        return self.values.get(key)

    def item(self, key: str) -> Item | None:
        """A single value."""
        found = self.values.get(key)
        return found if isinstance(found, Item) else None

    def text(self, key: str, default: str = "") -> str:
        """A text."""
        found = self.item(key)
        return found.text if found else default

    def flag(self, key: str) -> bool:
        """A flag; absent is no."""
        found = self.item(key)
        return bool(found and found.value)

    def whole(self, key: str) -> int | None:
        """A whole number."""
        found = self.item(key)
        return cast(int, found.value) if found else None

    def day(self, key: str) -> date | None:
        """A date."""
        found = self.item(key)
        return cast(date, found.value) if found else None

    def list_of(self, key: str) -> tuple[Shape, ...]:
        """A list of anything."""
        found = self.values.get(key, ())
        return found if isinstance(found, tuple) else ()

    def items(self, key: str) -> tuple[Item, ...]:
        """A list of single values."""
        return tuple(each for each in self.list_of(key) if isinstance(each, Item))

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts."""
        return tuple(each.text for each in self.items(key))

    def record(self, key: str) -> Record | None:
        """A record inside."""
        found = self.values.get(key)
        return found if isinstance(found, Record) else None

    def records(self, key: str) -> tuple[Record, ...]:
        """A list of records."""
        return tuple(each for each in self.list_of(key) if isinstance(each, Record))

    def map(self, key: str) -> Mapping[str, tuple[Item, Shape]]:
        """A mapping with free keys: each key as an item, with its value."""
        found = self.values.get(key)
        return found.entries if isinstance(found, Map) else {}


@dataclass(frozen=True, slots=True)
class Map:
    """A mapping with free keys (映射)."""

    entries: Mapping[str, tuple[Item, Shape]]
    place: Place


Shape: TypeAlias = Item | tuple["Shape", ...] | Record | Open | Map


@dataclass(frozen=True, slots=True)
class Shaper:
    """Checks trees against schemas and reports what does not fit."""

    report: Report
    clause: str = ""

    def record(self, node: Node, schema: RecordOf) -> Record | None:
        """A record; None when it is no mapping or a required key is missing or wrong."""
        if not isinstance(node, MappingNode):
            self._wrong(node, "键: 值")
            return None
        record, is_complete = self.partial(node, schema)
        return record if is_complete else None

    def partial(self, node: MappingNode, schema: RecordOf) -> tuple[Record, bool]:
        """A record with the keys that fit, and whether none that is required is missing."""
        before = len(self.report.problems)
        values: dict[str, Shape] = {}
        for name, (key_node, value_node) in node.entries.items():
            key = schema.keys.get(name)
            if key is None:
                self._unknown_key(key_node, schema)
            elif not _is_blank(value_node, key):
                value = self.shape(value_node, key.schema)
                if value is not None:
                    values[name] = value
        is_complete = self._is_complete(node, schema, values)
        return Record(values, node.place, is_whole=len(self.report.problems) == before), is_complete

    def _is_complete(self, node: MappingNode, schema: RecordOf, values: Mapping[str, Shape]) -> bool:
        missing = [name for name, key in schema.keys.items() if key.is_required and name not in values]
        for name in missing:
            if name not in node.entries or _is_blank(node.entries[name][1], schema.keys[name]):
                first = next(iter(node.entries.values()), None)
                place = first[0].place if first else node.place
                self.report.add("missing-key", place, expected=name, clause=self.clause)
        return not missing

    def _unknown_key(self, node: ScalarNode, schema: RecordOf) -> None:
        near = nearest(node.text, schema.keys)
        self.report.add(
            "unknown-key",
            node.place,
            node.text,
            near or listed(schema.keys, 20),
            clause=self.clause,
            near=near,
        )

    def shape(self, node: Node, schema: Schema) -> Shape | None:
        """Any value; None when it does not fit."""
        match schema:
            case Scalar():
                return self._scalar(node, schema)
            case ListOf():
                return self._list(node, schema)
            case RecordOf():
                return self.record(node, schema)
            case MapOf():
                return self._map(node, schema)
            case Decided():
                return self._decided(node, schema)
            case Either():
                return self.shape(node, schema.record if isinstance(node, MappingNode) else schema.scalar)

    def _scalar(self, node: Node, schema: Scalar) -> Item | None:
        if not isinstance(node, ScalarNode):
            self._wrong(node, schema.name)
            return None
        try:
            return Item(node, schema.read(node.text))
        except ValueError:
            near = nearest(node.text, schema.words)
            expected = near or schema.name
            self.report.add(
                "wrong-value", node.place, node.text[:60], expected, clause=self.clause, near=near
            )
            return None

    def _list(self, node: Node, schema: ListOf) -> tuple[Shape, ...] | None:
        if isinstance(node, SequenceNode):
            shaped = [self.shape(item, schema.item) for item in node.items]
            if len(node.items) < schema.least:
                self.report.add("wrong-value", node.place, "[]", "至少一项", clause=self.clause)
                return None
            return tuple(each for each in shaped if each is not None)
        if not schema.may_be_single:
            self._wrong(node, "[…]")
            return None
        alone = self.shape(node, schema.item)
        return None if alone is None else (alone,)

    def _map(self, node: Node, schema: MapOf) -> Map | None:
        if not isinstance(node, MappingNode):
            self._wrong(node, "键: 值")
            return None
        entries: dict[str, tuple[Item, Shape]] = {}
        for name, (key_node, value_node) in node.entries.items():
            value = self.shape(value_node, schema.value)
            if value is not None:
                entries[name] = (Item(key_node, name), value)
        return Map(entries, node.place)

    def _decided(self, node: Node, schema: Decided) -> Shape | None:
        if not isinstance(node, MappingNode):
            return self.shape(node, schema.value)
        entries = dict(node.entries)
        if QUESTION not in entries:
            self.report.add("missing-key", node.place, expected=QUESTION, clause=self.clause)
            return None
        _, question_node = entries.pop(QUESTION)
        question = self._scalar(question_node, Scalar("一个口径的名称"))
        options: dict[str, tuple[Item, Shape]] = {}
        for name, (key_node, value_node) in entries.items():
            value = self.shape(value_node, schema.value)
            if value is not None:
                options[name] = (Item(key_node, name), value)
        if question is None or len(options) < len(entries):
            return None
        return Open(question, options, node.place)

    def _wrong(self, node: Node, expected: str) -> None:
        forms = {ScalarNode: "一个值", SequenceNode: "[…]", MappingNode: "{…}"}
        self.report.add("wrong-shape", node.place, forms[type(node)], expected, clause=self.clause)


def _is_blank(node: Node, key: Key) -> bool:
    """Whether nothing stands after the key: then the key counts as absent."""
    may_be_empty = isinstance(key.schema, Scalar) and key.schema.may_be_empty
    return isinstance(node, ScalarNode) and not node.text and not may_be_empty
