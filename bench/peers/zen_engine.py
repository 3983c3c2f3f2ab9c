"""The zen engine beside us (zen 引擎): decision tables asked of every fact, and the choice, which it cannot make, in NumPy after it.

In its favour: whether a recognition is the first of its row, whether a smart factory came before it and whether a support bars it stand in
each fact before the clock starts; so do the requests, as JSON text; tables take a fact's answers, no more.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterator
from itertools import chain, pairwise
from operator import itemgetter
from typing import Any, NamedTuple

import numpy as np
import zen

from bench.peers.choice import Under, chosen
from bench.peers.engine import Engine
from bench.peers.lines import NONE, Lines
from bench.peers.workload import rules
from bench.peers.zen_tables import KEYS, OUTPUTS, graph
from bench.world.columns import SLOTS, SOFTWARE_ABOVE_SIZE, Columns, Int32
from bench.world.happenings import CATEGORIES, RECOGNITIONS

MOST_SINGLE = 100_000
"""With one call for each enterprise no greater world is asked: time only grows with it."""
REQUEST = 100
"""Enterprises whose facts go into one request of a batch; with one each it is a fifth slower."""
CALL = 1_000
"""Requests in one call: answers are objects, and are let go before the next call brings more."""
_KEY = "city"


class Prepared(NamedTuple):
    """The engine with its decision loaded, the requests, and of every fact its number and day."""

    engine: zen.ZenEngine
    requests: list[str]
    number: Int32
    day: Int32


def single() -> Engine:
    """One call for each enterprise, as a service answers."""
    note = "decision tables; the choice in NumPy"
    return Engine(
        "zen, a call for each",
        note,
        lambda columns: _prepare(columns, 1),
        _run_single,
        _told,
        most=MOST_SINGLE,
    )


def batched() -> Engine:
    """Many at once by ``evaluate_batch``."""
    note = "decision tables; the choice in NumPy"
    return Engine(
        "zen, evaluate_batch",
        note,
        lambda columns: _prepare(columns, REQUEST),
        _run_batch,
        _told,
    )


def _prepare(columns: Columns, enterprises: int) -> Prepared:
    number, day, facts = _facts(columns)
    ends = np.flatnonzero(np.diff(number // SLOTS // enterprises)) + 1
    bounds = [0, *ends.tolist(), len(facts)]
    requests = [
        json.dumps({"facts": facts[first:last]}, ensure_ascii=False) for first, last in pairwise(bounds)
    ]
    engine = zen.ZenEngine({"loader": {"type": "static", "content": {_KEY: graph()}}})
    return Prepared(engine, requests, number, day)


def _facts(columns: Columns) -> tuple[Int32, Int32, list[dict[str, Any]]]:
    """Every fact as an object, sorted by number."""
    titles, projects = columns.recognitions, columns.projects
    supported = np.unique(columns.supports.about[columns.supports.level > 0])
    is_first, has_factory = _history(columns)
    size = columns.enterprises.size[titles.enterprise - columns.enterprises.first]
    named = zip(
        titles.number.tolist(), titles.title.tolist(), titles.round.tolist(), titles.day.tolist(), is_first.tolist(),
        has_factory.tolist(), (size == SOFTWARE_ABOVE_SIZE).tolist(), np.isin(titles.number, supported).tolist(), strict=True,
    )  # fmt: skip
    found = [
        (number, {
            "title": RECOGNITIONS[title].title, "level": RECOGNITIONS[title].level, "grade": RECOGNITIONS[title].grade,
            "round": "复评" if round_ else "获评", "day": day, "is_first": first, "has_factory": factory, "is_software": software,
            "is_supported": support, "category": "",
        })
        for number, title, round_, day, first, factory, software, support in named
    ]  # fmt: skip
    invested = zip(
        projects.number.tolist(), projects.category.tolist(), projects.invested_fen.tolist(), projects.day.tolist(),
        (projects.existing > 0).tolist(), np.isin(projects.number, supported).tolist(), strict=True,
    )  # fmt: skip
    found += [
        (number, {
            "title": "", "category": CATEGORIES[category], "invested": fen, "day": day, "is_existing": existing, "is_supported": support,
        })
        for number, category, fen, day, existing, support in invested
    ]  # fmt: skip
    found.sort(key=lambda each: each[0])
    numbers, facts = [each for each, _ in found], [each for _, each in found]
    return np.array(numbers, np.int32), np.array([each["day"] for each in facts], np.int32), facts


def _history(columns: Columns) -> tuple[Any, Any]:
    """For every recognition whether it is the first of its row, and whether a smart factory came no later."""
    facts, known = columns.recognitions, rules()
    row = known.first_row[facts.title].astype(np.int64)
    group = facts.enterprise.astype(np.int64) * 128 + row
    order = np.lexsort((facts.number, facts.day, group))
    is_first = np.zeros(len(row), dtype=bool)
    is_first[order] = np.diff(group[order], prepend=-2) != 0
    since = np.full(len(columns.enterprises), np.iinfo(np.int32).max)
    is_factory = known.is_factory[facts.title] > 0
    owner = facts.enterprise - columns.enterprises.first
    np.minimum.at(since, owner[is_factory], facts.day[is_factory])
    return is_first, since[owner] <= facts.day


def _run_single(prepared: Prepared) -> Lines:
    evaluate = prepared.engine.evaluate
    return _lines(prepared, (evaluate(_KEY, each)["result"] for each in prepared.requests))


def _run_batch(prepared: Prepared) -> Lines:
    return _lines(prepared, _answers(prepared))


def _answers(prepared: Prepared) -> Iterator[dict[str, Any]]:
    for first in range(0, len(prepared.requests), CALL):
        asked: Any = [{"key": _KEY, "context": each} for each in prepared.requests[first : first + CALL]]
        answers: Any = prepared.engine.evaluate_batch(asked)
        yield from (each["data"]["result"] for each in answers)


def _lines(prepared: Prepared, answers: Iterator[dict[str, Any]]) -> Lines:
    """The answers as columns, and the choice among them; a table without a rule for a fact answers nothing."""
    told = [array("q") for _ in KEYS]
    for answer in answers:
        for cells, key in zip(told, KEYS, strict=True):
            cells.extend(chain.from_iterable(_cells(each or _SILENT) for each in answer[key]))
    return chosen(prepared.number, prepared.day, [_under(each) for each in told])


_SILENT = dict.fromkeys(OUTPUTS, NONE)
_cells = itemgetter(*OUTPUTS)


def _under(cells: array[int]) -> Under:
    """The answers under one document."""
    return Under(*np.frombuffer(cells, np.int64).reshape(-1, len(OUTPUTS)).T.copy())


def _told(made: Lines) -> Lines:
    return made
