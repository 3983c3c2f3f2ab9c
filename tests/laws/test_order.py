"""Neither the order of facts nor a fact that no rule is about changes anything."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from duixian.evaluate.engine import Engine
from duixian.rules.determination import Outcome
from duixian.rules.fact import Dossier, Fact
from duixian.rules.policy import City
from duixian.rules.vocabulary import FactKind, Field, FieldType
from tests.laws.dossiers import CODE
from tests.laws.real_city import engine, lianyungang
from tests.laws.runs import DAYS, Run, examples, real_runs, town_runs
from tests.laws.words import nodes

METER = FactKind(
    "用电记录", {"编号": Field("编号", FieldType.IDENTIFIER), "日期": Field("日期", FieldType.DATE)}, "日期"
)


def with_facts(dossier: Dossier, facts: tuple[Fact, ...]) -> Dossier:
    return Dossier(dossier.code, dossier.name, dossier.subject, facts)


@st.composite
def shuffled(draw: st.DrawFn, runs: st.SearchStrategy[Run]) -> tuple[Run, Dossier]:
    run = draw(runs)
    return run, with_facts(run.dossier, tuple(draw(st.permutations(run.dossier.facts))))


@given(shuffled(real_runs()))
@examples(100)
def test_the_order_of_facts_changes_nothing(case: tuple[Run, Dossier]) -> None:
    run, other = case
    assert run.determine(with_marks=True) == run.determine(other, with_marks=True)


@given(shuffled(town_runs()))
@examples(50)
def test_nor_does_it_in_any_small_city(case: tuple[Run, Dossier]) -> None:
    run, other = case
    assert run.determine(with_marks=True) == run.determine(other, with_marks=True)


def with_meters(city: City) -> City:
    """The city with one more kind of fact, of which no rule speaks."""
    kinds = {**city.vocabulary.kinds, METER.name: METER}
    return replace(city, vocabulary=replace(city.vocabulary, kinds=kinds))


METERED = Engine(with_meters(lianyungang()))


@given(real_runs())
@examples(60)
def test_a_fact_of_a_kind_that_no_rule_names_changes_nothing(run: Run) -> None:
    reading = Fact(METER.name, "F00", CODE, {"编号": "F00", "日期": DAYS[-1]})
    more = with_facts(run.dossier, (reading, *run.dossier.facts))
    assert METERED.determine(more, run.as_of) == engine().determine(run.dossier, run.as_of)


def titles_that_no_rule_names() -> list[str]:
    named = {
        each
        for each in nodes([policy.measures for policy in lianyungang().policies])
        if isinstance(each, str)
    }
    return sorted(lianyungang().vocabulary.titles.keys() - named)


@given(real_runs(), st.sampled_from(titles_that_no_rule_names()))
@examples(60)
def test_a_title_that_no_rule_names_is_told_and_changes_nothing_else(run: Run, title: str) -> None:
    stranger = Fact("认定", "X", CODE, {"编号": "X", "称号": title, "对象": "甲", "日期": DAYS[-1]})
    found = run.determine(with_facts(run.dossier, (stranger, *run.dossier.facts)), with_marks=True)
    told = [each for each in found if each.fact == "X"]
    assert [(each.measure_id, each.outcome) for each in told] == [("", Outcome.INELIGIBLE)]
    assert [each for each in found if each.fact != "X"] == list(run.determine(with_marks=True))
