"""Titles that a clause names and no rule of it uses (原文称号): the row of a title that was forgotten or deleted.

Why: a sum shared by several titles (绿色园区、绿色供应链、绿色工厂各80万元) stays bound when one of their rows is deleted; the
control total (条目) says that a row is missing, and this says which title it was about.

Example: the clause gives 绿色园区、绿色工厂 80万元 each, and its table has a row for 绿色园区 only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from duixian.checks.clause_text import read_clause_text
from duixian.checks.finding import finding
from duixian.checks.walk import expressions_of, parts_within
from duixian.errors import Problem
from duixian.rules.clause import Clause
from duixian.rules.expression import Contains, Literal, Type
from duixian.rules.measure import Measure
from duixian.rules.policy import City
from duixian.source.titles import TitleReader


def check_titles_in_text(city: City) -> list[Problem]:
    """Titles in the text of a clause with awards that none of its rules uses."""
    reader = TitleReader.of(city.vocabulary)
    pattern = _pattern(tuple(sorted(reader.forms, key=lambda form: (-len(form), form))))
    problems: list[Problem] = []
    for policy in city.policies:
        for clause in policy.clauses:
            measures = [measure for measure in policy.measures if measure.clause == clause.id]
            if measures:
                used = {title for measure in measures for title in titles_of(measure)}
                problems += _unused(clause, used, pattern, reader)
    return problems


@lru_cache(maxsize=8)
def _pattern(forms: tuple[str, ...]) -> re.Pattern[str]:
    """The longest form at each place wins: 近零碳工厂 is not 零碳工厂."""
    return re.compile("|".join(map(re.escape, forms)) or "(?!)")


def _unused(
    clause: Clause, used: set[str], pattern: re.Pattern[str], reader: TitleReader
) -> Iterator[Problem]:
    text, told = read_clause_text(clause.text), set[str]()
    for match in pattern.finditer(text.words):
        title = reader.forms[match[0]].title
        if title not in used | told:
            told.add(title)
            place = clause.place_of(text.origin[match.start()], text.origin[match.end() - 1] + 1)
            yield finding("checks.title-unused", place, match[0], title, clause=clause.id)


def titles_of(measure: Measure) -> set[str]:
    """Every title that the rules of a measure name: in its rows, its scope, its conditions."""
    titles = {name for row in measure.rows for selector in row.selectors for name in selector.names}
    for expression in expressions_of(measure):
        for part in parts_within(expression.root):
            if isinstance(part, Literal) and part.type is Type.TITLE:
                titles.add(str(part.value))
            elif isinstance(part, Contains) and part.left.type is Type.TITLE:
                titles.update(part.names)
    return titles
