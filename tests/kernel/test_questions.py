"""Open questions as sets: one for every other option that changes a measure, and for no other."""

from __future__ import annotations

from dataclasses import replace

from duixian.kernel.program import Program
from duixian.kernel.questions import Option, Trials, add_trials, open_options
from duixian.rules.decided import Choice
from duixian.rules.expression import All, DecidedAs
from duixian.rules.interpretation import Effect
from duixian.rules.measure import Limit
from duixian.rules.policy import City
from tests.evaluate.build import at_least, city, measure, policy, question, rate_row, row
from tests.laws.real_city import lianyungang, other_options


def town() -> City:
    bar = All((DecidedAs("门槛", "有"), at_least("有效投入额", 200)))
    rules = policy(
        measure("08", (row("a", 20, 称号="小巨人"),)),
        measure("09", (rate_row("b", 10, None),), kind="投资项目", condition=bar),
        measure("10", (rate_row("c", 10, None),), kind="投资项目", limits=(limit(),)),
    )
    questions = (
        question("门槛", ("有", "无"), "有"),
        question("每", ("企业", "年度", "项目"), "年度"),
        question("已定", ("甲", "乙"), "甲", ruling="乙"),
        question("无关", ("甲", "乙"), "甲"),
        replace(question("程序", ("甲", "乙"), "甲"), effect=Effect.PROCEDURE),
    )
    return city(rules, questions=questions)


def limit() -> Limit:
    per = {"企业": ("企业",), "年度": ("企业", "年度"), "项目": ("企业", "项目名称")}
    return Limit(Choice("每", per), max_count=1)


def trials(where: City, **rulings: str) -> tuple[Program, Trials]:
    program = Program(where)
    program.add_set(where.decisions | rulings)
    return program, add_trials(program, rulings)


def touched(found: Trials) -> list[list[int]]:
    """The measures of each set from 1 on."""
    return [
        list(found.touched[found.starts[place] : found.starts[place + 1]])
        for place in range(1, len(found.options) + 1)
    ]


def test_every_other_option_of_an_open_question_is_one() -> None:
    assert open_options(town(), {}) == [("门槛", "无"), ("每", "企业"), ("每", "项目"), ("无关", "乙")]
    assert open_options(town(), {"每": "企业"}) == [("门槛", "无"), ("无关", "乙")]
    assert [tuple(each) for each in open_options(lianyungang(), {})] == other_options(lianyungang())


def test_only_options_that_change_a_measure_are_tried() -> None:
    program, found = trials(town())
    assert found.options == (Option("门槛", "无"), Option("每", "企业"), Option("每", "项目"))
    assert touched(found) == [[1], [2], [2]]
    assert len(program.sets) == 4


def test_a_question_that_was_ruled_upon_is_not_tried() -> None:
    _, found = trials(town(), 门槛="无", 每="企业")
    assert found.options == ()
    assert touched(found) == []


def test_sets_share_the_measures_on_which_they_agree() -> None:
    program, _ = trials(town())
    first = program.sets[0]
    for variants in program.sets[1:]:
        assert [one is two for one, two in zip(first, variants, strict=True)].count(False) == 1


def test_every_option_of_the_real_city_that_is_tried_touches_something() -> None:
    _, found = trials(lianyungang())
    assert len(found.options) > 20
    assert all(touched(found))
