"""Typed expressions (表达式): the tree of ``syntax.py`` checked against the vocabulary, word by word.

Units never mix, names are canonical afterwards, and every quantity written in the expression is bound to the text.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from lark import Token, Tree

from duixian.rules.expression import (
    All,
    Any,
    Comparator,
    Contains,
    Exists,
    Expr,
    Expression,
    FieldRef,
    IfElse,
    Literal,
    Not,
    Shift,
    Sum,
    Type,
    YearEnd,
    YearOf,
)
from duixian.rules.vocabulary import Field
from duixian.source.amounts import read_term, reading_of
from duixian.source.answer import read_answer
from duixian.source.comparison import Typed, compare, stands_alone
from duixian.source.desk import NO_ROW
from duixian.source.hanging import hanging_parts, hangs
from duixian.source.literal import literal_of
from duixian.source.names import NAMED, Name, read_name
from duixian.source.reference import (
    Frame,
    Reference,
    fixed_conditions,
    has_owner,
    report_unknown_field,
    resolve,
)
from duixian.source.report import listed, nearest
from duixian.source.syntax import (
    Node,
    child,
    comparator_of,
    names_of,
    parse,
    place_of,
    sign_of,
    span,
    token_of,
    unquoted,
)

if TYPE_CHECKING:
    from duixian.errors import Place
    from duixian.source.desk import Desk, Row
    from duixian.source.quantity import Reading
    from duixian.source.yaml_tree import Excerpt


_TEXTS = frozenset({Type.TEXT, Type.IDENTIFIER})
_FUNCTIONS = {"年末": (Type.YEAR, Type.DATE), "年份": (Type.DATE, Type.YEAR)}


def read_expression(
    excerpt: Excerpt, expected: Type, frame: Frame, desk: Desk, row: Row = NO_ROW, *, is_open: bool = False
) -> Expression | None:
    """Read and check an expression; problems and None when anything in it is wrong. Quantities are bound to the text."""
    tree = parse(excerpt, desk)
    if tree is None:
        return None
    checker = _Checker(excerpt, desk)
    typed = checker.wanted(child(tree, 0), expected, frame)
    parts = hanging_parts(tree)
    for reading, word, written in checker.quantities:
        desk.bind(reading, written, place_of(word, excerpt), row, is_open=is_open or hangs(word, parts))
    if typed is None:
        return None
    return Expression(typed, expected, " ".join(excerpt.text.split()), excerpt.place)


@dataclass(slots=True)
class _Checker:
    """Checks one expression. Every method returns None after it has reported a problem."""

    excerpt: Excerpt
    desk: Desk
    quantities: list[tuple[Reading, Node | Token, str]] = field(default_factory=list)

    def wanted(self, node: Node, expected: Type, frame: Frame) -> Expr | None:
        """An expression of the type asked for."""
        typed = self.typed(node, frame, expected)
        if typed is None:
            return None
        if typed[1] is not expected:
            self._mismatch(node, typed[1], expected)
            return None
        return typed[0]

    def typed(self, node: Node, frame: Frame, expected: Type | None = None) -> Typed | None:
        """An expression with its type; ``expected`` helps to read a literal."""
        match node.data:
            case "word":
                return self._word(token_of(node), frame, expected)
            case "quoted":
                return Literal(unquoted(token_of(node)), Type.TEXT), Type.TEXT
            case "call":
                return self._call(node, frame)
            case "sum":
                return self._sum(node, frame, expected)
            case "if_else":
                return self._if_else(node, frame, expected)
            case _:
                condition = self._condition(node, frame)
                return None if condition is None else (condition, Type.FLAG)

    def _condition(self, node: Node, frame: Frame) -> Expr | None:
        match node.data:
            case "compare":
                return self._compare(node, frame)
            case "contains" | "one_of":
                return self._contains(node, frame)
            case "decided_as":
                return read_answer(node, self.excerpt, self.desk)
            case "exists":
                return self._exists(node, frame)
            case "not_":
                part = self.wanted(child(node, 0), Type.FLAG, frame)
                return None if part is None else Not(part)
            case "conjunction":
                parts = self._parts(node, replace(frame, titles=self._titles_beside(node, frame)))
                return None if parts is None else All(_flat(parts))
            case _:
                alternatives = self._parts(node, frame)
                return None if alternatives is None else Any(alternatives)

    def _parts(self, node: Node, frame: Frame) -> tuple[Expr, ...] | None:
        parts = [self.wanted(child, Type.FLAG, frame) for child in node.children if isinstance(child, Tree)]
        good = tuple(part for part in parts if part is not None)
        return good if len(good) == len(parts) else None

    # Words

    def _word(self, token: Token, frame: Frame, expected: Type | None) -> Typed | None:
        reference = self._reference(token, frame)
        if reference is not None:
            return reference.ref, reference.ref.type
        literal = None if self._has_owner(token) else literal_of(str(token), expected)
        if literal is None:
            report_unknown_field(str(token), self._place(token), frame, self.desk)
            return None
        self._keep_quantity(str(token), token)
        return literal, literal.type

    def _reference(self, token: Token, frame: Frame) -> Reference | None:
        return resolve(str(token), frame, self.desk.titles.vocabulary)

    def _referred(self, node: Node, frame: Frame) -> Reference | None:
        """The field that a node reads, if it is a single word."""
        return self._reference(token_of(node), frame) if node.data == "word" else None

    def _has_owner(self, token: Token) -> bool:
        return has_owner(str(token), self.desk.titles.vocabulary)

    def _keep_quantity(self, text: str, word: Node | Token) -> None:
        """Remember a quantity written here, to be bound to the text."""
        reading = reading_of(text)
        if reading is not None:
            self.quantities.append((reading, word, text))

    def _name(self, token: Token, field: Field, frame: Frame) -> Name | None:
        text, place = unquoted(token), self._place(token)
        name = read_name(self.desk, field, text, place, frame.titles)
        if name is not None:
            self._keep_quantity(text, token)
        return name

    def _titles_beside(self, node: Node, frame: Frame) -> frozenset[str]:
        """The titles that a conjunction asks for: a grade beside them must be one of theirs."""
        found: set[str] = set()
        for part in node.children:
            if not isinstance(part, Tree) or part.data not in {"compare", "one_of"}:
                continue
            left = child(part, 0)
            reference = self._referred(left, frame)
            if reference is None or reference.ref.type is not Type.TITLE or self._has_owner(token_of(left)):
                continue
            if part.data == "compare" and comparator_of(sign_of(part)) is not Comparator.EQUAL:
                continue
            titles = [self.desk.titles.title(unquoted(token)) for token in names_of(part)]
            found |= {title.title for title in titles if title is not None}
        return frozenset(found) or frame.titles

    # Conditions

    def _compare(self, node: Node, frame: Frame) -> Expr | None:
        left_node, right_node = child(node, 0), child(node, 2)
        reference = self._referred(left_node, frame)
        is_name = right_node.data != "word" or not self._has_owner(token_of(right_node))
        if reference is not None and reference.ref.type in NAMED and is_name:
            return self._compare_name(reference, node, frame)
        left = self.typed(left_node, frame)
        if left is None or stands_alone(sign_of(node), left[1], self.excerpt, self.desk):
            return None
        right = self.typed(right_node, frame, left[1])
        if right is None:
            return None
        if left[1] is not right[1] and not {left[1], right[1]} <= _TEXTS:
            self._mismatch(right_node, right[1], left[1])
            return None
        return compare(sign_of(node), left, right, self.excerpt, self.desk)

    def _compare_name(self, left: Reference, node: Node, frame: Frame) -> Expr | None:
        right = child(node, 2)
        if right.data not in {"word", "quoted"}:
            self.desk.problem("name-expected", self._place(right), self._text(right), left.ref.type)
            return None
        name = self._name(token_of(right), left.field, frame)
        if name is None:
            return None
        literal = Literal(name.text, left.ref.type)
        sides = (left.ref, left.ref.type), (literal, literal.type)
        compared = compare(sign_of(node), *sides, self.excerpt, self.desk)
        if compared is None or not (name.level or name.grade):
            return compared
        return self._with_fixed(compared, name, left.ref, node, frame)

    def _with_fixed(
        self, compared: Expr, name: Name, left: FieldRef, node: Node, frame: Frame
    ) -> Expr | None:
        """称号 = 国家级小巨人 says 级别 = 国家级 as well; where that cannot be said, the plain name must be written."""
        fixed = fixed_conditions(name, left, frame)
        if fixed is None or comparator_of(sign_of(node)) is not Comparator.EQUAL:
            self._refuse_alias(child(node, 2), name)
            return None
        return All((compared, *fixed))

    def _refuse_alias(self, node: Node | Token, name: Name) -> None:
        fixed = name.level or name.grade
        self.desk.problem("alias-fixes-more", self._place(node), self._text(node), name.text, fixed=fixed)

    def _contains(self, node: Node, frame: Frame) -> Expr | None:
        left = child(node, 0)
        reference = self._referred(left, frame)
        if reference is None:
            if left.data == "word":
                report_unknown_field(str(token_of(left)), self._place(left), frame, self.desk)
            else:
                self.desk.problem("name-expected", self._place(left), self._text(left), "字段")
            return None
        used, other = ("含", "属于") if node.data == "contains" else ("属于", "含")
        if reference.ref.type not in NAMED or (reference.ref.type is Type.OPTIONS) != (used == "含"):
            self.desk.problem("wrong-comparison", self._place(left), used, other, type=reference.ref.type)
            return None
        names = [self._name(token, reference.field, frame) for token in names_of(node)]
        good = [name for name in names if name is not None]
        fixing = [
            (token, name)
            for token, name in zip(names_of(node), names, strict=True)
            if name and name.fixes_more
        ]
        for token, name in fixing:
            self._refuse_alias(token, name)
        if fixing or len(good) < len(names):
            return None
        return Contains(reference.ref, tuple(name.text for name in good))

    def _exists(self, node: Node, frame: Frame) -> Expr | None:
        token = token_of(node)
        kind = self.desk.kind(str(token), self._place(token))
        if kind is None:
            return None
        condition = self.wanted(child(node, 1), Type.FLAG, Frame(frame.triggers, kind))
        return None if condition is None else Exists(kind.name, condition)

    # Amounts and dates

    def _call(self, node: Node, frame: Frame) -> Typed | None:
        token = token_of(node)
        function = _FUNCTIONS.get(str(token))
        if function is None:
            near = nearest(str(token), _FUNCTIONS)
            self.desk.problem(
                "unknown-function", self._place(token), str(token), near or listed(_FUNCTIONS), near=near
            )
            return None
        argument = self.wanted(child(node, 1), function[0], frame)
        if argument is None:
            return None
        return (YearEnd(argument) if function[1] is Type.DATE else YearOf(argument)), function[1]

    def _sum(self, node: Node, frame: Frame, expected: Type | None) -> Typed | None:
        left_node, right_node = child(node, 0), child(node, 2)
        sign = 1 if str(sign_of(node)) == "+" else -1
        left = self.typed(left_node, frame, expected)
        if left is None:
            return None
        if left[1] is Type.DATE:
            return self._shift(left[0], sign, right_node)
        if left[1] is not Type.MONEY:
            self._mismatch(left_node, left[1], Type.MONEY)
            return None
        right = self.wanted(right_node, Type.MONEY, frame)
        return None if right is None else (Sum(left[0], right, sign), Type.MONEY)

    def _shift(self, day: Expr, sign: int, node: Node) -> Typed | None:
        text = self._text(node)
        term = read_term(text) if node.data == "word" else None
        if term is None:
            self.desk.problem("unit-mismatch", self._place(node), text, "期限，如 3个月、10日")
            return None
        self._keep_quantity(text, node)
        return Shift(day, sign * term[0], sign * term[1]), Type.DATE

    def _if_else(self, node: Node, frame: Frame, expected: Type | None) -> Typed | None:
        condition = self.wanted(child(node, 0), Type.FLAG, frame)
        then = self.typed(child(node, 1), frame, expected)
        otherwise = self.typed(child(node, 2), frame, expected or (then[1] if then else None))
        if condition is None or then is None or otherwise is None:
            return None
        if then[1] is not otherwise[1]:
            self._mismatch(child(node, 2), otherwise[1], then[1])
            return None
        return IfElse(condition, then[0], otherwise[0]), then[1]

    # Places

    def _mismatch(self, node: Node, found: Type, expected: Type) -> None:
        text = self._text(node)
        self.desk.problem("unit-mismatch", self._place(node), f"{text}（{found}）", expected)

    def _place(self, node: Node | Token) -> Place:
        return place_of(node, self.excerpt)

    def _text(self, node: Node | Token) -> str:
        start, end = span(node)
        return self.excerpt.text[start:end]


def _flat(parts: tuple[Expr, ...]) -> tuple[Expr, ...]:
    """且 within 且 as one."""
    return tuple(each for part in parts for each in (part.parts if isinstance(part, All) else (part,)))
