"""No set of determinations breaks a limit or pays a matter twice, by the letter of the rules and after every payment."""

from __future__ import annotations

from hypothesis import given

from tests.laws.every_set import best_amounts, rivals_in
from tests.laws.real_city import lianyungang
from tests.laws.runs import Run, examples, real_runs, town_runs

MOST_RIVALS = 8


@given(real_runs())
@examples(250)
def test_the_two_documents_are_kept_to_the_letter(run: Run) -> None:
    assert run.books().breaches() == []


LIMITED = [each for each in lianyungang().measures if each.limits]


@given(real_runs(about=LIMITED, most_measures=1, are_payments_whole=True))
@examples(600)
def test_every_limit_is_kept_to_the_letter(run: Run) -> None:
    assert run.books().breaches() == []


@given(town_runs())
@examples(180)
def test_any_rules_are_kept_to_the_letter(run: Run) -> None:
    assert run.books().breaches() == []


def check_nothing_better(run: Run) -> None:
    books = run.books()
    rivals = rivals_in(books)
    if len(rivals) <= MOST_RIVALS:
        assert [each.fen for each in rivals] == best_amounts(books)


@given(real_runs(are_payments_whole=True))
@examples(180)
def test_no_other_set_gives_more_under_the_two_documents(run: Run) -> None:
    check_nothing_better(run)


@given(town_runs(are_payments_whole=True))
@examples(180)
def test_no_other_set_gives_more_under_any_rules(run: Run) -> None:
    check_nothing_better(run)
