"""Every engine that errs is caught, and none that only goes another way."""

from __future__ import annotations

from functools import cache

import pytest

from tests.engines.decides import Docket, Rows
from tests.engines.difference import breakdowns, compare
from tests.engines.dockets import draw_docket
from tests.engines.engines import LAW
from tests.engines.erring import EQUAL, ERRING, Erring

MOST, DOSSIERS = 500, 60
"""Dockets before an engine is called right, and dossiers in each."""


@cache
def decided(number: int) -> tuple[Docket, tuple[Rows, ...]]:
    docket = draw_docket("erring", number, DOSSIERS)
    return docket, tuple(LAW.decide(docket))


def catches(engine: Erring, dockets: int) -> int:
    """How many dossiers gave an engine away, in the first docket that did."""
    for number in range(dockets):
        docket, mine = decided(number)
        theirs = engine.decide(docket)
        assert breakdowns(theirs) == breakdowns(mine), "an error is no crash"
        found = compare(docket, (LAW, engine), mine, theirs)
        if found:
            return len(found)
    return 0


@pytest.mark.parametrize("engine", ERRING, ids=lambda engine: engine.name)
def test_an_erring_engine_is_caught(engine: Erring) -> None:
    assert catches(engine, MOST)


@pytest.mark.parametrize("engine", EQUAL, ids=lambda engine: engine.name)
def test_another_way_to_the_same_end_is_not(engine: Erring) -> None:
    assert not catches(engine, 120)
