"""Every problem of the checks, shown on a small town with one thing changed: the change, and what the author is told.

A file under ``bad/`` is named by its code. It holds the change to ``data/town`` and, beneath, every error and warning of
``check_city`` (and the note of that code). ``make accept`` writes the lower part anew. ``bad/good.md`` is the town unchanged:
no error, no warning, and every note that it gives rise to.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from duixian.checks.all_checks import check_city
from duixian.errors import Problem, Severity
from duixian.wording import Language, problem_catalogue, problem_words
from tests.checks.town import TOWN, copy_of_town, edit, publish, read
from tests.conftest import Golden

BAD = Path(__file__).parent / "bad"
GOOD = BAD / "good.md"
START, MIDDLE = "```change\n", "```\n\n```problems\n"
# This one needs a day to be named: see test_validity.py.
ELSEWHERE = {"document-expired"}


def _codes() -> list[str]:
    known = (code.removeprefix("checks.") for code in problem_catalogue() if code.startswith("checks."))
    return sorted(code for code in known if code not in ELSEWHERE)


def _examples() -> list[str]:
    return sorted(path.stem for path in BAD.glob("*.md") if path != GOOD)


def _change(folder: Path, recipe: str) -> None:
    """Apply a change: ``file:`` in the town, ``find:`` the words, ``write:`` others; ``unpublished:`` keeps original.txt."""
    file, wanted = folder, ""
    for line in recipe.splitlines():
        verb, _, rest = line.partition(": ")
        rest = rest.replace("\\n", "\n")
        match verb:
            case "file":
                file = folder / rest
            case "find":
                wanted = rest
            case "write":
                edit(file, wanted, rest)
            case _:
                assert verb == "unpublished", line
    if "unpublished" not in recipe:
        publish(folder)


def _shown(problem: Problem, folder: Path) -> str:
    """A problem as the golden file keeps it: the place, the words in both languages, and the line that is meant."""
    clause = f" [{problem.clause}]" if problem.clause else ""
    head = f"{problem.severity.value} {problem.code} {problem.place}{clause}"
    words, english = problem_words(problem), problem_words(problem, Language.ENGLISH)
    told = [
        head,
        *_excerpt(problem),
        f"  {words.what}。{words.why}。",
        f"  → {words.fix}。",
        f"  {english.what}. {english.why}.",
        f"  → {english.fix}.",
    ]
    return "\n".join(told).replace(f"{folder}/", "")


def _excerpt(problem: Problem) -> list[str]:
    """The line that is meant, the words between marks."""
    place = problem.place
    if not place.line:
        return []
    line = Path(place.file).read_text("utf-8").split("\n")[place.line - 1]
    start = place.column - 1
    end = place.end_column - 1 if place.end_line == place.line else len(line)
    return [f"  | {line[:start]}⟦{line[start:end]}⟧{line[end:]}"]


def test_every_code_has_its_example() -> None:
    noted = {problem.code.removeprefix("checks.") for problem in check_city(read(TOWN))}
    assert sorted({*_examples(), *noted}) == _codes()


@pytest.mark.parametrize("code", _examples())
def test_the_author_is_told_what_is_wrong_and_where(code: str, tmp_path: Path, golden: Golden) -> None:
    example = BAD / f"{code}.md"
    head, _, rest = example.read_text("utf-8").partition(START)
    recipe = rest.split("```\n")[0]
    folder = copy_of_town(tmp_path)
    _change(folder, recipe)
    problems = [
        problem
        for problem in check_city(read(folder))
        if problem.severity is not Severity.NOTE or problem.code == f"checks.{code}"
    ]
    told = "\n\n".join(_shown(problem, folder) for problem in problems)
    golden(example, f"{head}{START}{recipe}{MIDDLE}{told}\n```\n")
    assert f"checks.{code}" in {problem.code for problem in problems}


def test_the_town_itself_has_neither_errors_nor_warnings(golden: Golden) -> None:
    problems = check_city(read(TOWN))
    told = "\n\n".join(_shown(problem, TOWN) for problem in problems)
    golden(GOOD, f"# The town as it is\n\n```problems\n{told}\n```\n")
    assert {problem.severity for problem in problems} == {Severity.NOTE}
