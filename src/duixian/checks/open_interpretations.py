"""Questions that wait for an officer (未决口径), and decisions that nobody could find again.

Why: an undecided question runs on its default. That is lawful only as long as everybody knows; so each document says how many
there are, and which of them move money. A decision without its maker or its document cannot be defended later.

Example: 107 questions, 60 of them computed by rules, none decided.
"""

from __future__ import annotations

from collections.abc import Iterator

from duixian.checks.finding import finding
from duixian.errors import Place, Problem
from duixian.rules.interpretation import Effect, Interpretation
from duixian.rules.policy import City, Policy


def check_open_interpretations(city: City) -> list[Problem]:
    """One summary per document, and every decision that is not complete."""
    problems: list[Problem] = []
    for policy in city.policies:
        questions = [each for each in city.interpretations.values() if each.document == policy.number]
        problems += _summary(policy, [each for each in questions if not each.is_decided], len(questions))
    for question in city.interpretations.values():
        problems += _incomplete(question)
    return problems


def _summary(policy: Policy, undecided: list[Interpretation], total: int) -> Iterator[Problem]:
    by_effect = {effect: [each.name for each in undecided if each.effect is effect] for effect in Effect}
    if undecided:
        yield finding(
            "checks.interpretations-open",
            Place(policy.file),
            str(len(undecided)),
            str(total),
            document=policy.number,
            rule=str(len(by_effect[Effect.RULE])),
            fact=str(len(by_effect[Effect.FACT])),
            procedure=str(len(by_effect[Effect.PROCEDURE])),
            names="、".join(by_effect[Effect.RULE]),
        )


def _incomplete(question: Interpretation) -> Iterator[Problem]:
    ruling = question.ruling
    if ruling is None:
        return
    missing = [
        name for name, value in (("决定", ruling.decided_by), ("文号", ruling.document)) if not value.strip()
    ]
    if missing:
        yield finding(
            "checks.ruling-incomplete",
            question.place,
            question.name,
            "、".join(missing),
            clause=question.clause,
            option=ruling.option,
        )
