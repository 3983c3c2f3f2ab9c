"""What hangs on a 口径 (取决于口径的部分): the parts of an expression that somebody's answer takes in or leaves out.

A figure there is a reading of the text, which need not have it: inside 则 and 否则 of a 若 that asks a 口径, and beside a
part of the same 且 or 或 that asks one itself. What merely stands in the same expression hangs on nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from lark import Token, Tree

from duixian.source.syntax import Node, child, span

_ASKS, _GROUPS = "decided_as", frozenset({"conjunction", "alternative"})


def hanging_parts(tree: Node) -> tuple[tuple[int, int], ...]:
    """The spans of these parts in the text of the expression.

    In ``甲 且 (口径 乙 = 丙 或 丁)`` 丁 hangs on 乙 and 甲 does not.
    """
    return tuple(span(part) for node in tree.iter_subtrees() for part in _hanging(node))


def hangs(word: Node | Token, parts: tuple[tuple[int, int], ...]) -> bool:
    """Whether a word stands in one of the parts."""
    at = span(word)[0]
    return any(start <= at < end for start, end in parts)


def _hanging(node: Node) -> Iterator[Node]:
    if node.data == "if_else":
        if any(True for _ in child(node, 0).find_data(_ASKS)):
            yield from (child(node, 1), child(node, 2))
    elif node.data in _GROUPS:
        parts = [part for part in node.children if isinstance(part, Tree)]
        if any(_asks(part) for part in parts):
            yield from (part for part in parts if not _asks(part))


def _asks(part: Node) -> bool:
    """口径 甲 = 乙 and its opposite."""
    return _asks(child(part, 0)) if part.data == "not_" else part.data == _ASKS
