"""All engines say the same: a hundred thousand random dossiers under hundreds of random cities, to the fen and in every column.

``python -m tests.engines.long_run`` does the same for as many millions as one likes.
"""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engines.decides import NO_MEASURE, OUT_OF_SCOPE, DecidesAll, Docket, Reference, Rows
from tests.engines.difference import breakdowns, compare, decided_by, differences
from tests.engines.dockets import draw_docket, draw_dockets
from tests.engines.engines import LAW, LAW_WITH_MARKS, STRICT_LAW, InTurn, others
from tests.engines.golden_case import case_of, write_case

SEED = "daily"
PARTS, DOCKETS, DOSSIERS = 8, 48, 270
"""8 parts of 48 cities with 270 dossiers each: more than a hundred thousand."""


def demand_equal(law: Reference, docket: Docket, engines: Sequence[DecidesAll]) -> None:
    """Fail at the first dossier for which some engine says anything else; it is shrunk and kept."""
    mine = law.decide(docket)
    assert not breakdowns(mine)
    for engine in engines:
        found = compare(docket, (law, engine), mine, decided_by(engine, docket))
        if found:
            path = write_case(case_of(found[0], law, engine))
            told = f"{found[0]}\n{len(found)} dossiers of this docket differ; shrunk and kept as {path.name}"
            pytest.fail(told, pytrace=False)


@pytest.mark.parametrize("part", range(PARTS))
def test_engines_are_equal_on_a_hundred_thousand_dossiers(part: int) -> None:
    engines = InTurn()
    for number in range(part * DOCKETS, (part + 1) * DOCKETS):
        demand_equal(LAW, draw_docket(SEED, number, DOSSIERS), engines.of(number))


@pytest.mark.parametrize("law", [LAW_WITH_MARKS, STRICT_LAW], ids=("marks", "strict"))
def test_engines_are_equal_in_what_open_questions_change(law: Reference) -> None:
    engines = InTurn(law)
    for number in range(60):
        demand_equal(law, draw_docket("open", number, 100), engines.of(number))


def test_the_sizes_are_what_they_are_said_to_be() -> None:
    assert PARTS * DOCKETS * DOSSIERS >= 100_000
    assert PARTS * DOCKETS >= 300


def without_marks(rows: Rows) -> tuple[Rows, frozenset[tuple[str, str]]]:
    """The rows as they are without marks, and the facts that only another option brings into the scope of a measure."""
    brought = frozenset((each.fact_kind, each.fact) for each in rows if each.reason == OUT_OF_SCOPE)
    plain = tuple(each._replace(marks=(), questions=()) for each in rows if each.reason != OUT_OF_SCOPE)
    return plain, brought


def test_marks_change_nothing_else() -> None:
    for docket in draw_dockets("marks", 40, 50):
        for one, two in zip(LAW.decide(docket), LAW_WITH_MARKS.decide(docket), strict=True):
            plain, brought = without_marks(two)
            told = [
                each
                for each in one
                if each.reason != NO_MEASURE or (each.fact_kind, each.fact) not in brought
            ]
            assert told == list(plain)


@given(st.integers(0, 10**9))
@settings(max_examples=40)
def test_engines_are_equal_on_any_docket(number: int) -> None:
    docket = draw_docket("any", number, 3)
    for engine in others():
        for found in differences(LAW, engine, docket):
            pytest.fail(str(found), pytrace=False)
