"""Expressions as code (汇编): a typed tree becomes operations for the machine; what a shape settles alone becomes a table."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count
from typing import NamedTuple

from duixian.kernel import words as w
from duixian.kernel.layout import KindLayout, Layout, parts_of
from duixian.kernel.machine import DEPTH, NESTING
from duixian.kernel.still import RANKING, Lacking, Shape, settle
from duixian.kernel.values import Names
from duixian.kernel.widths import Unsuitable as Unsuitable
from duixian.kernel.widths import check_added
from duixian.money import MAX_FEN
from duixian.rules.expression import (
    All,
    Any,
    Comparator,
    Compare,
    Contains,
    DecidedAs,
    Exists,
    Expr,
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
    type_of,
)

COMPARATORS = {
    Comparator.EQUAL: w.EQUAL,
    Comparator.UNEQUAL: w.UNEQUAL,
    Comparator.AT_LEAST: w.AT_LEAST,
    Comparator.AT_MOST: w.AT_MOST,
    Comparator.ABOVE: w.ABOVE,
    Comparator.BELOW: w.BELOW,
}
BITS = 62
_SERIALS = count()


class Table(NamedTuple):
    """A word for every shape of a kind (查表): ``kind`` is its index, -1 the enterprise's own description."""

    kind: int
    word: Callable[[Shape], int]


class Tables:
    """All tables of a program, each once (表集)."""

    def __init__(self) -> None:
        self.all: list[Table] = []
        self._known: dict[object, int] = {}

    def number(self, key: object, make: Callable[[], Table]) -> int:
        """The number of the table with this key; made when it is new."""
        if key not in self._known:
            self._known[key] = len(self.all)
            self.all.append(make())
        return self._known[key]


class Bits:
    """The fields that can be missing under one measure, each with its bit (缺失位), named as 种类.字段."""

    def __init__(self) -> None:
        self.names: list[str] = []

    def bit(self, kind: str, name: str) -> int:
        """The bit of a field.

        Raises:
            Unsuitable: when a measure reads more fields than a word has bits.
        """
        full = f"{kind}.{name}"
        if full not in self.names:
            if len(self.names) == BITS:
                raise Unsuitable("too-many-fields")
            self.names.append(full)
        return 1 << self.names.index(full)

    def missing(self, mask: int) -> tuple[str, ...]:
        """The names of the fields in a mask, sorted."""
        return tuple(sorted(name for place, name in enumerate(self.names) if mask >> place & 1))


class Code(NamedTuple):
    """Assembled code (代码): where it starts, and the trigger's table when its shape settles all of it."""

    at: int
    table: int | None


class Assembler:
    """Turns the expressions of one measure into code at the end of ``image`` (汇编器)."""

    def __init__(self, layout: Layout, names: Names, tables: Tables, image: list[int], kind: str) -> None:
        self.layout, self.names, self.tables, self.image = layout, names, tables, image
        self.trigger = layout.kinds[kind]
        self.serial = next(_SERIALS)
        self.bits = Bits()
        self._done: dict[Expr, Code] = {}
        self._looked_at = self.trigger
        self._depth = 0
        self._code: list[tuple[int, int, int, int]] = []

    def assemble(self, expr: Expr) -> Code:
        """The code of an expression that decisions no longer touch; the same expression is assembled once."""
        found = self._done.get(expr)
        if found is None:
            found = self._done[expr] = self._assemble(expr)
        return found

    def _assemble(self, expr: Expr) -> Code:
        self._code, self._depth, self._looked_at = [], 0, self.trigger
        self._put(expr, 0)
        self._emit(w.OP_END)
        code, start = self._code, len(self.image)
        for operation, a, b, c in code:
            # Jumps are written from the start of the code.
            if operation in (w.OP_UNLESS_NO, w.OP_UNLESS_YES, w.OP_NEXT):
                a = start + a * w.OPERATION
            elif operation == w.OP_EXISTS:
                b = start + b * w.OPERATION
            self.image += (operation, a, b, c)
        is_table = len(code) == 2 and code[0][0] == w.OP_TEST and code[0][1] == w.OF_TRIGGER
        return Code(start, code[0][2] if is_table else None)

    def _emit(self, operation: int, a: int = 0, b: int = 0, c: int = 0) -> int:
        self._code.append((operation, a, b, c))
        return len(self._code) - 1

    def _put(self, expr: Expr, height: int) -> None:
        """Write code that leaves one more value on a stack of this height."""
        if height + 3 > DEPTH:
            raise Unsuitable("too-deep")
        if isinstance(expr, Literal):
            self._put_literal(expr)
        elif type_of(expr) is Type.FLAG and (scope := self._still(expr)) is not None:
            self._put_test(expr, scope)
        elif isinstance(expr, FieldRef):
            self._put_field(expr)
        else:
            self._put_operation(expr, height)

    def _put_literal(self, literal: Literal) -> None:
        word = self.names.literal(literal.value, literal.type)
        if abs(word) > MAX_FEN:
            raise Unsuitable("number-out-of-range")
        self._emit(w.OP_CONST, word)

    def _still(self, expr: Expr) -> Scope | None:
        """The scope whose shape alone settles the expression."""
        scopes = set(_scopes(expr))
        if len(scopes) != 1 or None in scopes:
            return None
        scope = scopes.pop()
        assert scope is not None
        fields = [each.field for each in _fields(expr)]
        return scope if all(self._owner(scope).is_coded(name) for name in fields) else None

    def _owner(self, scope: Scope) -> KindLayout:
        if scope is Scope.ENTERPRISE:
            return self.layout.subject
        return self.trigger if scope is Scope.TRIGGER else self._looked_at

    def _put_test(self, expr: Expr, scope: Scope) -> None:
        owner, vocabulary = self._owner(scope), self.layout.vocabulary

        def bit(name: str) -> int:
            return self.bits.bit(owner.kind.name, name)

        def word(shape: Shape) -> int:
            answer = settle(expr, shape, vocabulary, bit)
            return -answer.mask if isinstance(answer, Lacking) else int(bool(answer))

        for each in _fields(expr):
            bit(each.field)
        number = self.tables.number((self.serial, owner.index, expr), lambda: Table(owner.index, word))
        if scope is Scope.ENTERPRISE:
            self._emit(w.OP_SUBJECT_TEST, 0, number)
        else:
            self._emit(w.OP_TEST, _of(scope), number)

    def _put_field(self, ref: FieldRef) -> None:
        owner = self._owner(ref.scope)
        is_subject = ref.scope is Scope.ENTERPRISE
        bit = self.bits.bit(owner.kind.name, ref.field)
        if owner.is_coded(ref.field):
            number = self.coded_table(owner, ref.field)
            self._emit(w.OP_SUBJECT_CODED if is_subject else w.OP_CODED, _of(ref.scope), number, bit)
        else:
            slot = owner.slots[ref.field]
            self._emit(w.OP_SUBJECT_CELL if is_subject else w.OP_CELL, _of(ref.scope), slot, bit)

    def coded_table(self, owner: KindLayout, name: str) -> int:
        """The table of the numbers that a coded field has."""
        type_, names = owner.type_of(name), self.names

        def word(shape: Shape) -> int:
            value = shape.values.get(name)
            return w.MISSING if value is None else names.coded(value, type_)

        return self.tables.number(("coded", owner.index, name), lambda: Table(owner.index, word))

    def _put_operation(self, expr: Expr, height: int) -> None:
        match expr:
            case Compare():
                self._put_compare(expr, height)
            case Contains(left=left, names=names):
                self._put_any_of(left, names, height)
            case All(parts=parts):
                self._put_parts(parts, w.OP_AND, w.OP_UNLESS_NO, height)
            case Any(parts=parts):
                self._put_parts(parts, w.OP_OR, w.OP_UNLESS_YES, height)
            case Not(part=part):
                self._put(part, height)
                self._emit(w.OP_NOT)
            case Exists():
                self._put_exists(expr, height)
            case IfElse(condition=condition, then=then, otherwise=otherwise):
                for place, each in enumerate((condition, then, otherwise)):
                    self._put(each, height + place)
                self._emit(w.OP_IF)
            case Shift(date=day, months=months, days=days):
                self._put(day, height)
                self._emit(w.OP_SHIFT, months, days)
            case Sum(left=left, right=right, sign=sign):
                check_added(expr)
                self._put(left, height)
                self._put(right, height + 1)
                self._emit(w.OP_SUM, sign)
            case YearOf(date=day):
                self._put(day, height)
                self._emit(w.OP_YEAR)
            case YearEnd(year=year):
                self._put(year, height)
                self._emit(w.OP_YEAR_END)
            case DecidedAs() | Literal() | FieldRef():
                raise TypeError(f"not an operation: {expr!r}")

    def _put_parts(self, parts: tuple[Expr, ...], join: int, unless: int, height: int) -> None:
        """Parts in turn; the first that decides all of them ends it."""
        jumps = []
        for place, part in enumerate(parts):
            if place:
                jumps.append(self._emit(unless))
            self._put(part, height + min(place, 1))
            if place:
                self._emit(join)
        end = len(self._code)
        for jump in jumps:
            self._code[jump] = (unless, end, 0, 0)

    def _put_any_of(self, left: FieldRef, names: tuple[str, ...], height: int) -> None:
        """A text among several: only texts come here, coded fields are settled by their shape."""
        texts = tuple(Compare(Comparator.EQUAL, left, Literal(name, Type.TEXT)) for name in names)
        self._put_parts(texts, w.OP_OR, w.OP_UNLESS_YES, height)

    def _put_compare(self, expr: Compare, height: int) -> None:
        self._put(expr.left, height)
        self._put(expr.right, height + 1)
        left, comparator = expr.left, COMPARATORS[expr.comparator]
        if isinstance(left, FieldRef) and left.type is Type.GRADE and expr.comparator in RANKING:
            # Grades rank within the title of the fact; the enterprise has none of its own.
            owner = self._looked_at if left.scope is Scope.CANDIDATE else self.trigger
            number = self.tables.number(("grades", owner.index), lambda: self._grades(owner))
            self._emit(w.OP_GRADES, comparator, _of(left.scope), number)
        else:
            self._emit(w.OP_COMPARE, comparator)

    def _grades(self, owner: KindLayout) -> Table:
        """Where the grades of a shape's title stand in the image: their number, then name and rank of each."""
        ladders: dict[str, int] = {}
        for title in self.layout.vocabulary.titles.values():
            ranks = [
                (self.names.name(grade), rank) for rank, names in enumerate(title.grades) for grade in names
            ]
            ladders[title.name] = len(self.image)
            self.image += (len(ranks), *(word for pair in ranks for word in pair))
        return Table(owner.index, lambda shape: ladders.get(shape.title, -1))

    def _put_exists(self, expr: Exists, height: int) -> None:
        outer, self._looked_at = self._looked_at, self.layout.kinds[expr.kind]
        self._depth += 1
        if self._depth > NESTING:
            raise Unsuitable("too-deep")
        start = self._emit(w.OP_EXISTS)
        self._put(expr.condition, height)
        self._emit(w.OP_NEXT, start + 1)
        self._code[start] = (w.OP_EXISTS, self._looked_at.index, len(self._code), 0)
        self._looked_at = outer
        self._depth -= 1


def _of(scope: Scope) -> int:
    return w.OF_CANDIDATE if scope is Scope.CANDIDATE else w.OF_TRIGGER


def _scopes(expr: Expr) -> Iterator[Scope | None]:
    """The scopes that an expression reads; None where no shape can settle it."""
    if isinstance(expr, FieldRef):
        yield expr.scope
    elif _ranks_by_another_title(expr) or not isinstance(
        expr, Literal | Compare | Contains | All | Any | Not | IfElse
    ):
        yield None
    for part in parts_of(expr):
        yield from _scopes(part)


def _ranks_by_another_title(expr: Expr) -> bool:
    """Whether a grade of the enterprise is ranked, which the title of the fact does."""
    if not isinstance(expr, Compare) or expr.comparator not in RANKING or not isinstance(expr.left, FieldRef):
        return False
    return expr.left.type is Type.GRADE and expr.left.scope is Scope.ENTERPRISE


def _fields(expr: Expr) -> Iterator[FieldRef]:
    if isinstance(expr, FieldRef):
        yield expr
    for part in parts_of(expr):
        yield from _fields(part)
