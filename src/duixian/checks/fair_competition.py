"""Words that a fair-competition review would stop at (公平竞争审查提示).

Why: a policy measure must pass the review of 公平竞争审查条例 (国务院令第783号, in force since 2024-08-01) before it is issued. It may
not favour local goods or enterprises (第九条), nor tie rewards to tax or to what somebody contributes locally (第十条). This
only points at words; whether they offend is for the reviewer.

Example: 对采购本地产品的企业, 按地方税收贡献给予奖励.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from duixian.checks.clause_text import read_clause_text
from duixian.checks.finding import finding
from duixian.checks.walk import expressions_of
from duixian.errors import Problem
from duixian.rules.clause import Clause, ClauseKind
from duixian.rules.measure import Measure
from duixian.rules.policy import City


@dataclass(frozen=True, slots=True)
class Doubt:
    """Words that raise one doubt (疑点), and the article of the 条例 behind it."""

    article: str
    words: tuple[str, ...]


DOUBTS: tuple[Doubt, ...] = (
    Doubt("第八条", tuple("指定经营者 指定供应商 定点供应 预选供应商".split())),
    Doubt(
        "第九条",
        tuple(
            "本地采购 本地产品 本市产品 本地企业 本市企业 本地供应链 注册在本市 在本市注册 本地注册 "
            "在我市落地 在我市投资 迁入本市 设立分支机构 外地企业".split()
        ),
    ),
    Doubt(
        "第十条",
        tuple("税收贡献 地方贡献 经济贡献 财政贡献 税收返还 留成 税收奖励 纳税额 特定企业 一事一议".split()),
    ),
)
LOCAL_FIELDS = ("注册地", "纳税地")
"""Fields of the enterprise by which a condition would prefer the locally registered or taxed (第九条)."""
READ = frozenset(
    {ClauseKind.AWARD, ClauseKind.SUBSIDY, ClauseKind.SELECTION, ClauseKind.TASK, ClauseKind.PROCEDURE}
)
"""Kinds of clauses that grant, demand or arrange something."""


def check_fair_competition(city: City) -> list[Problem]:
    """Doubtful words in the text of granting clauses, and conditions on where an enterprise is registered or taxed."""
    problems: list[Problem] = []
    for policy in city.policies:
        for clause in policy.clauses:
            if READ & frozenset(clause.kinds):
                problems += _in_text(clause)
        for measure in policy.measures:
            problems += _in_rules(measure)
    return problems


def _in_text(clause: Clause) -> Iterator[Problem]:
    text = read_clause_text(clause.text)
    for doubt in DOUBTS:
        for word in doubt.words:
            for start, end in text.span_of(word):
                place = clause.place_of(start, end)
                yield finding("checks.competition-doubt", place, word, doubt.article, clause=clause.id)


def _in_rules(measure: Measure) -> Iterator[Problem]:
    for expression in expressions_of(measure):
        for field in LOCAL_FIELDS:
            if field in expression.text:
                yield finding(
                    "checks.competition-doubt", expression.place, field, "第九条", clause=measure.clause
                )
