"""Many parameter sets in one pass give what each would give alone: a kernel over the changed city, added up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from duixian.kernel import adding_up
from duixian.kernel.changes import Change, NothingToChange, Parameter, changed
from duixian.kernel.kernel import Kernel
from duixian.kernel.variations import ParameterSet, SumTooLarge, Variations
from duixian.kernel.widths import Unsuitable
from duixian.money import MAX_FEN
from duixian.rules.determination import Outcome
from duixian.rules.measure import FixedSum, Measure
from duixian.rules.policy import City
from tests.engines.dockets import draw_dockets
from tests.engines.fact_tables import fact_tables
from tests.evaluate.build import WAN, award, dossier, measure, row
from tests.kernel.demo import AS_OF, demo_tables, with_code
from tests.kernel.entangled import tied_awards, tied_city
from tests.kernel.test_batch import coded_city
from tests.kernel.test_table_words import town
from tests.kernel.told import Told, told_by, unmarked
from tests.laws.real_city import lianyungang, other_options

A = "连政办规〔2025〕6号"


def changes() -> dict[str, ParameterSet]:
    """A set for each parameter, some of several, some with an answer besides."""
    name, option = other_options(lianyungang())[0]
    cap = Change(A, "A09", Parameter.CEILING, 300 * WAN)
    rate = Change(A, "A09", Parameter.RATE, Fraction(15, 100))
    low = Change(A, "A09", Parameter.THRESHOLD, 50 * WAN, was=200 * WAN)
    sum_ = Change(A, "A03", Parameter.CEILING, 61 * WAN, row="A03c")
    count = Change(A, "A09", Parameter.LIMIT, 5)
    sets = (
        ParameterSet("最高", changes=(cap,)),
        ParameterSet("比例", changes=(rate,)),
        ParameterSet("门槛", changes=(low,)),
        ParameterSet("一行", changes=(sum_,)),
        ParameterSet("限额", changes=(count,)),
        ParameterSet("一起", changes=(cap, rate, low, sum_, count)),
        ParameterSet("口径", {name: option}),
        ParameterSet("口径与最高", {name: option}, (cap, sum_)),
        ParameterSet("照旧"),
    )
    return {each.name: each for each in sets}


def changed_city(where: City, some: Sequence[Change]) -> City:
    """The city with the changed measures in it."""
    policies = []
    for policy in where.policies:
        measures = list(policy.measures)
        for place, each in enumerate(measures):
            for change in some:
                if (change.document, change.measure) == (each.document, each.id):
                    measures[place] = changed(measures[place], change)
        policies.append(replace(policy, measures=tuple(measures)))
    return replace(where, policies=tuple(policies))


Totals = dict[str, int]
"""Sums of one measure by their names."""


def added_up(rows: Sequence[Told]) -> dict[tuple[str, str], Totals]:
    """The totals of determinations, measure by measure, as one would add them by hand."""
    found: dict[tuple[str, str], Totals] = {}
    paid: dict[tuple[str, str], set[str]] = {}
    for each in rows:
        key = (each.document, each.measure_id)
        into = found.setdefault(key, {})
        into[each.outcome] = into.get(each.outcome, 0) + 1
        if each.outcome != Outcome.PAYABLE:
            continue
        assert each.amount_fen is not None
        assert each.ceiling_fen is not None
        paid.setdefault(key, set()).add(each.enterprise)
        parts = {"ceiling_fen": each.ceiling_fen, "amount_fen": each.amount_fen}
        parts |= (
            {"open_fen": each.amount_fen}
            if each.city_fen is None
            else {"city_fen": each.city_fen, "county_fen": each.county_fen or 0}
        )
        for name, fen in parts.items():
            into[name] = into.get(name, 0) + fen
    for key, enterprises in paid.items():
        found[key]["enterprises"] = len(enterprises)
    return found


def of_set(table: Any, name: str) -> dict[tuple[str, str], Totals]:
    """The same of a set, from the table of a pass; what is zero is left out."""
    silent = ("set", "document", "measure_id", "measure", "entangled")
    rows = [row_ for row_ in table.to_pylist() if row_["set"] == name]
    told = {
        (row_["document"], row_["measure_id"]): {
            key: value for key, value in row_.items() if value and key not in silent
        }
        for row_ in rows
    }
    return {key: values for key, values in told.items() if values}


def alone(where: City, rulings: Mapping[str, str], tables: Any) -> dict[tuple[str, str], Totals]:
    found = Kernel(where, rulings).determine(tables, AS_OF, with_marks=False)
    assert found.entangled == ()
    kept = added_up([row_ for row_ in told_by(found) if row_.document])
    return {key: {name: value for name, value in values.items() if value} for key, values in kept.items()}


@pytest.fixture(scope="module")
def totals() -> Any:
    return Variations(lianyungang(), list(changes().values())).totals(demo_tables(), AS_OF)


@pytest.mark.parametrize("name", ["现行", *changes()])
def test_a_set_gives_what_a_kernel_over_the_changed_city_gives(totals: Any, name: str) -> None:
    each = changes().get(name, ParameterSet(name))
    where = changed_city(lianyungang(), each.changes)
    assert of_set(totals, name) == alone(where, each.rulings, demo_tables())


def test_every_set_but_the_unchanged_one_changes_something(totals: Any) -> None:
    first = of_set(totals, "现行")
    same = {name for name in changes() if of_set(totals, name) == first}
    assert same <= {"照旧", "口径", "限额"}
    assert "照旧" in same


@pytest.mark.parametrize("threads", [1, 5])
def test_threads_change_nothing(totals: Any, threads: int) -> None:
    again = Variations(lianyungang(), list(changes().values())).totals(demo_tables(), AS_OF, threads=threads)
    assert again.equals(totals)


def test_the_same_variations_may_be_asked_again_with_other_facts(totals: Any) -> None:
    variations = Variations(lianyungang(), list(changes().values()))
    tables = demo_tables()
    half = {kind: table[: len(table) // 2] for kind, table in tables.items()}
    variations.totals(half, AS_OF)
    assert variations.totals(tables, AS_OF).equals(totals)


def test_random_cities_under_every_answer_give_what_each_kernel_gives() -> None:
    for docket in draw_dockets("variations", 12, 15):
        options = other_options(docket.city)
        sets = [ParameterSet(f"{name}={option}", {name: option}) for name, option in options]
        tables = fact_tables(docket.city, docket.dossiers)
        found = Variations(docket.city, sets).totals(tables, docket.as_of)
        for each in (ParameterSet("现行"), *sets):
            batch = Kernel(docket.city, each.rulings).determine(tables, docket.as_of, with_marks=False)
            rows = [row_ for row_ in unmarked(told_by(batch)) if row_.document]
            wanted = {
                key: {name: value for name, value in values.items() if value}
                for key, values in added_up(rows).items()
            }
            assert of_set(found, each.name) == wanted
            of_them = [row_["entangled"] for row_ in found.to_pylist() if row_["set"] == each.name]
            assert set(of_them) <= {len(batch.entangled)}


# What cannot be


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        (ParameterSet("错", changes=(Change(A, "A09", Parameter.CEILING, 1, row="无"),)), NothingToChange),
        (ParameterSet("错", changes=(Change(A, "无", Parameter.CEILING, 1),)), KeyError),
        (ParameterSet("错", {"无此口径": "甲"}), KeyError),
        (ParameterSet("错", {other_options(lianyungang())[0][0]: "无此选项"}), KeyError),
        (ParameterSet("错", changes=(Change(A, "A09", Parameter.RATE, Fraction(6)),)), Unsuitable),
    ],
)
def test_a_set_that_cannot_be_is_refused_before_any_fact_is_read(
    wrong: ParameterSet, error: type[Exception]
) -> None:
    with pytest.raises(error):
        Variations(lianyungang(), [wrong])


def rich(measure_: Measure, fen: int) -> Measure:
    return replace(measure_, rows=(replace(measure_.rows[0], amount=FixedSum(fen)),))


def test_sums_that_might_leave_their_word_are_refused() -> None:
    where = town(rich(measure("08", (row("a", 1, 称号="小巨人"),)), MAX_FEN))

    def tables(count: int) -> Any:
        return fact_tables(
            where, [with_code(dossier(award("F", "小巨人")), f"{number:03}") for number in range(count)]
        )

    variations = Variations(where, [])
    few = variations.totals(tables(20), AS_OF).to_pylist()[0]
    assert (few["amount_fen"], few["enterprises"]) == (20 * MAX_FEN, 20)
    with pytest.raises(SumTooLarge):
        variations.totals(tables(25), AS_OF)


def test_entangled_enterprises_are_counted_in_every_set_that_leaves_them_open() -> None:
    where = coded_city(tied_city())
    rules = where.measures[0]
    unlimited = Change(rules.document, rules.id, Parameter.LIMIT, 1_000)
    of_another = measure("09", (row("b", 5, 称号="技术中心"),))
    where = replace(where, policies=(replace(where.policies[0], measures=(rules, of_another)),))
    other = Change(rules.document, "09", Parameter.CEILING, 6 * WAN)
    sets = [ParameterSet("放宽", changes=(unlimited,)), ParameterSet("别处", changes=(other,))]
    many = [with_code(dossier(*tied_awards()), code) for code in "AB"]
    few = [with_code(dossier(*tied_awards(3)), "C")]
    found = Variations(where, sets).totals(fact_tables(where, [*many, *few]), AS_OF).to_pylist()
    told = {row_["set"]: row_ for row_ in found if row_["measure_id"] == "08"}
    assert {name: row_["entangled"] for name, row_ in told.items()} == {"现行": 2, "放宽": 2, "别处": 2}
    assert {name: row_["amount_fen"] for name, row_ in told.items()} == {
        "现行": 40 * WAN,
        "放宽": 60 * WAN,
        "别处": 40 * WAN,
    }
    assert told["别处"][Outcome.UNDECIDED] == len(many[0].facts) * 2


def test_totals_are_laid_out_as_they_are_read() -> None:
    names = [name for name in dir(adding_up) if name.startswith("V_")]
    assert sorted(getattr(adding_up, name) for name in names) == list(range(adding_up.TOTALS))
    assert len(Outcome) - 1 == adding_up.V_UNKNOWN
