"""YAML as a tree of texts with their places (带位置的 YAML): no typing, no tags, no anchors.

YAML alone would read ``3:7`` as 187 and ``是`` as a string or a flag; here every scalar stays text until its key says what
it is. A scalar knows the place in the file of each of its characters, in literal blocks too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, TypeAlias

import yaml

from duixian.errors import Place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from duixian.source.report import Report

Loader: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml's parser where it is there: ten times faster; the pure one reads the same."""

_ESCAPE = re.compile(r"\\(?:x.{2}|u.{4}|U.{8}|.)")

DEEPEST = 12
"""Nesting beyond this is no policy any more."""


_IN_CHINESE = {
    "mapping values are not allowed in this context": "这里不能再有“键: 值”",
    "did not find expected key": "这里应当是一个键",
    "did not find expected ',' or ']'": "方括号没有配对，或少了逗号",
    "did not find expected ',' or '}'": "花括号没有配对，或少了逗号",
    "could not find expected ':'": "键后面少了冒号和空格",
    "found unexpected end of stream": "引号没有配对",
    "found character that cannot start any token": "值不能以这个符号开头",
    "block sequence entries are not allowed in this context": "列表的“- ”不能写在这里",
    "did not find expected '-' indicator": "这里应当是列表的“- ”",
    "expected a single document": "只能有一个 YAML 文档",
    "found a tab character that violate indentation": "缩进里有制表符",
}


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a YAML text stands (出处): its file, and the line of the file on which it begins (1-based)."""

    file: str
    first_line: int
    lines: tuple[str, ...]

    def place(self, line: int, column: int, end_line: int, end_column: int) -> Place:
        """A place in the file, from 0-based lines and columns of the YAML text."""
        return Place(
            self.file, self.first_line + line, column + 1, self.first_line + end_line, end_column + 1
        )


@dataclass(slots=True, eq=False)
class ScalarNode:
    """A single value as it is written, with its place."""

    text: str
    style: str
    origin: Origin
    start: tuple[int, int]
    end: tuple[int, int]
    _places: list[tuple[int, int]] | None = field(default=None, init=False, repr=False)

    @property
    def place(self) -> Place:
        """The whole value."""
        if self.style in "|>" and self.text.strip():
            first = len(self.text) - len(self.text.lstrip())
            return self.place_at(first, len(self.text.rstrip()))
        return self.origin.place(*self.start, *self.end)

    def place_at(self, start: int, end: int) -> Place:
        """The place of ``text[start:end]``."""
        if self.style not in "|>" and self.start[0] == self.end[0]:
            line, column = self.start
            quote = 1 if self.style in "'\"" else 0
            if self.end[1] - column == len(self.text) + 2 * quote:
                return self.origin.place(line, column + quote + start, line, column + quote + end)
        if self._places is None:
            self._places = _align(self)
        first = self._places[start] if start < len(self._places) else self.end
        last = self._places[end - 1] if end > start else first
        return self.origin.place(*first, last[0], last[1] + (end > start))


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A piece of a value (片段), such as a cell of a table or an expression, that still knows its places."""

    node: ScalarNode
    start: int
    end: int

    @classmethod
    def whole(cls, node: ScalarNode) -> Excerpt:
        """All of a value."""
        return cls(node, 0, len(node.text))

    @property
    def text(self) -> str:
        """The words themselves."""
        return self.node.text[self.start : self.end]

    @property
    def place(self) -> Place:
        """Where they stand."""
        return self.place_at(0, self.end - self.start)

    def place_at(self, start: int, end: int) -> Place:
        """The place of ``text[start:end]``."""
        return self.node.place_at(self.start + start, self.start + end)

    def part(self, start: int, end: int) -> Excerpt:
        """A smaller piece."""
        return Excerpt(self.node, self.start + start, self.start + end)


@dataclass(slots=True, eq=False)
class SequenceNode:
    """A list of values."""

    items: tuple[Node, ...]
    place: Place


@dataclass(slots=True, eq=False)
class MappingNode:
    """Keys with their values, in the order of the file."""

    entries: dict[str, tuple[ScalarNode, Node]]
    place: Place


Node: TypeAlias = ScalarNode | SequenceNode | MappingNode


def read_tree(text: str, file: str, first_line: int, report: Report, clause: str = "") -> Node | None:
    """Read a YAML text; None (and a problem) when it is no YAML, None alone when it is empty."""
    builder = _Builder(Origin(file, first_line, tuple(text.split("\n"))), report, clause)
    try:
        return builder.document(yaml.parse(text, Loader))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(file, first_line + mark.line, mark.column + 1) if mark else Place(file, first_line)
        said = error.problem or str(error)
    except yaml.YAMLError as error:
        place, said = Place(file, first_line), str(error).split("\n")[0][:80]
    report.add("yaml-syntax", place, _IN_CHINESE.get(said, said), clause=clause, said=said)
    return None


class _Builder:
    """Builds our nodes from YAML's events, never deeper than ``DEEPEST``: the composer of libyaml crashes on deep nesting."""

    def __init__(self, origin: Origin, report: Report, clause: str) -> None:
        self.origin, self.report, self.clause = origin, report, clause

    def document(self, events: Iterator[yaml.Event]) -> Node | None:
        """The one document of a text."""
        root: Node | None = None
        is_first = True
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                if not is_first:
                    said = "expected a single document"
                    self.report.add(
                        "yaml-syntax",
                        self._place(event, event),
                        _IN_CHINESE[said],
                        clause=self.clause,
                        said=said,
                    )
                    break
                root, is_first = self._node(next(events), events, 0), False
        return root

    def _node(self, event: yaml.Event, events: Iterator[yaml.Event], depth: int) -> Node | None:
        if isinstance(event, yaml.AliasEvent):
            self.report.add("yaml-alias", self._place(event, event), clause=self.clause)
            return None
        if isinstance(event, yaml.ScalarEvent):
            return ScalarNode(
                event.value, event.style or " ", self.origin, _spot(event.start_mark), _spot(event.end_mark)
            )
        if depth >= DEEPEST:
            self._skip(event, events)
            return None
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(event, events, depth)
        return self._mapping(event, events, depth)

    def _skip(self, start: yaml.Event, events: Iterator[yaml.Event]) -> None:
        """Pass over what is nested too deep."""
        still_open, event = 1, start
        while still_open:
            event = next(events)
            still_open += isinstance(event, yaml.CollectionStartEvent)
            still_open -= isinstance(event, yaml.CollectionEndEvent)
        self.report.add("yaml-depth", self._place(start, event), clause=self.clause)

    def _sequence(self, start: yaml.Event, events: Iterator[yaml.Event], depth: int) -> SequenceNode:
        items: list[Node] = []
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            item = self._node(event, events, depth + 1)
            if item is not None:
                items.append(item)
        return SequenceNode(tuple(items), self._place(start, event))

    def _mapping(self, start: yaml.Event, events: Iterator[yaml.Event], depth: int) -> MappingNode:
        entries: dict[str, tuple[ScalarNode, Node]] = {}
        while not isinstance(event := next(events), yaml.MappingEndEvent):
            key = self._node(event, events, depth + 1)
            value = self._node(next(events), events, depth + 1)
            if not isinstance(key, ScalarNode):
                if key is not None:
                    self.report.add("yaml-key", key.place, clause=self.clause)
            elif key.text in entries:
                self.report.add("duplicate-key", key.place, key.text, clause=self.clause)
            elif value is not None:
                entries[key.text] = (key, value)
        return MappingNode(entries, _around(entries, self._place(start, event)))

    def _place(self, start: yaml.Event, end: yaml.Event) -> Place:
        return self.origin.place(*_spot(start.start_mark), *_spot(end.end_mark))


class _Mark(Protocol):
    line: int
    column: int


def _spot(mark: _Mark | None) -> tuple[int, int]:
    """A mark as line and column; events that were read from a text always have theirs."""
    assert mark is not None
    return mark.line, mark.column


def _around(entries: dict[str, tuple[ScalarNode, Node]], place: Place) -> Place:
    """From the first key to the last value: the end that YAML gives lies on the line after a block mapping."""
    if not entries:
        return place
    last = list(entries.values())[-1][1].place
    is_block = place.end_line > last.end_line
    end_line, end_column = (
        (last.end_line, last.end_column) if is_block else (place.end_line, place.end_column)
    )
    return Place(place.file, place.line, place.column, end_line, end_column)


def _align(node: ScalarNode) -> list[tuple[int, int]]:
    """The line and column of every character of a value that folds, quotes or spans lines.

    White space is where lines fold, so only visible characters are looked for, one after the other.
    """
    lines = node.origin.lines
    line, column = (node.start[0] + 1, 0) if node.style in "|>" else (node.start[0], node.start[1])
    if node.style in "'\"":
        column += 1
    places: list[tuple[int, int]] = []
    for character in node.text:
        length = 1
        if not character.isspace():
            line, column, length = _next_visible(lines, line, column, character, node)
        places.append((line, column))
        if not character.isspace() or lines[line][column : column + 1].isspace():
            column += length
    return places


def _next_visible(
    lines: tuple[str, ...], line: int, column: int, character: str, node: ScalarNode
) -> tuple[int, int, int]:
    """Where a visible character stands, and how long it is written: an escape such as \\u5b58 is one character."""
    place = line
    while place <= node.end[0] and place < len(lines):
        rest = lines[place][column if place == line else 0 :]
        indent = len(rest) - len(rest.lstrip())
        start = len(lines[place]) - len(rest) + indent
        escape = _ESCAPE.match(lines[place], start) if node.style == '"' else None
        if escape is not None:
            return place, start, len(escape[0])
        found = lines[place].find(character, start)
        if found >= 0:
            return place, found, 1
        place += 1
    return line, column, 0
