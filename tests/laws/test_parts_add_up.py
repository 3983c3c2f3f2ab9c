"""City and county bear together exactly what is given: no fen is lost, none is paid twice, none is negative."""

from __future__ import annotations

from hypothesis import given

from duixian.rules.determination import Determination, Outcome
from tests.laws.runs import Run, examples, real_runs, town_runs


def check_parts(each: Determination) -> None:
    if each.outcome is not Outcome.PAYABLE:
        assert each.share is None
        return
    assert each.share is not None
    assert each.amount_fen is not None
    city, county = each.share.city_fen, each.share.county_fen
    if city is None or county is None:
        assert city is county is None, "one part is known and the other is not"
    else:
        assert city + county == each.amount_fen
        assert min(city, county) >= 0


@given(real_runs())
@examples(120)
def test_the_parts_of_every_award_add_up(run: Run) -> None:
    for each in run.determine():
        check_parts(each)


@given(town_runs())
@examples(60)
def test_the_parts_add_up_in_any_small_city(run: Run) -> None:
    for each in run.determine():
        check_parts(each)


@given(real_runs())
@examples(60)
def test_no_award_passes_its_ceiling(run: Run) -> None:
    for each in run.determine():
        if each.outcome is Outcome.PAYABLE:
            assert each.ceiling_fen is not None
            assert each.amount_fen is not None
            assert 0 < each.amount_fen <= each.ceiling_fen
