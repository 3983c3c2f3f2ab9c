"""Typed expressions (表达式): the tree of ``syntax.py`` checked against the vocabulary, word by word.

Units never mix, names are canonical afterwards, and every quantity written in the expression is bound to the text.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeAlias

from lark import Token, Tree

from duixian.rules.expression import (
    All,
    Any,
    Comparator,
    Compare,
    Contains,
    DecidedAs,
    Exists,
    Expr,
    Expression,
    FieldRef,
    IfElse,
    Literal,
    Not,
    Scope,
    Shift,
    Sum,
    Type,
    YearEnd,
    YearOf,
)
from duixian.rules.vocabulary import FactKind, Field
from duixian.source.amounts import read_term, reading_of
from duixian.source.literal import literal_of
from duixian.source.names import NAMED, RANKED, TYPES, Name, read_name
from duixian.source.report import listed, nearest
from duixian.source.syntax import parse

if TYPE_CHECKING:
    from duixian.errors import Place
    from duixian.source.desk import Desk, Words
    from duixian.source.quantity import Reading
    from duixian.source.yaml_tree import Excerpt

Node: TypeAlias = Tree[Token]
Typed: TypeAlias = tuple[Expr, Type]

_COMPARATORS = {"≥": ">=", "≤": "<=", "≠": "!=", "＝": "=", "＞": ">", "＜": "<"}
_ORDERED = frozenset({Type.MONEY, Type.COUNT, Type.DATE, Type.YEAR}) | RANKED
_TEXTS = frozenset({Type.TEXT, Type.IDENTIFIER})
_FUNCTIONS = {"年末": (Type.YEAR, Type.DATE), "年份": (Type.DATE, Type.YEAR)}


@dataclass(frozen=True, slots=True)
class Frame:
    """What words mean here (语境): the kinds of the trigger fact, the fact looked at inside 有, the titles named beside."""

    triggers: tuple[FactKind, ...]
    candidate: FactKind | None = None
    titles: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Row:
    """The row of an award table to which quantities belong (行); empty outside of tables."""

    id: str = ""
    words: Words = ()


def read_expression(
    excerpt: Excerpt, expected: Type, frame: Frame, desk: Desk, row: Row | None = None, *, is_open: bool = False
) -> Expression | None:
    """Read and check an expression; problems and None when anything in it is wrong. Quantities are bound to the text."""
    tree = parse(excerpt, desk)
    if tree is None:
        return None
    checker = _Checker(excerpt, desk)
    node = tree.children[0]
    assert isinstance(node, Tree)
    typed = checker.wanted(node, expected, frame)
    row = row or Row()
    for reading, written, place in checker.quantities:
        desk.bind(
            reading, written, place, row=row.id, words=row.words, is_open=is_open or checker.names_a_question
        )
    if typed is None:
        return None
    return Expression(typed, expected, " ".join(excerpt.text.split()), excerpt.place)


@dataclass(slots=True)
class _Checker:
    """Checks one expression. Every method returns None after it has reported a problem."""

    excerpt: Excerpt
    desk: Desk
    quantities: list[tuple[Reading, str, Place]] = field(default_factory=list)
    names_a_question: bool = False

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
                return self._word(_token(node), frame, expected)
            case "quoted":
                return Literal(_unquoted(_token(node)), Type.TEXT), Type.TEXT
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
                return self._decided_as(node)
            case "exists":
                return self._exists(node, frame)
            case "not_":
                part = self.wanted(_child(node, 0), Type.FLAG, frame)
                return None if part is None else Not(part)
            case "conjunction":
                beside = frozenset(self._titles_named(node, frame))
                parts = self._parts(node, replace(frame, titles=beside or frame.titles))
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
        reference = self._field(token, frame)
        if reference is not None:
            return reference[0], reference[0].type
        if not _is_scoped(token, self.desk):
            literal = literal_of(str(token), expected)
            if literal is not None:
                reading = reading_of(str(token))
                if reading is not None:
                    self.quantities.append((reading, str(token), self._place(token)))
                return literal, literal.type
        self._unknown_field(token, frame)
        return None

    def _field(self, token: Token, frame: Frame) -> tuple[FieldRef, Field] | None:
        """The field that a word reads: 本.X, 企业.X, or a field of the fact looked at; None when there is none."""
        scope, kinds, name = self._owner(str(token), frame)
        fields = [kind.fields.get(name) for kind in kinds]
        first = fields[0] if fields else None
        if first is None or any(each is None or each.type is not first.type for each in fields):
            return None
        return FieldRef(scope, name, TYPES[first.type]), first

    def _owner(self, word: str, frame: Frame) -> tuple[Scope, tuple[FactKind, ...], str]:
        subject = self.desk.titles.vocabulary.subject
        owner, dot, name = word.partition(".")
        if dot and owner == Scope.TRIGGER:
            return Scope.TRIGGER, frame.triggers, name
        if dot and owner == subject.name:
            return Scope.ENTERPRISE, (subject,), name
        if frame.candidate is not None:
            return Scope.CANDIDATE, (frame.candidate,), word
        return Scope.TRIGGER, frame.triggers, word

    def _unknown_field(self, token: Token, frame: Frame) -> None:
        _, kinds, name = self._owner(str(token), frame)
        known = [field for kind in kinds for field in kind.fields]
        near = nearest(name, known)
        owners = listed(kind.name for kind in kinds)
        self.desk.problem(
            "unknown-field", self._place(token), str(token), near or listed(known, 20), near=near, kind=owners
        )

    def _name(self, token: Token, field: Field, frame: Frame) -> Name | None:
        text, place = _unquoted(token), self._place(token)
        name = read_name(self.desk, field, text, place, frame.titles)
        if name is not None:
            reading = reading_of(text)
            if reading is not None:
                self.quantities.append((reading, text, place))
        return name

    def _titles_named(self, node: Node, frame: Frame) -> list[str]:
        """The titles that a conjunction asks for: a grade beside them must be one of theirs."""
        found: list[str] = []
        for part in node.children:
            if not isinstance(part, Tree) or part.data not in {"compare", "one_of"}:
                continue
            left = _child(part, 0)
            reference = self._field(_token(left), frame) if left.data == "word" else None
            if reference is not None and reference[0].type is Type.TITLE and not self._is_scoped(left):
                titles = [self.desk.titles.title(_unquoted(token)) for token in _names(part)]
                found += [title.title for title in titles if title is not None]
        return found

    # Conditions

    def _compare(self, node: Node, frame: Frame) -> Expr | None:
        left_node, sign, right_node = _child(node, 0), node.children[1], _child(node, 2)
        comparator = Comparator(_COMPARATORS.get(str(sign), str(sign)))
        reference = self._field(_token(left_node), frame) if left_node.data == "word" else None
        if reference is not None and reference[0].type in NAMED and not self._is_scoped(right_node):
            return self._compare_name(reference, comparator, sign, right_node, frame)
        left = self.typed(left_node, frame)
        right = self.typed(right_node, frame, left[1] if left else None)
        if left is None or right is None:
            return None
        if left[1] is not right[1] and not {left[1], right[1]} <= _TEXTS:
            self._mismatch(right_node, right[1], left[1])
            return None
        return self._compared(comparator, sign, left, right)

    def _compared(self, comparator: Comparator, sign: object, left: Typed, right: Typed) -> Expr | None:
        is_equality = comparator in {Comparator.EQUAL, Comparator.UNEQUAL}
        if left[1] in {Type.FLAG, Type.OPTIONS} or (left[1] not in _ORDERED and not is_equality):
            assert isinstance(sign, Token)
            self.desk.problem("wrong-comparison", self._place(sign), str(sign), _COMPARED.get(left[1], "= !="), type=left[1])
            return None
        return Compare(comparator, left[0], right[0])

    def _compare_name(
        self, left: tuple[FieldRef, Field], comparator: Comparator, sign: object, node: Node, frame: Frame
    ) -> Expr | None:
        if node.data not in {"word", "quoted"}:
            self.desk.problem("name-expected", self._place(node), self._text(node), left[0].type, field=left[0].field)
            return None
        name = self._name(_token(node), left[1], frame)
        if name is None:
            return None
        literal = Literal(name.text, left[0].type)
        compared = self._compared(comparator, sign, (left[0], left[0].type), (literal, literal.type))
        if compared is None or not (name.level or name.grade):
            return compared
        return self._with_fixed(compared, name, comparator, left[0], node, frame)

    def _with_fixed(
        self, compared: Expr, name: Name, comparator: Comparator, left: FieldRef, node: Node, frame: Frame
    ) -> Expr | None:
        """称号 = 国家级小巨人 says 级别 = 国家级 as well; where that cannot be said, the plain name must be written."""
        kinds = frame.triggers if left.scope is Scope.TRIGGER else (frame.candidate,)
        parts = [compared]
        for type_, value in ((Type.LEVEL, name.level), (Type.GRADE, name.grade)):
            fields = {_field_of(kind, type_) for kind in kinds if kind is not None}
            if value and (comparator is not Comparator.EQUAL or len(fields) != 1 or None in fields):
                self.desk.problem("alias-fixes-more", self._place(node), self._text(node), name.text, fixed=value)
                return None
            if value:
                (name_of_field,) = fields
                assert name_of_field is not None
                parts.append(
                    Compare(Comparator.EQUAL, FieldRef(left.scope, name_of_field, type_), Literal(value, type_))
                )
        return All(tuple(parts))

    def _contains(self, node: Node, frame: Frame) -> Expr | None:
        left_node = _child(node, 0)
        reference = self._field(_token(left_node), frame) if left_node.data == "word" else None
        wanted = {Type.OPTIONS} if node.data == "contains" else NAMED - {Type.OPTIONS}
        if reference is None:
            if left_node.data == "word":
                self._unknown_field(_token(left_node), frame)
            else:
                self.desk.problem("name-expected", self._place(left_node), self._text(left_node), "字段")
            return None
        if reference[0].type not in wanted:
            word = "属于" if node.data == "contains" else "含"
            self.desk.problem("wrong-comparison", self._place(left_node), self._text(left_node), word, type=reference[0].type)
            return None
        names = [self._name(token, reference[1], frame) for token in _names(node)]
        fixing = [name for name in names if name is not None and (name.level or name.grade)]
        for name in fixing:
            fixed = name.level or name.grade
            self.desk.problem("alias-fixes-more", self._place(node), self._text(node), name.text, fixed=fixed)
        if None in names or fixing:
            return None
        return Contains(reference[0], tuple(name.text for name in names if name is not None))

    def _decided_as(self, node: Node) -> Expr | None:
        question_token, sign, option_token = (child for child in node.children if isinstance(child, Token))
        name, option = str(question_token), _unquoted(option_token)
        self.names_a_question = True
        question = self.desk.question(name, self._place(question_token))
        if question is None:
            return None
        if option not in question.options:
            near = nearest(option, question.options)
            self.desk.problem(
                "unknown-answer", self._place(option_token), option, listed(question.options), question=name, near=near
            )
            return None
        self.desk.uses.named_options.setdefault(name, set()).add(option)
        decided = DecidedAs(name, option)
        if str(sign) in {"=", "＝"}:
            return decided
        if str(sign) in {"!=", "≠"}:
            return Not(decided)
        self.desk.problem("wrong-comparison", self._place(sign), str(sign), "= !=", type="口径")
        return None

    def _exists(self, node: Node, frame: Frame) -> Expr | None:
        token = node.children[0]
        assert isinstance(token, Token)
        kinds = {kind.name: kind for kind in self.desk.titles.vocabulary.kinds.values() if not kind.is_subject}
        kind = kinds.get(str(token))
        if kind is None:
            near = nearest(str(token), kinds)
            self.desk.problem("unknown-kind", self._place(token), str(token), near or listed(kinds), near=near)
            return None
        inside = Frame(frame.triggers, kind)
        condition = self.wanted(_child(node, 1), Type.FLAG, inside)
        return None if condition is None else Exists(kind.name, condition)

    # Amounts and dates

    def _call(self, node: Node, frame: Frame) -> Typed | None:
        token = node.children[0]
        assert isinstance(token, Token)
        function = _FUNCTIONS.get(str(token))
        if function is None:
            near = nearest(str(token), _FUNCTIONS)
            self.desk.problem("unknown-function", self._place(token), str(token), near or listed(_FUNCTIONS), near=near)
            return None
        argument = self.wanted(_child(node, 1), function[0], frame)
        if argument is None:
            return None
        return (YearEnd(argument) if function[1] is Type.DATE else YearOf(argument)), function[1]

    def _sum(self, node: Node, frame: Frame, expected: Type | None) -> Typed | None:
        left_node, sign_token, right_node = _child(node, 0), node.children[1], _child(node, 2)
        sign = 1 if str(sign_token) == "+" else -1
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
        reading = reading_of(text)
        if reading is not None:
            self.quantities.append((reading, text, self._place(node)))
        return Shift(day, sign * term[0], sign * term[1]), Type.DATE

    def _if_else(self, node: Node, frame: Frame, expected: Type | None) -> Typed | None:
        condition = self.wanted(_child(node, 0), Type.FLAG, frame)
        then = self.typed(_child(node, 1), frame, expected)
        otherwise = self.typed(_child(node, 2), frame, expected or (then[1] if then else None))
        if condition is None or then is None or otherwise is None:
            return None
        if then[1] is not otherwise[1]:
            self._mismatch(_child(node, 2), otherwise[1], then[1])
            return None
        return IfElse(condition, then[0], otherwise[0]), then[1]

    # Places

    def _is_scoped(self, node: Node) -> bool:
        return node.data == "word" and _is_scoped(_token(node), self.desk)

    def _mismatch(self, node: Node, found: Type, expected: Type) -> None:
        text = self._text(node)
        self.desk.problem("unit-mismatch", self._place(node), f"{text}（{found}）", expected)

    def _span(self, node: Node | Token) -> tuple[int, int]:
        if isinstance(node, Token):
            return node.start_pos or 0, node.end_pos or 0
        return node.meta.start_pos, node.meta.end_pos

    def _place(self, node: Node | Token) -> Place:
        return self.excerpt.place_at(*self._span(node))

    def _text(self, node: Node | Token) -> str:
        start, end = self._span(node)
        return self.excerpt.text[start:end]


_COMPARED = {Type.FLAG: "是否类字段单独成立", Type.OPTIONS: "含"}


def _child(node: Node, index: int) -> Node:
    child = node.children[index]
    assert isinstance(child, Tree)
    return child


def _token(node: Node) -> Token:
    token = node.children[0]
    assert isinstance(token, Token)
    return token


def _names(node: Node) -> list[Token]:
    """The names that a comparison lists, brackets or not."""
    last = node.children[-1]
    if isinstance(last, Token):
        return [last]
    return list(last.scan_values(lambda value: isinstance(value, Token)))


def _unquoted(token: Token) -> str:
    return str(token)[1:-1] if token.type == "QUOTED" else str(token)


def _is_scoped(token: Token, desk: Desk) -> bool:
    owner, dot, _ = str(token).partition(".")
    return bool(dot) and owner in {Scope.TRIGGER.value, desk.titles.vocabulary.subject.name}


def _flat(parts: tuple[Expr, ...]) -> tuple[Expr, ...]:
    """且 within 且 as one."""
    return tuple(each for part in parts for each in (part.parts if isinstance(part, All) else (part,)))


def _field_of(kind: FactKind, type_: Type) -> str | None:
    """The one field of a kind that has this type."""
    names = [field.name for field in kind.fields.values() if TYPES[field.type] is type_]
    return names[0] if len(names) == 1 else None
