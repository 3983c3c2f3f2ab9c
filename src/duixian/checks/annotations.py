"""Quirks of the official text stay in it (注): what an annotation quotes must stand in its clause.

Why: a scan error (类励 for 奖励) is kept and explained, never mended in silence. When the quoted words are gone, either the
text was mended or the note is about another clause.

Example: 注: [{原文: 类励, …}] under a clause that says 奖励.
"""

from __future__ import annotations

from duixian.checks.clause_text import read_clause_text
from duixian.checks.finding import finding
from duixian.errors import Problem
from duixian.rules.policy import City
from duixian.source.normalise import without_white_space


def check_annotations(city: City) -> list[Problem]:
    """Annotations whose words their clause does not have."""
    problems = []
    for policy in city.policies:
        for clause in policy.clauses:
            for note in clause.annotations:
                # Quirks are often white space or widths: look for the words as they are, then as titles compare.
                is_there = note.written in clause.text or read_clause_text(clause.text).says(note.written)
                if not is_there or not without_white_space(note.written):
                    problems.append(
                        finding("checks.annotation-absent", note.place, note.written, clause=clause.id)
                    )
    return problems
