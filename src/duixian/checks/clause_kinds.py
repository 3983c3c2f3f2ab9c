"""Kinds of clauses against their rules (条款类型): what a clause is said to be, its blocks must bear out, and the reverse.

Why: 类型 decides how a clause is shown and counted. An award clause without an award is a clause that nobody finished; an
award under a clause that is called a principle would be overlooked.

Example: 类型: [原则], and a 事项 beneath.
"""

from __future__ import annotations

from collections.abc import Iterator

from duixian.checks.finding import finding
from duixian.errors import Problem
from duixian.rules.clause import Clause, ClauseKind
from duixian.rules.policy import City, Policy

AWARDING = frozenset({ClauseKind.AWARD, ClauseKind.SUBSIDY, ClauseKind.SELECTION})
RULES_OF_KIND: tuple[tuple[frozenset[ClauseKind], str], ...] = (
    (AWARDING, "事项"),
    (frozenset({ClauseKind.TARGET}), "目标"),
    (frozenset({ClauseKind.CUMULATION}), "就高"),
    (frozenset({ClauseKind.EXCLUSION}), "排除"),
    (frozenset({ClauseKind.VALIDITY}), "有效期"),
    (frozenset({ClauseKind.DEFINITION}), "定义"),
)
"""Kinds that need a rule of their own. A task, a principle, a fiscal clause may be words alone; the taxonomy is announced
in one clause (“1+3+4”) and given in others."""
KIND_OF_RULE: tuple[tuple[str, frozenset[ClauseKind]], ...] = (
    ("事项", AWARDING),
    ("目标", frozenset({ClauseKind.TARGET})),
    ("任务", frozenset({ClauseKind.TASK})),
    ("分类", frozenset({ClauseKind.TAXONOMY})),
    ("就高", frozenset({ClauseKind.CUMULATION})),
    ("分担", frozenset({ClauseKind.FISCAL})),
    ("有效期", frozenset({ClauseKind.VALIDITY})),
    ("定义", frozenset({ClauseKind.DEFINITION})),
)
"""Rules that need a kind. 排除 is not among them: an officer's option may bar awards where the text says nothing."""


def check_clause_kinds(city: City) -> list[Problem]:
    """Kinds without their rule, and rules without their kind."""
    return [
        problem
        for policy in city.policies
        for clause in policy.clauses
        for problem in _compare(clause, _rules_beneath(policy, clause.id))
    ]


def _compare(clause: Clause, rules: set[str]) -> Iterator[Problem]:
    kinds = frozenset(clause.kinds)
    for wanted, rule in RULES_OF_KIND:
        if kinds & wanted and rule not in rules:
            said = "、".join(kind.value for kind in clause.kinds if kind in wanted)
            yield finding("checks.kind-without-rule", clause.place, said, rule, clause=clause.id)
    for rule, wanted in KIND_OF_RULE:
        if rule in rules and not kinds & wanted:
            said = "、".join(kind.value for kind in ClauseKind if kind in wanted)
            yield finding("checks.rule-without-kind", clause.place, rule, said, clause=clause.id)


def _rules_beneath(policy: Policy, clause: str) -> set[str]:
    """Which blocks stand beneath a clause, by their first key."""
    single = [policy.cumulation] if policy.cumulation else []
    beneath: dict[str, list[str]] = {
        "事项": [each.clause for each in policy.measures],
        "目标": [each.clause for each in policy.targets],
        "任务": [each.clause for each in policy.tasks],
        "分类": [each.clause for each in policy.chains],
        "就高": [each.clause for each in single],
        "排除": [each.clause for each in policy.exclusions],
        "分担": [each.clause for each in policy.shares],
        "有效期": [policy.validity.clause],
        "定义": [each.clause for each in policy.definitions],
    }
    return {rule for rule, clauses in beneath.items() if clause in clauses}
