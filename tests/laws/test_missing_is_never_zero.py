"""An unknown never counts as zero or false: what is not recorded opens no award, and raises none.

One field gives by its absence: a round that nobody stated (轮次) is read from the dossier's history, as an award unless an
earlier recognition makes it a renewal. And an award whose object is not recorded (对象, 项目名称, 名称) is a matter of its own:
it cannot be beaten by another award for the same object.
"""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from duixian.rules.determination import Determination, Outcome
from duixian.rules.fact import Dossier, Fact
from duixian.rules.house_words import PAYMENT
from duixian.rules.vocabulary import FieldType
from tests.laws.by_trying import key_of
from tests.laws.dossiers import without
from tests.laws.runs import Run, examples, real_runs

SETTLED_NO = (Outcome.INELIGIBLE, Outcome.NOT_IN_FORCE)
COMPETES = (Outcome.PAYABLE, Outcome.NOT_HIGHEST, Outcome.OVER_LIMIT)
NO_KEY = "choose.key-unknown"
Removal = tuple[int, str]


def is_later(run: Run, fact: Fact) -> bool:
    day = fact.values.get(run.engine.city.vocabulary.kinds[fact.kind].date_field)
    return isinstance(day, date) and day > run.as_of


def removable(run: Run, *, objects: bool) -> list[Removal]:
    """Fields that a table may leave empty, by the fact's place; payments are whole or refused.

    A fact of a later day is left alone: without its date nobody could tell that it is not known yet.
    """
    kinds = run.engine.city.vocabulary.kinds
    return [
        (place, name)
        for place, fact in enumerate(run.dossier.facts)
        for name in fact.values
        if fact.kind != PAYMENT
        and not is_later(run, fact)
        and not kinds[fact.kind].fields[name].is_required
        and kinds[fact.kind].fields[name].type is not FieldType.ROUND
        and (objects or name != kinds[fact.kind].object_field)
    ]


@st.composite
def hidden(draw: st.DrawFn, *, objects: bool) -> tuple[Run, Dossier, str]:
    """A run, its dossier without one field, and the fact that lost it."""
    run = draw(real_runs())
    places = removable(run, objects=objects)
    if not places:
        return run, run.dossier, ""
    place, name = draw(st.sampled_from(places))
    return run, without(run.dossier, place, name), run.dossier.facts[place].id


def competes(each: Determination | None) -> bool:
    """Whether an award came to the choice; one that waits only for its group did."""
    return each is not None and (each.outcome in COMPETES or each.reason.code == NO_KEY)


@given(hidden(objects=True))
@examples(300)
def test_what_is_not_recorded_opens_no_award_and_raises_no_ceiling(case: tuple[Run, Dossier, str]) -> None:
    run, poorer, _ = case
    whole = {key_of(each): each for each in run.determine()}
    for each in run.determine(poorer):
        if competes(each) and each.measure_id:
            before = whole.get(key_of(each))
            assert before is not None
            assert competes(before)
            assert (each.row, each.ceiling_fen) == (before.row, before.ceiling_fen)


@given(hidden(objects=False))
@examples(200)
def test_a_fact_that_hides_a_field_is_never_paid_more(case: tuple[Run, Dossier, str]) -> None:
    run, poorer, fact = case
    whole = {key_of(each): each.amount_fen for each in run.determine()}
    for each in run.determine(poorer):
        if each.fact == fact and each.outcome is Outcome.PAYABLE and whole[key_of(each)] is not None:
            assert (each.amount_fen or 0) <= (whole[key_of(each)] or 0)


@given(real_runs(), st.data())
@examples(100)
def test_an_enterprise_that_hides_a_field_is_never_paid_more(run: Run, data: st.DataObject) -> None:
    dossier = run.dossier
    name = data.draw(st.sampled_from(sorted(dossier.subject) or [""]))
    subject = {each: value for each, value in dossier.subject.items() if each != name}
    poorer = run.determine(Dossier(dossier.code, dossier.name, subject, dossier.facts))
    whole = {key_of(each): each for each in run.determine()}
    for each in poorer:
        if competes(each) and each.measure_id:
            assert competes(whole.get(key_of(each)))
