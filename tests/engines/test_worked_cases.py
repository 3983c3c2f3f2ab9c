"""The worked cases of every city on every engine: what an officer wrote down holds, whoever decides."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from duixian.evaluate.case_run import complaints
from duixian.evaluate.engine import Engine
from duixian.kernel.kernel import Kernel
from duixian.rules.determination import Determination
from duixian.rules.fact import Dossier
from duixian.rules.policy import City
from duixian.source.cases import read_cases
from duixian.source.city import read_city

POLICIES = Path(__file__).resolve().parents[2] / "policies"
CITIES = tuple(sorted(path.parent.name for path in POLICIES.glob("*/city.yaml")))
Decide = Callable[[Dossier, date], tuple[Determination, ...]]


@cache
def city(name: str) -> City:
    reading = read_city(POLICIES / name)
    assert reading.city is not None
    return reading.city


def by_reference(where: City, decisions: Mapping[str, str]) -> Decide:
    return Engine(where, decisions).determine


def by_kernel(where: City, decisions: Mapping[str, str]) -> Decide:
    """The kernel, which must say the same whether it is asked about one dossier or several."""
    kernel = Kernel(where, decisions, reference=by_reference(where, decisions))

    def decide(dossier: Dossier, as_of: date) -> tuple[Determination, ...]:
        alone = kernel.determine_dossier(dossier, as_of)
        assert kernel.determine_dossiers([dossier, dossier], as_of, with_marks=False) == (alone, alone)
        found, again = kernel.determine_dossiers([dossier, dossier], as_of)
        assert found == again
        return found

    return decide


ENGINES = {"reference": by_reference, "kernel": by_kernel}


@pytest.mark.parametrize("name", CITIES)
@pytest.mark.parametrize("engine", ENGINES)
def test_every_worked_case_holds(engine: str, name: str) -> None:
    where, wrong = city(name), []
    engines: dict[tuple[tuple[str, str], ...], Decide] = {}
    for case in read_cases(where).cases:
        key = tuple(sorted(case.decisions.items()))
        decide = engines.get(key) or engines.setdefault(key, ENGINES[engine](where, case.decisions))
        wrong += [f"{case.place} {each}" for each in complaints(case, decide(case.dossier, case.as_of))]
    assert not wrong, "\n".join(wrong)
