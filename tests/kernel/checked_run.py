"""What the kernel tells of the demo city and of random cities, as one text: run compiled, and once more as plain, checked Python.

``NUMBA_DISABLE_JIT=1 python -W error -m tests.kernel.checked_run`` prints it. There every array refuses a place outside of it, and
arithmetic that leaves 64 bits is an error.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from duixian.kernel.changes import Change, Parameter
from duixian.kernel.kernel import Kernel
from duixian.kernel.variations import ParameterSet, Variations
from tests.engines.decides import Docket
from tests.engines.dockets import draw_docket
from tests.engines.fact_tables import fact_tables
from tests.kernel.demo import AS_OF, demo_dossiers
from tests.kernel.entangled import tied_awards, tied_city
from tests.kernel.told import told, told_by
from tests.laws.real_city import lianyungang, other_options

CITIES, DOSSIERS, CROWDED = 12, 6, 6
"""Random cities, and dossiers of each; every so many a city whose dossiers hold many facts of one measure."""
ENTERPRISES, ALONE = 100, 15
"""So many of the demo city; so many dossiers of each city are asked for without tables too."""


def dockets() -> Iterator[Docket]:
    """The demo city, random cities, and one in which awards crowd under one limit."""
    every = len(demo_dossiers()) // ENTERPRISES
    yield Docket(lianyungang(), {}, demo_dossiers()[::every], AS_OF)
    for number in range(CITIES):
        yield draw_docket("checked", number, DOSSIERS, crowd=0 if number % CROWDED else 9)


def lines() -> Iterator[str]:
    """One line for every determination and every total."""
    for number, docket in enumerate(dockets()):
        yield f"# {number}"
        yield from _decided(docket)
        yield from _varied(docket)
    yield from _crowd()


def _decided(docket: Docket) -> Iterator[str]:
    """By tables, together, and one by one; with marks and strict."""
    tables = fact_tables(docket.city, docket.dossiers)
    for is_strict in (False, True):
        kernel = Kernel(docket.city, docket.rulings, strict=is_strict, reference=lambda dossier, as_of: ())
        batch = kernel.determine(tables, docket.as_of, threads=1)
        yield " ".join(batch.entangled)
        yield from map(str, told_by(batch))
        for rows in kernel.determine_dossiers(docket.dossiers[:ALONE], docket.as_of):
            yield from (str(told(each)) for each in rows)
        for dossier in docket.dossiers[:ALONE]:
            yield from (str(told(each)) for each in kernel.determine_dossier(dossier, docket.as_of))


def _varied(docket: Docket) -> Iterator[str]:
    sets = [ParameterSet(name, {name: option}) for name, option in other_options(docket.city)[:3]]
    if docket.city is lianyungang():
        changes = (
            Change("连政办规〔2025〕6号", "A09", Parameter.RATE, Fraction(1, 7)),
            Change("连政办规〔2025〕6号", "A03", Parameter.CEILING, 1, row="A03c"),
        )
        sets.append(ParameterSet("改", changes=changes))
    tables = fact_tables(docket.city, docket.dossiers)
    yield from map(str, Variations(docket.city, sets).totals(tables, docket.as_of, threads=1).to_pylist())


def _crowd() -> Iterator[str]:
    kernel = Kernel(tied_city(), reference=lambda dossier, as_of: ())
    for count in (1, 2, 40):
        facts = tied_awards(count)
        dossier = replace(demo_dossiers()[0], subject={}, facts=facts)
        yield from (str(told(each)) for each in kernel.determine_dossier(dossier, AS_OF.replace(year=2028)))


if __name__ == "__main__":
    print("\n".join(lines()))
