"""``duixian check``: does the text say what the rules say, and the other way round (检查)?"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from duixian.checks.all_checks import check_city
from duixian.checks.anchor import anchors_of
from duixian.checks.clause_text import read_clause_text
from duixian.checks.coverage import declared_quantities
from duixian.cli.city import find_city
from duixian.cli.exit_codes import ExitCode
from duixian.cli.problem_screen import show_problems
from duixian.cli.refusal import Refusal
from duixian.cli.screen import Screen
from duixian.errors import Problem, Severity, sorted_problems
from duixian.rules.clause import Clause
from duixian.rules.policy import City
from duixian.source.city import read_city
from duixian.wording import Language, problem_words

TEXT, JSON = "text", "json"
JSON_VERSION = 1


@dataclass(frozen=True, slots=True)
class Extent:
    """How much a city's policies hold, and how much of it is bound (规模)."""

    documents: int
    clauses: int
    quantities: int
    bound: int
    declared: int
    rows: int
    targets: int
    tasks: int
    questions: int
    open_questions: int


def check_policies(language: Language, folder: Path | None, format_: str, *, notes: bool) -> int:
    """Read and check a city; show what is wrong. 0 when there is no error."""
    if format_ not in (TEXT, JSON):
        raise Refusal("error.bad-choice", option="--format", value=format_, choices=f"{TEXT}、{JSON}")
    screen, path = Screen(language), find_city(folder)
    reading = read_city(path)
    problems = list(reading.problems)
    is_checked = reading.city is not None and not reading.has_errors
    if reading.city is not None and is_checked:
        problems += check_city(reading.city)
    shown = [each for each in sorted_problems(problems) if notes or each.severity is not Severity.NOTE]
    extent = extent_of(reading.city) if reading.city else None
    if format_ == JSON:
        _print_json(path, extent, shown, problems, language)
    else:
        show_problems(screen, shown)
        _summary(screen, reading.city, extent, problems, is_checked=is_checked)
    return ExitCode.ERRORS if any(each.is_error for each in problems) else ExitCode.OK


def extent_of(city: City) -> Extent:
    """Count what the policies hold."""
    clauses = [clause for policy in city.policies for clause in policy.clauses]
    counts = [_quantities(clause) for clause in clauses]
    return Extent(
        documents=len(city.policies),
        clauses=len(clauses),
        quantities=sum(found for found, _, _ in counts),
        bound=sum(bound for _, bound, _ in counts),
        declared=sum(declared for _, _, declared in counts),
        rows=sum(len(measure.rows) for measure in city.measures),
        targets=sum(len(policy.targets) for policy in city.policies),
        tasks=sum(len(policy.tasks) for policy in city.policies),
        questions=len(city.interpretations),
        open_questions=sum(not each.is_decided for each in city.interpretations.values()),
    )


def _quantities(clause: Clause) -> tuple[int, int, int]:
    """How many quantities the text of a clause has, how many rules bind, how many are declared 非操作性."""
    text = read_clause_text(clause.text)
    bound = {each for anchor in anchors_of(clause) for each in anchor.covered}
    idle = {each for declared in clause.non_operative for each in declared_quantities(declared, text)}
    return len(text.quantities), len(bound), len(idle - bound)


def _summary(
    screen: Screen, city: City | None, extent: Extent | None, problems: list[Problem], *, is_checked: bool
) -> None:
    if city is not None and extent is not None:
        for policy in city.policies:
            screen.line(f"{policy.number}  {policy.head.title}", style="bold")
        if is_checked:
            screen.say("check.extent", **asdict(extent))
    if not is_checked:
        screen.say("check.not-checked", style="yellow")
    counts = {f"{severity}s": sum(each.severity is severity for each in problems) for severity in Severity}
    screen.say("check.result", style="bold red" if counts["errors"] else "bold green", **counts)


def _print_json(
    path: Path, extent: Extent | None, shown: list[Problem], problems: list[Problem], language: Language
) -> None:
    counts = {str(severity): sum(each.severity is severity for each in problems) for severity in Severity}
    document = {
        "version": JSON_VERSION,
        "folder": str(path),
        "extent": None if extent is None else asdict(extent),
        "counts": counts,
        "problems": [problem_object(each, language) for each in shown],
    }
    print(json.dumps(document, ensure_ascii=False, indent=2))


def problem_object(problem: Problem, language: Language) -> dict[str, Any]:
    """A problem as JSON: its code and position are stable, its words are not."""
    place, words = problem.place, problem_words(problem, language)
    return {
        "code": problem.code,
        "severity": str(problem.severity),
        "file": place.file,
        "line": place.line,
        "column": place.column,
        "end_line": place.end_line,
        "end_column": place.end_column,
        "sheet": place.sheet,
        "clause": problem.clause,
        "found": problem.found,
        "expected": problem.expected,
        "detail": dict(problem.detail),
        "what": words.what,
        "why": words.why,
        "fix": words.fix,
    }
