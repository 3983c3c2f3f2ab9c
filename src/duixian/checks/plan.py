"""Targets and tasks (目标与任务): who is responsible, how it is measured, and whether the text says so.

Why: a target that nothing measures is counted by hand, and a task without a unit is nobody's. The numbers of the tasks are
those of the text: a gap means that a task was left out.

Example: tasks 1, 2, 4; a target without 度量 and without 来源; 责任单位 市工信局 under a text that names 市科技局.
"""

from __future__ import annotations

from collections.abc import Iterator

from duixian.checks.clause_text import read_clause_text
from duixian.checks.finding import finding
from duixian.errors import Problem
from duixian.rules.clause import Clause
from duixian.rules.policy import City, Policy
from duixian.rules.region import Region
from duixian.rules.target import Target, Task


def check_plan(city: City) -> list[Problem]:
    """Targets without measure, tasks without units, numbers with gaps, units that the text does not name."""
    problems: list[Problem] = []
    for policy in city.policies:
        clauses = {clause.id: clause for clause in policy.clauses}
        problems += _gaps(policy)
        for target in policy.targets:
            problems += _target(target)
        for task in policy.tasks:
            problems += _task(task, clauses[task.clause], city.region)
    return problems


def _gaps(policy: Policy) -> Iterator[Problem]:
    for expected, task in enumerate(policy.tasks, 1):
        if task.number != expected:
            yield finding(
                "checks.task-number",
                task.place,
                str(task.number),
                str(expected),
                clause=task.clause,
                task=task.name,
            )
            return


def _target(target: Target) -> Iterator[Problem]:
    if target.measurement is None and not target.source:
        yield finding(
            "checks.target-unmeasured", target.place, target.id, target.indicator, clause=target.clause
        )
    if target.from_year is not None and target.to_year is not None and target.from_year > target.to_year:
        found = f"{target.from_year}—{target.to_year}"
        yield finding("checks.target-period", target.place, found, target.id, clause=target.clause)


def _task(task: Task, clause: Clause, region: Region) -> Iterator[Problem]:
    text = read_clause_text(clause.text)
    if not task.units:
        yield finding("checks.task-without-unit", task.place, task.name, clause=task.clause)
    if not text.says(f"{task.number}.{task.name}") and not text.says(f"{task.number}、{task.name}"):
        yield finding(
            "checks.task-not-in-text", task.place, f"{task.number}. {task.name}", clause=task.clause
        )
    for action in task.actions:
        if not text.says(action):
            yield finding("checks.action-not-in-text", task.place, action, task.name, clause=task.clause)
    for name in task.units:
        unit = region.units.get(name)
        forms = (name, unit.official_name, *unit.aliases) if unit else (name,)
        if not any(text.says(form) for form in forms):
            yield finding("checks.unit-not-in-text", task.place, name, task.name, clause=task.clause)
