"""Open questions (未决口径) as sets of a program: one set for every other option that changes a measure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from duixian.kernel.program import Program
from duixian.kernel.words import Words
from duixian.rules.interpretation import Effect
from duixian.rules.policy import City


class Option(NamedTuple):
    """Another option of an open question (另一选项)."""

    interpretation: str
    option: str


class Trials(NamedTuple):
    """The sets to be tried beside the first (试算集): their options from set 1 on, and the measures in which each differs.

    ``touched[starts[s] : starts[s + 1]]`` are the places of the measures in document order.
    """

    options: tuple[Option, ...]
    touched: Words
    starts: Words


def open_options(city: City, rulings: Mapping[str, str]) -> list[Option]:
    """Every other option of every question that nobody has decided, in the order of the city."""
    decisions = city.decisions | dict(rulings)
    return [
        Option(name, option)
        for name, each in city.interpretations.items()
        if each.effect is Effect.RULE and not each.is_decided and name not in rulings
        for option in each.options
        if option != decisions[name]
    ]


def add_trials(program: Program, rulings: Mapping[str, str]) -> Trials:
    """Compile the other options into a program whose only set is that of the decisions that hold."""
    decisions = program.city.decisions | dict(rulings)
    options, touched = [], []
    for each in open_options(program.city, rulings):
        orders = program.differing(decisions | {each.interpretation: each.option})
        if orders:
            program.add_set(decisions | {each.interpretation: each.option})
            options.append(each)
            touched.append(orders)
    starts = np.cumsum([0, 0, *map(len, touched)])
    return Trials(tuple(options), np.array([order for some in touched for order in some], np.int64), starts)
