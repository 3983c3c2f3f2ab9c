"""Trying other answers: what an option changes, takes away or brings in is noted, and nothing else."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from duixian.kernel.dossier_words import DossierWords
from duixian.kernel.kernel import Kernel
from duixian.kernel.program import Program
from duixian.kernel.questions import add_trials
from duixian.kernel.runner import Facts, decide
from duixian.kernel.trying import N_AMOUNT, N_ENTERPRISE, N_OUTCOME, N_RESULT, N_SET
from duixian.kernel.values import day_word
from duixian.rules.decided import Choice
from duixian.rules.determination import Mark, Outcome
from duixian.rules.expression import All, DecidedAs, Not, Type
from duixian.rules.fact import Dossier, Fact
from duixian.rules.measure import Limit
from duixian.rules.policy import City, Remainder, ShareRule
from tests.evaluate.build import (
    WAN,
    award,
    city,
    determine,
    dossier,
    equals,
    measure,
    policy,
    project,
    question,
    rate_row,
    row,
)
from tests.kernel.demo import AS_OF, demo_dossiers, with_code
from tests.kernel.told import told
from tests.laws.real_city import lianyungang

OPEN = question("问", ("甲", "乙"), "甲")
GIANT = award("F", "小巨人", 级别="国家级")


def town(**more: Any) -> City:
    return city(policy(measure("08", (row("a", 20, 称号="小巨人"),), **more)), questions=(OPEN,))


def marks(where: City, *facts: Fact, **subject: Any) -> list[tuple[Mark, ...]]:
    """The marks of every award, which are also those of the reference."""
    found = Kernel(where).determine_dossiers([dossier(*facts, **subject)], AS_OF)[0]
    law = determine(where, *facts, as_of=AS_OF.isoformat(), **subject)
    assert [told(each) for each in found] == [told(each) for each in law.values()]
    return [each.marks for each in found]


def mark(outcome: Outcome, amount: int | None, city_fen: int | None = None) -> Mark:
    return Mark("问", "乙", outcome, amount, city_fen)


def test_an_option_that_takes_an_award_away_is_noted() -> None:
    where = town(condition=DecidedAs("问", "甲"))
    assert marks(where, GIANT) == [(mark(Outcome.INELIGIBLE, 0),)]


def test_an_option_that_gives_one_is_noted() -> None:
    where = town(condition=DecidedAs("问", "乙"))
    assert marks(where, GIANT) == [(mark(Outcome.PAYABLE, 20 * WAN),)]


def test_an_option_that_no_longer_speaks_of_a_fact_takes_its_award_away() -> None:
    where = town(scope=DecidedAs("问", "甲"))
    assert marks(where, GIANT) == [(mark(Outcome.INELIGIBLE, 0),)]


def test_an_award_that_only_an_option_knows_of_is_told_as_out_of_scope() -> None:
    where = town(scope=DecidedAs("问", "乙"))
    assert marks(where, GIANT) == [(mark(Outcome.PAYABLE, 20 * WAN),)]
    found = Kernel(where).determine_dossiers([dossier(GIANT)], AS_OF)[0]
    assert [each.reason.code for each in found] == ["match.out-of-scope"]


def test_an_option_that_brings_in_what_it_refuses_brings_nothing() -> None:
    where = town(scope=DecidedAs("问", "乙"), condition=equals("级别", "省级", Type.LEVEL))
    assert marks(where, GIANT) == [()]


def test_an_option_that_changes_the_shares_alone_is_noted() -> None:
    remainder = Choice("问", {"甲": Remainder.COUNTY, "乙": Remainder.CITY})
    thirds = ShareRule("附则", frozenset(), frozenset(), (1, 2), "1:2", remainder)
    rules = policy(measure("08", (row("a", 20, 称号="小巨人"),)), shares=(thirds,))
    where = city(rules, questions=(OPEN,))
    assert marks(where, GIANT, 所属地区="东海县") == [(mark(Outcome.PAYABLE, 20 * WAN, 6_666_667),)]


def test_an_option_that_changes_nothing_for_this_dossier_is_not_noted() -> None:
    where = town(condition=Not(All((DecidedAs("问", "乙"), equals("级别", "省级", Type.LEVEL)))))
    assert marks(where, GIANT) == [()]


def test_an_option_about_one_award_may_touch_another() -> None:
    per = Choice("问", {"甲": ("企业",), "乙": ("企业", "编号")})
    where = town(limits=(Limit(per, max_count=1),))
    assert marks(where, GIANT, award("G", "小巨人", "2026-04-01")) == [(), (mark(Outcome.PAYABLE, 20 * WAN),)]


def test_the_notes_of_many_find_room() -> None:
    """Each award is touched by every option, more often than room is made for at first."""
    options = tuple(f"第{number}" for number in range(40))
    asked = question("问", options, "第0")
    per: Choice[tuple[str, ...]] = Choice(
        "问", {name: ("企业", "编号") if place % 2 else ("企业",) for place, name in enumerate(options)}
    )
    limited = measure("09", (rate_row("b", 10, None),), kind="投资项目", limits=(Limit(per, max_count=1),))
    where = city(policy(limited), questions=(asked,))
    facts = [project(f"P{place}", 100 + place) for place in range(12)]
    assert sum(map(len, marks(where, *facts))) == 11 * 20


def decided(where: City, dossiers: list[Dossier], threads: int) -> tuple[Program, Any]:
    program = Program(where)
    program.add_set(where.decisions)
    trials = add_trials(program, {})
    encoded = [DossierWords(program.book).encode(each) for each in dossiers]
    given = Facts(
        np.concatenate([each[0] for each in encoded]),
        np.cumsum([0, *(len(each[0]) for each in encoded)]),
        np.stack([each[1] for each in encoded]),
    )
    return program, decide(program.image, 0, given, day_word(AS_OF), threads=threads, trials=trials)


@pytest.mark.parametrize("threads", [1, 4])
def test_notes_go_by_enterprise_whatever_thread_wrote_them(threads: int) -> None:
    where = town(condition=DecidedAs("问", "甲"))
    dossiers = [with_code(dossier(GIANT), f"{number:05}") for number in range(200)]
    _, found = decided(where, dossiers, threads)
    assert list(found.notes[:, N_ENTERPRISE]) == list(range(200))
    assert set(found.notes[:, N_SET]) == {1}
    assert set(found.notes[:, N_AMOUNT]) == {0}
    assert [int(found.spans[place, 0]) for place in range(200)] == list(found.notes[:, N_RESULT])
    assert len(set(found.notes[:, N_OUTCOME])) == 1


def test_marks_of_the_demo_city_are_what_the_kernel_gives_under_each_option() -> None:
    """Every mark by another way: the whole city decided again under that option."""
    plain = Kernel(lianyungang()).determine_dossiers(demo_dossiers(), AS_OF)
    marked = {(each.key, mark[:2]): mark for rows in plain for each in rows for mark in each.marks}
    some = sorted({option for _, option in marked})[:6]
    assert len(some) == 6
    for name, option in some:
        under = Kernel(lianyungang(), {name: option}).determine_dossiers(
            demo_dossiers(), AS_OF, with_marks=False
        )
        there = {each.key: each for rows in under for each in rows}
        for (key, asked), mark_ in marked.items():
            if asked != (name, option):
                continue
            found = there.get(key)
            share = found.share if found else None
            expected = (found.outcome, found.amount_fen, share.city_fen if share else None) if found else None
            assert mark_[2:] == (expected or (Outcome.INELIGIBLE, 0, None))
