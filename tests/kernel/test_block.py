"""The short way and the long way tell the same: what was foreseen changes only how long it takes."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from duixian.kernel import words as w
from duixian.kernel.kernel import Kernel
from duixian.kernel.program import Program
from duixian.kernel.runner import Facts, decide
from duixian.kernel.table_words import TableWords
from duixian.kernel.values import day_word
from tests.engines.dockets import draw_dockets
from tests.engines.fact_tables import fact_tables
from tests.kernel.demo import AS_OF, demo_tables
from tests.laws.real_city import lianyungang


def results(image: Any, given: Facts, as_of: int, *, is_foreseen: bool) -> list[list[list[int]]]:
    """The results of each enterprise, under the image as it is or with nothing foreseen."""
    changed = np.array(image)
    changed[w.H_IS_FORESEEN] = changed[w.H_IS_FORESEEN] if is_foreseen else 0
    decided = decide(changed, 0, given, as_of, threads=1)
    rows = decided.out.copy()
    return [rows[first:end].tolist() for first, end in decided.spans.tolist()]


def given_of(program: Program, tables: Any) -> Facts:
    gathered = TableWords(program.book, 1).gather(tables)
    return Facts(gathered.facts, gathered.starts, gathered.subjects)


def test_the_demo_city_is_decided_alike_by_both_ways() -> None:
    program = Kernel(lianyungang()).program
    given = given_of(program, demo_tables())
    short, long = (results(program.image, given, day_word(AS_OF), is_foreseen=each) for each in (True, False))
    assert short == long
    assert program.image[w.H_IS_FORESEEN] == 1


@pytest.mark.parametrize("seed", ["short", "long", "both"])
def test_random_cities_are_decided_alike_by_both_ways(seed: str) -> None:
    for docket in draw_dockets(seed, 25, 60):
        program = Kernel(docket.city, docket.rulings).program
        given = given_of(program, fact_tables(docket.city, docket.dossiers))
        day = day_word(docket.as_of)
        assert results(program.image, given, day, is_foreseen=True) == results(
            program.image, given, day, is_foreseen=False
        )


def test_an_enterprise_that_is_too_large_for_a_block_is_decided_among_others() -> None:
    docket = next(
        each
        for each in draw_dockets("crowd", 40, 30)
        if Kernel(each.city).program.image[w.H_IS_FORESEEN] and len(each.dossiers[0].facts) > 1
    )
    first, *others = docket.dossiers
    crowd = tuple(
        type(each)(
            each.kind,
            f"{each.id}-{number}",
            each.enterprise,
            dict(each.values) | {"编号": f"{each.id}-{number}"},
        )
        for number in range(600)
        for each in first.facts
    )
    tables = fact_tables(docket.city, [type(first)(first.code, first.name, first.subject, crowd), *others])
    program = Kernel(docket.city).program
    given, day = given_of(program, tables), day_word(docket.as_of)
    assert results(program.image, given, day, is_foreseen=True) == results(
        program.image, given, day, is_foreseen=False
    )
