"""The city that the benchmarks inside this process run on (测量用的城市): read once, and tables of a synthetic one."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from bench.plan import POLICIES, NotAvailable
from duixian.exchange.tables.facts import read_facts
from duixian.rules.fact import Dossier
from duixian.rules.policy import City
from duixian.source.city import read_city


@cache
def lianyungang() -> City:
    """The policies of Lianyungang.

    Raises:
        NotAvailable: when they have errors.
    """
    reading = read_city(POLICIES)
    if reading.city is None or reading.has_errors:
        raise NotAvailable("the policies have errors; duixian check tells them")
    return reading.city


def dossiers_in(folder: Path) -> tuple[Dossier, ...]:
    """The dossiers of a folder of fact tables.

    Raises:
        NotAvailable: when there are none.
    """
    reading = read_facts(folder, lianyungang())
    if not reading.dossiers:
        raise NotAvailable(
            f"no dossier in {folder.name}: {', '.join(each.code for each in reading.problems)}"
        )
    return reading.dossiers
