"""More eligible investment never lowers an entitlement, nor what the dossier gets in all."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from duixian.rules.determination import Determination, Outcome
from duixian.rules.fact import Dossier, Fact
from duixian.rules.vocabulary import FieldType
from tests.laws.by_trying import key_of
from tests.laws.dossiers import with_fact
from tests.laws.real_city import lianyungang
from tests.laws.runs import Run, examples, real_runs, town_runs

MORE = (1, 100, 1_000_000_00, 30_000_000_00)
OPEN = (Outcome.UNKNOWN, Outcome.UNDECIDED)


def sums_of(run: Run, fact: Fact) -> list[str]:
    """The fields of a fact that hold invested money; what was paid or came from above is no investment."""
    kinds, triggers = run.engine.city.vocabulary.kinds, {each.kind for each in run.engine.city.measures}
    fields = kinds[fact.kind].fields
    return [name for name in fact.values if fields[name].type is FieldType.MONEY and fact.kind in triggers]


@st.composite
def raised(draw: st.DrawFn, runs: st.SearchStrategy[Run]) -> tuple[Run, Dossier]:
    """A run, and its dossier with one sum raised."""
    run = draw(runs)
    places = [(place, name) for place, each in enumerate(run.dossier.facts) for name in sums_of(run, each)]
    if not places:
        return run, run.dossier
    place, name = draw(st.sampled_from(places))
    values = dict(run.dossier.facts[place].values)
    fen = values[name]
    assert isinstance(fen, int)
    return run, with_fact(run.dossier, place, {**values, name: fen + draw(st.sampled_from(MORE))})


def total(found: tuple[Determination, ...]) -> int:
    return sum(each.amount_fen or 0 for each in found)


def check_nothing_falls(run: Run, richer: Dossier) -> None:
    before, after = run.determine(), run.determine(richer)
    ceilings = {key_of(each): each.ceiling_fen for each in after}
    for each in before:
        if each.ceiling_fen:
            assert (ceilings[key_of(each)] or 0) >= each.ceiling_fen, each
    # A sum that crosses a threshold may bring in an award that waits for facts, and others then wait with it.
    if sum(each.outcome in OPEN for each in after) <= sum(each.outcome in OPEN for each in before):
        assert total(after) >= total(before)


INVESTED = [each for each in lianyungang().measures if each.kind in ("投资项目", "攻关项目", "产品交付")]


@given(raised(real_runs(about=INVESTED)))
@examples(250)
def test_more_money_in_a_fact_lowers_nothing(case: tuple[Run, Dossier]) -> None:
    check_nothing_falls(*case)


@given(raised(town_runs()))
@examples(60)
def test_nor_does_it_in_any_small_city(case: tuple[Run, Dossier]) -> None:
    check_nothing_falls(*case)
