"""The text is the text as published (原文一致): policy.md without its rule blocks equals original.txt, line by line.

Why: the rules stand under the official words; if those words could change unnoticed, everything above them would float.
Figures are guarded twice (here and by coverage), all other words here.

Example: original.txt says 最高不超过50万元, policy.md says 最高不超过80万元.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path

from duixian.checks.finding import finding
from duixian.errors import Place, Problem
from duixian.rules.policy import City, Policy
from duixian.source.blocks import without_blocks
from duixian.source.read_file import read_text
from duixian.source.report import Report

MOST_LINES = 20
"""Beyond so many differing lines the files are different texts, and more lines say nothing new."""


def check_verbatim(city: City) -> list[Problem]:
    """Lines of policy.md that differ from original.txt."""
    problems: list[Problem] = []
    for policy in city.policies:
        report = Report()
        source = read_text(Path(policy.file), report)
        original = read_text(Path(policy.original_file), report)
        problems += report.problems
        if source is not None and original is not None:
            problems += compare(policy, source, original)
    return problems


def compare(policy: Policy, source: str, original: str) -> list[Problem]:
    """The lines in which a policy file, its blocks taken out, differs from the text as published."""
    text = without_blocks(source).rstrip("\n").split("\n")
    published = original.rstrip("\n").split("\n")
    if text == published:
        return []
    numbers = _line_numbers(text, source.split("\n"))
    pairs = zip_longest(zip(text, numbers, strict=True), published, fillvalue=None)
    differing = [(ours, theirs) for ours, theirs in pairs if ours is None or ours[0] != theirs]
    # After an added or lost line everything below is shifted; only the first difference tells.
    told = differing[:MOST_LINES] if len(text) == len(published) else differing[:1]
    return list(_problems(policy, told, len(source.split("\n"))))


def _problems(
    policy: Policy, differing: list[tuple[tuple[str, int] | None, str | None]], last: int
) -> Iterator[Problem]:
    for ours, theirs in differing:
        line, number = ours or ("", last)
        column = _first_difference(line, theirs or "")
        place = Place(policy.file, number, column + 1, number, max(len(line), column + 1) + 1)
        yield finding(
            "checks.text-differs",
            place,
            _around(line, column),
            _around(theirs or "", column),
            clause=_clause_at(policy, number),
        )


def _around(line: str, column: int) -> str:
    """A few words on both sides of a difference."""
    return line[max(0, column - 8) : column + 16]


def _first_difference(one: str, two: str) -> int:
    pairs = zip(one, two, strict=False)
    return next((place for place, (a, b) in enumerate(pairs) if a != b), min(len(one), len(two)))


def _line_numbers(text: list[str], lines: list[str]) -> list[int]:
    """The line of the policy file on which each line of its text stands; the text is what the blocks leave of it."""
    numbers, place = [], 0
    for line in text:
        while lines[place] != line:
            place += 1
        place += 1
        numbers.append(place)
    return numbers


def _clause_at(policy: Policy, line: int) -> str:
    """The clause whose text holds that line, or the next one below."""
    ids = [clause.id for clause in policy.clauses if clause.first_line + clause.text.count("\n") >= line]
    return ids[0] if ids else ""
