"""A strict run holds back exactly what a usual run marks, and says the same of all else."""

from __future__ import annotations

from hypothesis import given

from duixian.rules.determination import Determination, Outcome
from tests.laws.by_trying import key_of
from tests.laws.real_city import engine, strict_engine
from tests.laws.runs import Run, examples, real_runs


def is_held_back(each: Determination) -> bool:
    return each.outcome is Outcome.UNDECIDED and each.reason.code == "choose.strict"


@given(real_runs())
@examples(120)
def test_an_award_is_held_back_just_when_it_is_marked(run: Run) -> None:
    usual = engine().determine(run.dossier, run.as_of)
    strict = strict_engine().determine(run.dossier, run.as_of)
    assert [(*key_of(each), each.marks) for each in usual] == [(*key_of(each), each.marks) for each in strict]
    for one, two in zip(usual, strict, strict=True):
        assert is_held_back(two) == bool(one.marks)
        if not one.marks:
            assert one == two


@given(real_runs())
@examples(60)
def test_what_is_held_back_has_no_amount(run: Run) -> None:
    for each in strict_engine().determine(run.dossier, run.as_of):
        if is_held_back(each):
            assert (each.amount_fen, each.share) == (None, None)
