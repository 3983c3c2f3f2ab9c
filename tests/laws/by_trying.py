"""Marks by the long way: decide the dossier anew under every other option and see what changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date
from typing import NamedTuple

from duixian.evaluate.engine import Engine
from duixian.rules.determination import Determination
from duixian.rules.fact import Dossier

AwardKey = tuple[str, str, str]
"""Measure, fact kind, fact."""
EngineUnder = Callable[[str, str], Engine]
"""A question and one of its options → the engine that holds them for decided."""


class Money(NamedTuple):
    """What a determination means in money, in fen: the amount and the city's part."""

    amount_fen: int | None
    city_fen: int | None


class Change(NamedTuple):
    """What one option gives instead."""

    interpretation: str
    option: str
    money: Money


NOTHING = Money(0, None)


def money_of(found: Iterable[Determination]) -> dict[AwardKey, Money]:
    return {
        key_of(each): Money(each.amount_fen, each.share.city_fen if each.share else None)
        for each in found
        if each.measure_id
    }


def key_of(each: Determination) -> AwardKey:
    return (each.measure_id, each.fact_kind, each.fact)


def changes_by_trying(
    dossier: Dossier, as_of: date, engine_under: EngineUnder, options: Iterable[tuple[str, str]]
) -> dict[AwardKey, set[Change]]:
    """For every award, each option that gives it other money; an award that an option does not know gets nothing."""
    here = money_of(engine_under("", "").determine(dossier, as_of, with_marks=False))
    changes: dict[AwardKey, set[Change]] = defaultdict(set)
    for name, option in options:
        there = money_of(engine_under(name, option).determine(dossier, as_of, with_marks=False))
        for key in here.keys() | there.keys():
            other = there.get(key, NOTHING)
            if here.get(key, NOTHING) != other:
                changes[key].add(Change(name, option, other))
    return dict(changes)


def changes_marked(found: Iterable[Determination]) -> dict[AwardKey, set[Change]]:
    """The same, as the engine marked it."""
    return {
        key_of(each): {
            Change(mark.interpretation, mark.option, Money(mark.amount_fen, mark.city_fen))
            for mark in each.marks
        }
        for each in found
        if each.marks
    }
