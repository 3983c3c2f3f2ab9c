"""The control total (条目): a reader counts the awards of a clause in its text; its tables must have as many rows.

Why: a deleted row is not always missed by its amount, since several rows may share one sum of the text. The count is
written down once, by whoever reads the clause, and stands guard from then on.

Example: 条目: 6, and five rows beneath.
"""

from __future__ import annotations

from duixian.checks.finding import finding
from duixian.errors import Problem
from duixian.rules.policy import City


def check_control_total(city: City) -> list[Problem]:
    """Clauses whose rows are more or fewer than their 条目."""
    problems = []
    for policy in city.policies:
        for clause in policy.clauses:
            rows = [row for measure in policy.measures if measure.clause == clause.id for row in measure.rows]
            if len(rows) != clause.atom_count:
                code = "checks.row-count" if clause.atom_count else "checks.row-count-missing"
                ids = "、".join(row.id for row in rows)
                problems.append(
                    finding(
                        code, clause.place, str(len(rows)), str(clause.atom_count), clause=clause.id, rows=ids
                    )
                )
    return problems
