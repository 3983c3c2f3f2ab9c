"""Guards (简单条件): the parts of conditions and exclusions that are told without the machine, found in their code.

Most conditions are a cell against a number, a table of the enterprise, or 有 facts of a kind of which one cell is compared with the
trigger's. Whatever is anything else stays code.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from duixian.kernel import words as w
from duixian.kernel.assembler import Table
from duixian.kernel.still import Shape

if TYPE_CHECKING:
    from duixian.kernel.variant import Variant

ALWAYS = 2**62
Guard = list[int]
Operation = tuple[int, ...]
_SAME = {
    w.EQUAL: (0, 0),
    w.AT_LEAST: (0, ALWAYS),
    w.AT_MOST: (-ALWAYS, 0),
    w.ABOVE: (1, ALWAYS),
    w.BELOW: (-ALWAYS, -1),
}
"""How far a number may lie from another one that it is compared with."""


def refusing(name: int) -> Guard:
    """The guard of a part that the shape has refused."""
    return _guard(low=ALWAYS, high=-ALWAYS, name=name)


def guard_of(variant: Variant, at: int, name: int) -> Guard | None:
    """The part of a condition whose code stands at ``at`` as a guard; None when only the machine can tell it."""
    code = _operations(variant.book.image, at)
    names = [each[0] for each in code]
    if names == [w.OP_CELL, w.OP_CONST, w.OP_COMPARE] and code[0][1] == w.OF_TRIGGER:
        if code[2][1] not in _SAME:
            return None
        low, high = _SAME[code[2][1]]
        bound = code[1][1]
        return _guard(
            by_cell=-1,
            slot=code[0][2],
            least=w.MISSING + 1,
            low=max(low + bound, -ALWAYS),
            high=min(high + bound, ALWAYS),
            name=name,
        )
    if names == [w.OP_SUBJECT_TEST]:
        return _guard(by_table=-1, table=code[0][2], low=1, high=1, name=name)
    if names[:1] == [w.OP_EXISTS] and names[-1] in (w.OP_NEXT, w.OP_NOT):
        is_wanted = int(names[-1] == w.OP_NEXT)
        return _existing(variant, code[:-1] if names[-1] == w.OP_NOT else code, is_wanted, name)
    return None


def guard_of_exclusion(variant: Variant, exclusion: int) -> Guard | None:
    """An exclusion as a guard that bars where it holds; None when it asks for more than facts of a kind."""
    image = variant.book.image
    code = _operations(image, image[exclusion + w.X_CODE])
    if image[exclusion + w.X_KIND] < 0 or code[-1][0] != w.OP_NEXT:
        return None
    return _existing(variant, code, 1, image[exclusion + w.X_NAME])


def _guard(
    *,
    by_cell: int = 0,
    by_table: int = 0,
    slot: int = w.F_SHAPE,
    table: int = 0,
    least: int = 0,
    low: int,
    high: int,
    name: int,
    kinds: int = 0,
    seek: int = 0,
) -> Guard:
    return [by_cell, by_table, slot, table, least, low, high, name, kinds, seek]


def _operations(image: list[int], at: int) -> list[Operation]:
    """The operations of assembled code, without its end."""
    found = []
    while image[at] != w.OP_END:
        found.append(tuple(image[at : at + w.OPERATION]))
        at += w.OPERATION
    return found


def _existing(variant: Variant, code: list[Operation], is_wanted: int, name: int) -> Guard | None:
    """有 (or 没有) facts of a kind. Where there are some and they cannot be sought simply, the long way is taken."""
    if (
        code[0][0] != w.OP_EXISTS
        or code[-1][0] != w.OP_NEXT
        or any(each[0] in (w.OP_EXISTS, w.OP_NEXT) for each in code[1:-1])
    ):
        return None
    seek = _seek(variant, code[0][1], code[1:-1])
    at = w.NOT_SOUGHT if seek is None else variant.book.write(seek)
    return _guard(low=is_wanted, high=is_wanted, name=name, kinds=1 << code[0][1], seek=at)


def _seek(variant: Variant, kind: int, code: list[Operation]) -> list[int] | None:
    """Tests of the shape joined by 且, and at most one comparison of a cell with the trigger's; None for anything else."""
    tables: list[int] = []
    compared = (w.F_SHAPE, w.F_SHAPE, -ALWAYS, ALWAYS)
    at, comparisons = 0, 0
    while at < len(code):
        names = [each[0] for each in code[at : at + 3]]
        if names[0] == w.OP_TEST and code[at][1] == w.OF_CANDIDATE:
            tables.append(code[at][2])
            at += 1
        elif names == [w.OP_CELL, w.OP_CELL, w.OP_COMPARE] and code[at + 2][1] in _SAME and comparisons == 0:
            one, two = code[at], code[at + 1]
            low, high = _SAME[code[at + 2][1]]
            if (one[1], two[1]) == (w.OF_TRIGGER, w.OF_CANDIDATE):
                one, two, low, high = two, one, -high, -low
            if (one[1], two[1]) != (w.OF_CANDIDATE, w.OF_TRIGGER):
                return None
            compared, comparisons = (one[2], two[2], low, high), 1
            at += 3
        elif names[0] in (w.OP_UNLESS_NO, w.OP_AND):
            at += 1
        else:
            return None
    return [kind, _all_of(variant, kind, tables), *compared]


def _all_of(variant: Variant, kind: int, tables: list[int]) -> int:
    """The table that says yes where all of several do."""
    book = variant.book

    def word(shape: Shape) -> int:
        words = [book.tables.all[table].word(shape) for table in tables]
        if 0 in words:
            return 0
        unknown = 0
        for each in words:
            unknown |= -each if each < 0 else 0
        return -unknown if unknown else 1

    if len(tables) == 1:
        return tables[0]
    return book.tables.number(("all", kind, tuple(tables)), lambda: Table(kind, word))
