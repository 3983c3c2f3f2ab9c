"""Many parameter sets in one pass (批量试算): what a policy would cost under other ceilings, rates, thresholds, limits and answers."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa  # type: ignore[import-untyped]

from duixian.kernel import adding_up as total
from duixian.kernel import words as w
from duixian.kernel.adding_up import TOTALS, add_up_range
from duixian.kernel.changes import Change, changed
from duixian.kernel.loop import count_results
from duixian.kernel.program import Program
from duixian.kernel.runner import Desk, Facts
from duixian.kernel.table_words import Tables, TableWords
from duixian.kernel.values import day_word
from duixian.kernel.words import Words
from duixian.rules.measure import Measure
from duixian.rules.policy import City

BLOCK = 4_096


@dataclass(frozen=True, slots=True)
class ParameterSet:
    """One variant of the rules (参数组): answers to open questions, and parameters with other values."""

    name: str
    rulings: Mapping[str, str] = field(default_factory=dict)
    changes: tuple[Change, ...] = ()


class SumTooLarge(ArithmeticError):
    """The sums of a measure would leave 64 bits (合计过大)."""


class Variations:
    """A city's rules under many parameter sets, ready for facts (批量试算). The first set is the rules as they stand.

    Raises:
        NothingToChange: for a change that nothing in the policies answers to.
        Unsuitable: for a rule that does not fit into the kernel's words.
        KeyError: for a ruling on a question that the city does not know.
    """

    def __init__(self, city: City, sets: Sequence[ParameterSet]) -> None:
        self.sets = (ParameterSet("现行"), *sets)
        self.program = Program(city)
        self._places = {(each.document, each.id): order for order, each in enumerate(city.measures)}
        self._measures = city.measures
        # Changed measures are kept here: a compiled one is known by the identity of the measure that it came from.
        self._changed: list[Measure] = []
        touched: list[list[int]] = []
        for each in self.sets:
            decisions = city.decisions | _known(city, each.rulings)
            changes = self._altered(each.changes)
            self.program.add_set(decisions, changes)
            differing = set(self.program.differing(decisions)) | changes.keys() if touched else set()
            touched.append(sorted(differing))
        self._touched = np.array([order for some in touched for order in some], np.int64)
        self._starts = np.cumsum([0, *map(len, touched)])

    def _altered(self, changes: Sequence[Change]) -> dict[int, Measure]:
        altered: dict[int, Measure] = {}
        for change in changes:
            order = self._places[change.document, change.measure]
            altered[order] = changed(altered.get(order, self._measures[order]), change)
        self._changed += altered.values()
        return altered

    def totals(self, tables: Tables, as_of: date, *, threads: int | None = None) -> Any:
        """The totals of every measure under every set, as a ``pyarrow.Table`` with a row for each.

        Columns: ``set``, ``document``, ``measure_id``, ``measure``, the number of awards of each outcome, ``ceiling_fen``, ``amount_fen``,
        ``city_fen``, ``county_fen``, ``open_fen`` (payable, but who bears it is open), ``enterprises``, and ``entangled``, the
        enterprises of the set whose choice the loop had to leave open (待定): the reference engine would have to decide them.

        Raises:
            SumTooLarge: when a sum would leave 64 bits.
        """
        workers = threads or os.cpu_count() or 1
        gathered = TableWords(self.program.book, workers).gather(tables)
        given = Facts(gathered.facts, gathered.starts, gathered.subjects)
        sums, entangled = self._add_up(given, day_word(as_of), workers)
        sums[1:] = _whole(sums)
        entangled[1:] += entangled[0]
        _see_that_it_fits(sums)
        return self._table(sums, entangled)

    def _add_up(self, given: Facts, as_of: int, workers: int) -> tuple[npt.NDArray[np.int64], Words]:
        image = self.program.image
        flat, starts = given.facts.reshape(-1), given.starts * given.facts.shape[1]
        pairs = int(count_results(image, flat, starts, np.zeros(len(starts), np.int64)))
        number, shape = len(starts) - 1, (len(self.sets), len(self._measures), TOTALS)
        waiting = iter(range(0, number, BLOCK))

        def work(_: int) -> tuple[npt.NDArray[np.int64], Words]:
            desk, sums = Desk(int(image[w.H_KIND_COUNT]), pairs), np.zeros(shape, np.int64)
            entangled, present = np.zeros(len(self.sets), np.int64), np.zeros(len(self._measures), np.int64)
            for first in waiting:
                add_up_range(
                    image, len(self.sets), self._touched, self._starts, flat, starts, given.subjects.reshape(-1),
                    given.subjects.shape[1], first, min(first + BLOCK, number), as_of, sums.reshape(-1), entangled, present,
                    desk.evaluation, desk.awards, desk.others, *desk.choice,
                )  # fmt: skip
            return sums, entangled

        with ThreadPoolExecutor(workers) as pool:
            found = list(pool.map(work, range(workers)))
        sums = sum(each[0] for each in found[1:]) + found[0][0]
        sums[:, :, total.V_LARGEST] = np.maximum.reduce([each[0][:, :, total.V_LARGEST] for each in found])
        return sums, sum(each[1] for each in found[1:]) + found[0][1]

    def _table(self, sums: npt.NDArray[np.int64], entangled: Words) -> Any:
        count = len(self._measures)
        names = [each.name for each in self.sets]
        columns: dict[str, Any] = {
            "set": [name for name in names for _ in range(count)],
            "document": [each.document for each in self._measures] * len(names),
            "measure_id": [each.id for each in self._measures] * len(names),
            "measure": [each.name for each in self._measures] * len(names),
        }
        flat = sums.reshape(-1, TOTALS)
        for place, outcome in enumerate(w.OUTCOMES):
            columns[str(outcome)] = flat[:, place]
        amount, city, open_ = flat[:, total.V_AMOUNT], flat[:, total.V_CITY], flat[:, total.V_OPEN]
        columns |= {
            "ceiling_fen": flat[:, total.V_CEILING], "amount_fen": amount, "city_fen": city,
            "county_fen": amount - city - open_, "open_fen": open_, "enterprises": flat[:, total.V_ENTERPRISES],
            "entangled": np.repeat(entangled, count),
        }  # fmt: skip
        return pa.table(columns)


def _known(city: City, rulings: Mapping[str, str]) -> dict[str, str]:
    for name, option in rulings.items():
        if option not in city.interpretations[name].options:
            raise KeyError(option)
    return dict(rulings)


def _whole(sums: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """The totals of all sets but the first: what differs from the first, and the first."""
    whole = sums[1:] + sums[:1]
    whole[:, :, total.V_LARGEST] = np.maximum(sums[1:, :, total.V_LARGEST], sums[:1, :, total.V_LARGEST])
    return whole


def _see_that_it_fits(sums: npt.NDArray[np.int64]) -> None:
    """No sum can have left its word when as many of the largest award would not."""
    largest, count = sums[:, :, total.V_LARGEST], np.maximum(sums[:, :, total.V_PAYABLE], 1)
    if (largest > np.iinfo(np.int64).max // 4 // count).any():
        raise SumTooLarge
