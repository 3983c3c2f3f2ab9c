"""Engines that err on purpose (错的引擎): each breaks one rule of the law, so that the tests can prove that they would see it.

An erring engine is the reference engine with one name of one module exchanged, or with its answers changed afterwards. None of this is
ever compared with a worked case: it is there to be caught.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import product
from typing import Any
from zlib import crc32

from duixian.dates import add_months
from duixian.evaluate import best_set as best
from duixian.evaluate import (
    choose,
    clusters,
    condition,
    contest,
    dossier_view,
    engine,
    entitle,
    exclude,
    history,
    ladders,
    limits,
    payments,
    program,
    rivalry,
    share,
    way,
)
from duixian.evaluate.unknown import Unknown
from duixian.rules.determination import Outcome
from duixian.rules.expression import Comparator
from duixian.rules.measure import Again
from duixian.rules.policy import AfterPayment, Remainder
from duixian.rules.vocabulary import Round, Title
from tests.engines.decides import Docket, Reference, Rows, Told

Swap = tuple[Any, str, Any]
"""A module or class, a name in it, and what stands there instead."""


@dataclass(frozen=True, slots=True)
class Erring:
    """The reference engine with something exchanged; ``after`` changes the rows of a dossier."""

    name: str
    swaps: tuple[Swap, ...] = ()
    after: Callable[[Rows], Rows] | None = None
    law: Reference = field(default_factory=Reference)

    @property
    def tells(self) -> frozenset[str]:
        """What the reference engine tells."""
        return self.law.tells

    def decide(self, docket: Docket) -> Sequence[Rows]:
        """What the law would say with this error in it."""
        with _swapped(self.swaps):
            found = self.law.decide(docket)
        return [self.after(rows) for rows in found] if self.after else found


@contextmanager
def _swapped(swaps: tuple[Swap, ...]) -> Iterator[None]:
    missing = object()
    before = [(owner, name, vars(owner).get(name, missing)) for owner, name, _ in swaps]
    for owner, name, other in swaps:
        setattr(owner, name, other)
    try:
        yield
    finally:
        for owner, name, value in before:
            if value is missing:
                delattr(owner, name)
            else:
                setattr(owner, name, value)


# Answers changed afterwards


def _seldom(row: Told) -> bool:
    """One award in a thousand, always the same ones."""
    return crc32(repr(row).encode()) % 1000 == 0


def _each(change: Callable[[Told], Told]) -> Callable[[Rows], Rows]:
    return lambda rows: tuple(change(row) for row in rows)


def _one_fen_more(row: Told) -> Told:
    is_meant = row.outcome == Outcome.PAYABLE and _seldom(row) and row.amount_fen is not None
    return row._replace(amount_fen=(row.amount_fen or 0) + 1) if is_meant else row


def _no_longer_unknown(row: Told) -> Told:
    return row._replace(ceiling_fen=0) if row.ceiling_fen is None and _seldom(row) else row


def _rows_out_of_order(rows: Rows) -> Rows:
    return (*rows[:-2], rows[-1], rows[-2]) if len(rows) > 1 and _seldom(rows[-1]) else rows


def _one_missing_field(row: Told) -> Told:
    return row._replace(missing=row.missing[:1]) if row.missing and row.outcome == Outcome.UNKNOWN else row


# Rules broken inside


def _known(value: Any) -> Any:
    """An unknown taken for no."""
    return False if type(value) is Unknown else value


def _unknown_is_no(make: Any) -> Any:
    def made(*parts: Any) -> Any:
        read = make(*parts)
        return lambda trigger, looked_at, view: _known(read(trigger, looked_at, view))

    return made


def _if_without_equal_arms(condition_: Any, then: Any, otherwise: Any) -> Any:
    def apply(trigger: Any, looked_at: Any, view: Any) -> Any:
        holds = condition_(trigger, looked_at, view)
        return holds if type(holds) is Unknown else (then if holds else otherwise)(trigger, looked_at, view)

    return apply


def _flat_rank(title: Title, grade: str) -> int | None:
    names = [name for rank in title.grades for name in rank]
    return names.index(grade) if grade in names else None


def _naive_months(day: date, months: int) -> date:
    """The 31st of a month that has none is taken for the first of the next."""
    later = add_months(day, months)
    return later if later.day == day.day else later + timedelta(days=1)


def _blind_key(per: tuple[str, ...], candidate: Any) -> Any:
    """The group of an award where a missing part counts as a value of its own."""
    key = contest.group_key(per, candidate)
    return (key,) if isinstance(key, str) else key


def _later_of_equals(items: Any, one: int, two: int) -> Any:
    amounts: list[int | None] = [item.ceiling for item in items]
    amounts[one if items[two].ceiling >= items[one].ceiling else two] = None
    return amounts


def _later_first(values: Any, repeat: int) -> Any:
    return reversed(list(product(values, repeat=repeat)))


def _highest_later_first(items: Any, group: Any) -> Any:
    ranked = sorted(group.members, key=lambda index: (-items[index].ceiling, -index))
    kept = set(ranked[: max(group.bound, 0)])
    return [
        item.ceiling if index in kept or index not in group.members else None
        for index, item in enumerate(items)
    ]


def _paid_whatever_the_matter(payment: Any, measure: Any) -> bool:
    return payments.is_paid_under(payment._replace(matter=""), measure)


def _short(prepare: Any) -> Any:
    """The last day of validity taken for the first day after it."""

    def prepared(self: Any, *parts: Any) -> None:
        prepare(self, *parts)
        self.last_day -= timedelta(days=1)

    return prepared


def _deaf_to_exemptions(prepare: Any) -> Any:
    def prepared(self: Any, *parts: Any) -> None:
        prepare(self, *parts)
        self.exclusions = [(holds, name, clause, frozenset()) for holds, name, clause, _ in self.exclusions]

    return prepared


def _difference_always(prepare: Any) -> Any:
    def prepared(self: Any, *parts: Any) -> None:
        prepare(self, *parts)
        if self.cumulation:
            self.cumulation = (*self.cumulation[:2], AfterPayment.DIFFERENCE)

    return prepared


class _Clairvoyant(dossier_view.DossierView):
    """A dossier whose later facts are known already."""

    __slots__ = ()

    def __init__(self, dossier: Any, kinds: Any, as_of: date) -> None:
        super().__init__(dossier, kinds, date.max)
        self.as_of = as_of


def _first_line(lines: Any, key: Any) -> Any:
    return lines[0]


def _turned(amount: int, ratio: tuple[int, int], remainder: Remainder) -> tuple[int, int]:
    other = Remainder.CITY if remainder is Remainder.COUNTY else Remainder.COUNTY
    return _SPLIT(amount, ratio, other)


def _item_by_place(ceiling: int, time: tuple[Any, ...]) -> Any:
    return best.Item(ceiling, time[1:])


def _round_unless_stated(stated: object, earlier: Any, again: Again) -> Any:
    """An unstated round taken for 获评 although there was an earlier one."""
    return Round.AWARDED if stated is None else _EFFECTIVE(stated, earlier, again)


def _same_row_only(row: Any, fact: Any, title: str) -> Any:
    return True


def _stricter(table: Any, one: Comparator, test: Any) -> Any:
    return {**table, one: test}


_READ_CONTAINS = condition.Preparer._contains


def _contains_all(self: Any, left: Any, names: frozenset[str]) -> Any:
    read = self._field(left)
    if left.type.value != "多选":
        return _READ_CONTAINS(self, left, names)
    return condition._one(read, lambda value: names <= set(value))


def _without(rule: str) -> Callable[..., Any]:
    return {
        "zero": lambda *_: 0,
        "none": lambda *_: (0, 0),
        "nothing": lambda *_: None,
        "no": lambda *_: False,
    }[rule]


def _alone(candidates: Any, fields: Any) -> Any:
    return [[each] for each in candidates]


_SPLIT, _EFFECTIVE = share.split_fen, history._effective
_PREPARE = program.MeasureProgram._prepare_document_rules
_EXISTS = condition.Preparer._exists


def _blind_exists(self: Any, expr: Any) -> Any:
    read = _EXISTS(self, expr)
    return lambda trigger, looked_at, view: _known(read(trigger, looked_at, view))


ERRING: tuple[Erring, ...] = (
    Erring("one fen more in one award of a thousand", after=_each(_one_fen_more)),
    Erring("zero for unknown in one row of a thousand", after=_each(_no_longer_unknown)),
    Erring("rows out of order in one dossier of a thousand", after=_rows_out_of_order),
    Erring("only one of the missing fields", after=_each(_one_missing_field)),
    Erring("an unknown comparison is no", ((condition, "_two", _unknown_is_no(condition._two)),)),
    Erring("an unknown 或 is no", ((condition, "_any", _unknown_is_no(condition._any)),)),
    Erring("an unknown 且 is no", ((condition, "_all", _unknown_is_no(condition._all)),)),
    Erring("an unknown 有 is no", ((condition.Preparer, "_exists", _blind_exists),)),
    Erring("若 unknown, though both arms are equal", ((condition, "_if", _if_without_equal_arms),)),
    Erring("含 asks for all names", ((condition.Preparer, "_contains", _contains_all),)),
    Erring(
        "<= is <", ((condition, "COMPARE", _stricter(condition.COMPARE, Comparator.AT_MOST, operator.lt)),)
    ),
    Erring(
        "及以上 leaves out itself",
        ((program, "COMPARE", _stricter(condition.COMPARE, Comparator.AT_LEAST, operator.gt)),),
    ),
    Erring("grades of one rank are two", ((Title, "grade_rank", _flat_rank),)),
    Erring("a month's end runs over", ((condition, "add_months", _naive_months),)),
    Erring("the last day is out", ((program.MeasureProgram, "_prepare_document_rules", _short(_PREPARE)),)),
    Erring("later facts are known", ((engine, "DossierView", _Clairvoyant),)),
    Erring(
        "facts of a day in any order",
        ((dossier_view, "fact_order", lambda fact, name: (fact.values.get(name) or date.min, "")),),
    ),
    Erring(
        "exempt rows are barred",
        ((program.MeasureProgram, "_prepare_document_rules", _deaf_to_exemptions(_PREPARE)),),
    ),
    Erring("no bar at all", ((exclude, "_check_exclusions", _without("nothing")),)),
    Erring(
        "half a fen is rounded up",
        ((entitle, "share_floor", lambda base, rate: -(-base * rate.numerator // rate.denominator)),),
    ),
    Erring(
        "a rate through binary fractions",
        ((entitle, "share_floor", lambda base, rate: int(base * float(rate))),),
    ),
    Erring("首次 of all groups", ((history, "_same_keys", lambda keys, fact, other: True),)),
    Erring("首次 forgets the past", ((history, "earlier_recognition", _without("nothing")),)),
    Erring("首次 whatever the fields", ((history, "selectors_hold", _same_row_only),)),
    Erring("an unstated round is 获评", ((history, "_effective", _round_unless_stated),)),
    Erring("the later of two equal awards", ((best, "_without_the_lower", _later_of_equals),)),
    Erring("the later of some equal awards", ((best, "_highest", _highest_later_first),)),
    Erring("the later of equal sets", ((best, "product", _later_first),)),
    Erring("limits used up in the order of the text", ((choose, "Item", _item_by_place),)),
    Erring("paid awards are given again", ((choose, "_settle_paid", _without("nothing")),)),
    Erring("limits forget what was paid", ((limits, "_used", _without("none")),)),
    Erring("limits take another matter's payments", ((limits, "is_paid_under", _paid_whatever_the_matter),)),
    Erring("limits know what is not recorded", ((limits, "_has_rivals", _without("no")),)),
    Erring("a missing part of 每 is a group", ((limits, "group_key", _blind_key),)),
    Erring("limits hold for all rows", ((limits, "applies", lambda limit, candidate: True),)),
    Erring("ladders forget what was paid", ((ladders, "_paid_on", _without("zero")),)),
    Erring("ladders over all groups", ((ladders, "group_key", lambda per, candidate: ()),)),
    Erring("matters forget what was paid", ((rivalry, "_add_paid_matter", _without("nothing")),)),
    Erring("one's own payments are another's", ((rivalry, "is_paid_under", _without("no")),)),
    Erring(
        "the difference though nothing is due",
        ((program.MeasureProgram, "_prepare_document_rules", _difference_always(_PREPARE)),),
    ),
    Erring("objects are facts", ((rivalry, "SAME_OBJECT", None),)),
    Erring("awards apart", ((way, "clusters", _alone),)),
    Erring("clauses in their dress", ((payments, "clause_key", str),)),
    Erring("documents in their dress", ((payments, "document_key", str), (rivalry, "document_key", str))),
    Erring("the odd fen to the other", ((share, "split_fen", _turned),)),
    Erring("the first fiscal line", ((share, "max", _first_line),)),
    Erring("fewer sets looked at", ((best, "MOST_NODES", 2_000),)),
)
"""All of them; each must be caught."""

EQUAL: tuple[Erring, ...] = (
    Erring("always the search", ((best, "FEW", 0),)),
    Erring(
        "one cluster for all",
        ((way, "clusters", lambda candidates, fields: [candidates] if candidates else []),),
    ),
    Erring("clusters joined by hand", ((way, "clusters", clusters.clusters),)),
)
"""Engines that go another way to the same end: none of these may be caught."""
