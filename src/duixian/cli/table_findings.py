"""What was wrong with the tables, on the screen (数据表问题摘要): counts, and the first of each kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from duixian.cli.screen import Screen
from duixian.errors import Problem, Severity
from duixian.exchange.tables.facts import TableCount
from duixian.exchange.tables.roster import UncertainName
from duixian.wording import problem_words

_MOST_PROBLEMS = 8


def show_findings(
    screen: Screen,
    problems: Sequence[Problem],
    uncertain: Sequence[UncertainName],
    tables: Sequence[TableCount],
) -> None:
    """How many problems of which kind the tables have, and how many rows wait for a person."""
    counts = Counter(problem.severity for problem in problems)
    if not problems and not uncertain:
        screen.say("determine.no-problems")
        return
    screen.say(
        "determine.problems",
        style="yellow" if uncertain or any(problem.is_error for problem in problems) else "",
        errors=counts[Severity.ERROR],
        warnings=counts[Severity.WARNING],
        notes=counts[Severity.NOTE],
        rows=sum(each.left_aside for each in tables),
        names=len(uncertain),
    )
    kinds: dict[tuple[Severity, str], list[Problem]] = {}
    for problem in problems:
        kinds.setdefault((problem.severity, problem.code), []).append(problem)
    order = sorted(kinds, key=lambda kind: (list(Severity).index(kind[0]), -len(kinds[kind]), kind[1]))
    for kind in order[:_MOST_PROBLEMS]:
        _kind_of_problem(screen, kinds[kind])
    if len(order) > _MOST_PROBLEMS:
        screen.say("determine.more-problems", count=len(order) - _MOST_PROBLEMS)


def _kind_of_problem(screen: Screen, problems: list[Problem]) -> None:
    """Problems of one code: how many, and the first of them."""
    first = problems[0]
    screen.say(
        "determine.problem",
        severity=screen.words(f"severity.{first.severity}"),
        count=len(problems),
        place=first.place,
        what=problem_words(first, screen.language).what,
    )
