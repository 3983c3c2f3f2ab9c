"""A difference is told so that a person sees it, and shrunk until nothing more can be left out."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from duixian.rules.expression import TRUE
from tests.engines.codec import encode
from tests.engines.decides import DecidesAll, Docket, Rows, Told
from tests.engines.difference import Difference, differences
from tests.engines.dockets import draw_dockets
from tests.engines.engines import LAW
from tests.engines.erring import ERRING, Erring
from tests.engines.golden_case import case_of, read_case, write_case
from tests.engines.soundness import faults

BY_NAME = {engine.name: engine for engine in ERRING}
SOME = ("half a fen is rounded up", "an unknown 有 is no", "ladders forget what was paid", "awards apart")


def first_difference(engine: DecidesAll) -> Difference:
    for docket in draw_dockets("shrink", 200, 60):
        found = differences(LAW, engine, docket)
        if found:
            return found[0]
    raise AssertionError(f"{engine.name} is right")


@pytest.mark.parametrize("name", SOME)
def test_what_is_left_still_differs_and_could_have_been_read(name: str) -> None:
    engine = BY_NAME[name]
    found = first_difference(engine)
    case = case_of(found, LAW, engine)
    (still,) = differences(LAW, engine, case.docket)
    assert still.differing & found.differing
    assert not list(faults(case.docket.city))
    assert len(json.dumps(encode(case.docket))) < len(json.dumps(encode(found.docket)))


def test_nothing_is_left_but_what_is_needed() -> None:
    engine = BY_NAME["half a fen is rounded up"]
    docket = case_of(first_difference(engine), LAW, engine).docket
    (policy,), (dossier,) = docket.city.policies, docket.dossiers
    assert [measure.condition for measure in policy.measures] == [TRUE]
    assert len(dossier.facts) == 1
    assert not policy.shares
    assert not docket.city.interpretations
    assert not docket.city.vocabulary.titles


def test_a_case_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    engine = BY_NAME["an unknown 有 is no"]
    case = case_of(first_difference(engine), LAW, engine)
    path = write_case(case, tmp_path)
    assert read_case(path) == case
    assert path == write_case(case, tmp_path)
    assert path.read_text("utf-8") == case.text()


def test_a_report_names_the_dossier_the_award_and_both_answers() -> None:
    engine = Erring("one fen short", after=lambda rows: tuple(_shorter(row) for row in rows))
    found = first_difference(engine)
    text = str(found)
    assert "reference and one fen short differ in amount_fen" in text
    assert found.docket.dossiers[0].code in text
    assert "amount_fen: reference " in text
    assert " | one fen short " in text


def test_an_award_that_one_engine_does_not_tell_of_is_a_difference_of_rows() -> None:
    engine = Erring("forgetful", after=lambda rows: rows[1:])
    found = first_difference(engine)
    assert "rows" in found.differing
    assert "forgetful does not tell of it" in str(found)


@dataclass(frozen=True, slots=True)
class Forgetful:
    """Decides the first dossier of a docket, and takes all others for empty."""

    name: str = "forgetful"
    tells: frozenset[str] = LAW.tells

    def decide(self, docket: Docket) -> Sequence[Rows]:
        first, *others = LAW.decide(docket)
        return [first, *(() for _ in others)]


def test_what_goes_wrong_only_among_others_is_shrunk_among_others() -> None:
    found = first_difference(Forgetful())
    case = case_of(found, LAW, Forgetful())
    assert len(case.docket.dossiers) == 2
    assert [len(dossier.facts) for dossier in case.docket.dossiers] == [0, 1]


def _shorter(row: Told) -> Told:
    return row._replace(amount_fen=row.amount_fen - 1) if row.amount_fen else row
