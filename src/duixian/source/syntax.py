"""The syntax of expressions (表达式语法): text → tree with positions, or one problem at the word that does not fit."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, TypeAlias

from lark import Lark, Token, Tree
from lark.exceptions import UnexpectedCharacters, UnexpectedInput, UnexpectedToken

from duixian.rules.expression import Comparator

if TYPE_CHECKING:
    from duixian.errors import Place
    from duixian.source.desk import Desk
    from duixian.source.yaml_tree import Excerpt

Node: TypeAlias = Tree[Token]

LONGEST = 2_000
"""No condition of a policy is longer; the bound keeps the parser from junk."""

_SHOWN = {
    "WORD": "名称、字段或数量",
    "QUOTED": "“…”",
    "COMPARATOR": "= != >= <= > <",
    "SIGN": "+ -",
    "_OPEN": "(",
    "_CLOSE": ")",
    "$END": "表达式结束",
}


@cache
def _parser() -> Lark:
    grammar = files("duixian.source").joinpath("grammar.lark").read_text("utf-8")
    # The basic lexer: a keyword is a whole word, also where only the keyword could follow (且且 is no 且).
    return Lark(grammar, parser="lalr", lexer="basic", propagate_positions=True, maybe_placeholders=False)


def parse(excerpt: Excerpt, desk: Desk) -> Node | None:
    """The tree of an expression; None (and a problem) when it has none."""
    text = excerpt.text
    if len(text) > LONGEST:
        desk.problem("expression-syntax", excerpt.place, text[:20] + "…", f"≤ {LONGEST}")
        return None
    try:
        return _parser().parse(text)
    except UnexpectedInput as error:
        start, found = _where(error, text)
        place = excerpt.place_at(start, start + max(1, len(found)))
        desk.problem("expression-syntax", place, found or "表达式结束", _expected(error))
        return None


def _where(error: UnexpectedInput, text: str) -> tuple[int, str]:
    if isinstance(error, UnexpectedToken) and error.token.type != "$END":
        return error.token.start_pos or 0, str(error.token)
    if isinstance(error, UnexpectedCharacters):
        start = error.pos_in_stream or 0
        return start, text[start : start + 1]
    return max(0, len(text) - 1), ""


def _expected(error: UnexpectedInput) -> str:
    terminals = (
        getattr(error, "accepts", None) or getattr(error, "expected", None) or getattr(error, "allowed", None)
    )
    names = {_SHOWN.get(name) or _keyword(name) for name in terminals or ()}
    return " ".join(sorted(name for name in names if name))


def _keyword(terminal: str) -> str:
    """The word of a keyword's terminal."""
    for definition in _parser().terminals:
        if definition.name == terminal:
            return str(definition.pattern.value)
    return ""


_COMPARATORS = {"≥": ">=", "≤": "<=", "≠": "!=", "＝": "=", "＞": ">", "＜": "<"}


def child(node: Node, index: int) -> Node:
    """A part of a node that is a node itself."""
    found = node.children[index]
    assert isinstance(found, Tree)
    return found


def tokens_of(node: Node) -> list[Token]:
    """The words that stand directly in a node."""
    return [each for each in node.children if isinstance(each, Token)]


def token_of(node: Node) -> Token:
    """The first word of a node."""
    return tokens_of(node)[0]


def sign_of(node: Node) -> Token:
    """The sign between the two sides of a comparison or a sum."""
    return tokens_of(node)[0]


def comparator_of(sign: Token) -> Comparator:
    """The comparator that a sign writes, full width or half."""
    return Comparator(_COMPARATORS.get(str(sign), str(sign)))


def names_of(node: Node) -> list[Token]:
    """The names right of a comparison, brackets or not."""
    return list(child(node, -1).scan_values(lambda value: isinstance(value, Token)))


def unquoted(token: Token) -> str:
    """A name without its quotes."""
    return str(token)[1:-1] if token.type == "QUOTED" else str(token)


def span(node: Node | Token) -> tuple[int, int]:
    """Where a node stands in the text of its expression."""
    if isinstance(node, Token):
        return node.start_pos or 0, node.end_pos or 0
    return node.meta.start_pos, node.meta.end_pos


def place_of(node: Node | Token, excerpt: Excerpt) -> Place:
    """Where a node of an expression stands in its file."""
    return excerpt.place_at(*span(node))
