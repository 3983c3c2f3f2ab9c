"""OpenFisca-core beside us (OpenFisca): the law in its own words, vectorised over all facts at once, in float32.

In its favour: supports are a flag on each fact, made before the clock starts; enterprises without facts are left out; a fact is decided
once, not for each year; parameters are not indexed fact by fact; what it remembers of its entities stays from run to run; simulations hold
100,000 enterprises each, which suits the caches, and two run at a time.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple

import numpy as np
from openfisca_core.simulations import SimulationBuilder  # type: ignore[import-untyped]
from openfisca_core.taxbenefitsystems import TaxBenefitSystem  # type: ignore[import-untyped]

from bench.peers.engine import Engine
from bench.peers.openfisca_groups import ByPosition, BySorting, Groups
from bench.peers.openfisca_law import (
    GRADES,
    TITLES,
    Category,
    Enterprise,
    Fact,
    Grade,
    Level,
    Recognition,
    Title,
    parameters,
)
from bench.peers.openfisca_measures import measures, results
from bench.peers.openfisca_results import PAID, Made, lines_of, money_of
from bench.peers.openfisca_steps import steps
from bench.peers.openfisca_variables import inputs, shared
from bench.peers.stretches import stretches_of
from bench.world.columns import MISSING, SLOTS, Columns, Int32
from bench.world.happenings import LEVELS, RECOGNITIONS

THREADS = 2
ENTERPRISES = 100_000
"""In each simulation. Processor time hardly depends on it; so many leave work for two threads and arrays that caches can hold."""
MOST = 1_000_000
WHEN = "2025-12"
"""What does not change in time may be asked for in any period; in this one every parameter has its value."""


class Part(NamedTuple):
    """One simulation whose inputs are set, and its facts' numbers."""

    simulation: Any
    number: Int32


class Prepared(NamedTuple):
    """All simulations, the names of what they compute, and of what is asked for."""

    parts: list[Part]
    computed: list[str]
    asked: tuple[str, ...]


def by_measures() -> Engine:
    """Six variables for each measure and whole results; steps across facts in OpenFisca's own operators."""

    def prepare(columns: Columns) -> Prepared:
        return _prepare(columns, measures(ByPosition()), (*results(), *PAID, "total_paid"))

    note = "six variables for each measure; float32"
    return Engine("OpenFisca, by measures", note, prepare, _run, lines_of, most=MOST, is_exact=False)


def by_steps() -> Engine:
    """All measures at once through tables, sums only: the fastest that we could make in OpenFisca's own operators."""
    return _of_sums("OpenFisca, by tables", "all measures at once through tables; float32", ByPosition())


def by_sorting() -> Engine:
    """By tables, and what looks at other facts of an enterprise is written in NumPy."""
    return _of_sums(
        "OpenFisca, tables + NumPy", "by tables, steps across facts in NumPy; float32", BySorting()
    )


def _of_sums(title: str, note: str, groups: Groups) -> Engine:
    def prepare(columns: Columns) -> Prepared:
        return _prepare(columns, steps(groups), (*PAID, "total_paid"))

    return Engine(title, note, prepare, _run, money_of, most=MOST, is_exact=False)


def _prepare(columns: Columns, of_law: list[Any], asked: tuple[str, ...]) -> Prepared:
    """Build the system and the simulations."""
    system = TaxBenefitSystem([Fact, Enterprise])
    computed = [*of_law, *shared()]
    for each in (*inputs(), *computed):
        system.add_variable(each)
    system.parameters = parameters()
    parts = [_simulation(system, each) for each in stretches_of(columns, ENTERPRISES)]
    return Prepared(parts, [each.__name__ for each in computed], asked)


def _simulation(system: Any, columns: Columns) -> Part:
    facts = _facts(columns)
    number = facts.pop("number")
    owner = facts.pop("enterprise")
    own = np.unique(owner)
    builder = SimulationBuilder()
    builder.create_entities(system)
    builder.declare_person_entity("fact", np.arange(len(owner)))
    enterprise = builder.declare_entity("enterprise", own)
    builder.join_with_persons(enterprise, owner, np.zeros(len(owner), dtype=np.int64))
    simulation = builder.build(system)
    for name, values in facts.items():
        simulation.set_input(name, WHEN, values)
    simulation.set_input("size", WHEN, columns.enterprises.size[own - columns.enterprises.first])
    return Part(simulation, number)


def _facts(columns: Columns) -> dict[str, Any]:
    """Recognitions and projects as one kind of fact, by enterprise and number."""
    titles, projects = columns.recognitions, columns.projects
    number = np.concatenate((titles.number, projects.number))
    order = np.argsort(number, kind="stable")

    def both(first: Any, second: Any) -> Any:
        parts = (np.broadcast_to(first, len(titles.number)), np.broadcast_to(second, len(projects.number)))
        return np.concatenate(parts)[order]

    supported = np.unique(columns.supports.about[columns.supports.level > 0])
    invested = projects.invested_fen
    return {
        "number": number[order],
        "enterprise": both(titles.enterprise, projects.enterprise),
        "recognition": both(titles.title, np.int16(len(Recognition) - 1)),
        **{name: both(codes[titles.title], codes[-1]) for name, codes in _CODES.items()},
        "round": both(titles.round, np.int8(0)),
        "category": both(np.int8(len(Category) - 1), projects.category),
        "day": both(titles.day, projects.day).astype("datetime64[D]"),
        "slot": number[order] % SLOTS,
        "invested": both(0.0, np.where(invested == MISSING, 0, invested) / 100),
        "is_invested_known": both(False, invested != MISSING),
        "is_existing": both(False, projects.existing.astype(bool)),
        "is_supported": np.isin(number[order], supported),
    }


def _coded(names: list[str], known: list[str], enum: Any) -> Any:
    """The place of each name, with that of none for "" and at the end."""
    none = len(enum) - 1
    return np.array([known.index(name) if name else none for name in names] + [none], dtype=np.int8)


_CODES = {
    "title": _coded([each.title for each in RECOGNITIONS], TITLES, Title),
    "level": _coded([each.level for each in RECOGNITIONS], list(LEVELS), Level),
    "grade": _coded([each.grade for each in RECOGNITIONS], GRADES, Grade),
}


def _run(prepared: Prepared) -> Made:
    """Everything that was computed before is forgotten, then asked for again."""

    def one(part: Part) -> tuple[Int32, dict[str, Any]]:
        for name in prepared.computed:
            part.simulation.delete_arrays(name)
        return part.number, {name: part.simulation.calculate(name, WHEN) for name in prepared.asked}

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(one, prepared.parts))
