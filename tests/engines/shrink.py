"""Shrinking (缩小): the smallest docket at which two engines still differ, made by leaving out whatever is not needed for it.

Facts, fields, rulings, documents, measures, rows, limits, parts of conditions, words of the vocabulary: everything is tried in its turn,
and nothing is kept that a source reader would not let pass.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, fields, is_dataclass, replace
from typing import Any as Anything

from duixian.rules.decided import Choice
from duixian.rules.expression import TRUE, All, Any, Expression, IfElse, Not, Shift, Sum, Type, YearEnd
from duixian.rules.expression_text import expression_text
from duixian.rules.interpretation import Interpretation
from duixian.rules.measure import AwardRow, FixedSum, RateOfBase
from duixian.rules.vocabulary import Field
from tests.engines.decides import Docket
from tests.engines.soundness import dossier_faults, is_sound
from tests.engines.vocabularies import CODE, ID

Still = Callable[[Docket], bool]
"""Whether the difference is still there."""
FEW = 4


def shrunk(docket: Docket, still: Still) -> Docket:
    """The docket without all that can be left out one by one while ``still`` holds."""
    start = 0
    while True:
        for place, candidate in enumerate(smaller(docket)):
            # What could not be left out before the last success seldom can be after it: it comes again in the last round.
            if place >= start and _is_legal(candidate) and still(candidate):
                docket, start = candidate, place
                break
        else:
            if start == 0:
                return docket
            start = 0


def _is_legal(docket: Docket) -> bool:
    city = docket.city
    return (
        set(docket.rulings) <= set(city.interpretations)
        and len(docket.dossiers) > 0
        and is_sound(city)
        and all(next(dossier_faults(city, each), None) is None for each in docket.dossiers)
    )


def smaller(node: Anything) -> Iterator[Anything]:
    """Everything that is one step smaller than a rule, a fact or a whole docket; the big steps first."""
    match node:
        case Docket():
            # The dossier comes first: with fewer facts all else is quicker to try.
            for name in ("dossiers", "rulings", "city"):
                yield from _with(node, name, smaller(getattr(node, name)))
        case Choice(options=options):
            yield from options.values()
            yield from (
                replace(node, options={**options, name: each})
                for name, value in options.items()
                for each in _within(value)
            )
        case Interpretation(ruling=ruling) if ruling is not None:
            yield replace(node, ruling=None)
        case Interpretation() | Field():
            pass
        case Expression():
            yield from _smaller_expressions(node)
        case tuple() | frozenset():
            yield from _smaller_groups(node)
        case Mapping():
            yield from _smaller_mappings(node)
        case _ if is_dataclass(node):
            yield from _children(node)
            yield from _usual(node)
            for each in fields(node):
                if each.init and each.name != "place":
                    yield from _with(node, each.name, smaller(getattr(node, each.name)))


def _with(node: Anything, name: str, values: Iterator[Anything]) -> Iterator[Anything]:
    for value in values:
        yield replace(node, **{name: value})


def _within(value: Anything) -> Iterator[Anything]:
    """Steps inside the value of an option; a group of names stays whole, for the other options have theirs."""
    return smaller(value) if isinstance(value, Expression) else iter(())


def _smaller_groups(group: Anything) -> Iterator[Anything]:
    members = sorted(group) if isinstance(group, frozenset) else list(group)
    whole: type = type(group)
    if len(members) >= FEW:
        half = len(members) // 2
        yield whole(members[half:])
        yield whole(members[:half])
    if members:
        for place in range(len(members)):
            yield whole(members[:place] + members[place + 1 :])
    for place, each in enumerate(members):
        for other in smaller(each):
            yield whole((*members[:place], other, *members[place + 1 :]))


def _smaller_mappings(mapping: Mapping[str, Anything]) -> Iterator[Anything]:
    # A fact and a kind keep what says whose they are.
    for key in mapping:
        if key not in (ID, CODE):
            yield {name: each for name, each in mapping.items() if name != key}
    for key, value in mapping.items():
        for other in smaller(value):
            yield {**mapping, key: other}


def _smaller_expressions(expression: Expression) -> Iterator[Expression]:
    if expression is TRUE:
        return
    if expression.type is Type.FLAG:
        yield TRUE
    for root in smaller(expression.root):
        yield Expression(root, expression.type, expression_text(root))


def _children(node: Anything) -> Iterator[Anything]:
    """The parts of an expression that could stand in its place; the wrong types among them are refused later."""
    match node:
        case All(parts=parts) | Any(parts=parts):
            yield from parts
        case Not(part=part):
            yield part
        case IfElse(condition=condition, then=then, otherwise=otherwise):
            yield from (then, otherwise, condition)
        case Shift(date=part):
            yield part
        case Sum(left=left, right=right):
            yield from (left, right)
        case YearEnd():
            return


def _usual(node: Anything) -> Iterator[Anything]:
    """The same with one field as it usually is, or with no round asked for, or with a plain sum."""
    for each in fields(node):
        is_settable = each.init and each.name != "place" and each.default is not MISSING
        if is_settable and getattr(node, each.name) != each.default:
            yield replace(node, **{each.name: each.default})
    match node:
        case AwardRow(round=wanted, amount=amount):
            if wanted is not None:
                yield replace(node, round=None)
            if isinstance(amount, RateOfBase):
                yield replace(node, amount=FixedSum(100_000_00))
