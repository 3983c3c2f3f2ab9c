"""Every problem of the reader, shown on a small city with one thing spoilt: the change, and what the author is told.

A file under ``bad/`` is named by its code. Above the line it says what is changed in ``data/town``; below it stands what
``read_city`` and ``read_cases`` report. ``make accept`` writes the lower part anew.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from duixian.errors import Problem
from duixian.source.cases import read_cases
from duixian.source.city import read_city
from duixian.wording import Language, problem_catalogue, problem_words
from tests.conftest import Golden
from tests.source.town import copy_of_town

BAD = Path(__file__).parent / "bad"
LINE = "=" * 40
# These need no spoilt text but a spoilt disk, or a file of eight megabytes: see test_read_file.py.
ELSEWHERE = {"source.file-unreadable", "source.file-too-large"}


def _unescaped(text: str) -> str:
    return text.replace("\\n", "\n").replace("\\t", "\t")


def _edit(town: Path, recipe: list[str]) -> None:
    """Apply the changes: a file, then how to change it."""
    path, wanted = town, ""
    for line in recipe:
        verb, _, rest = line.partition(": ")
        rest = _unescaped(rest)
        if verb == "file":
            path = town / rest
        elif verb == "find":
            wanted = rest
            assert wanted in path.read_text("utf-8"), f"{wanted!r} is not in {path.name}"
        elif verb == "write":
            path.write_text(path.read_text("utf-8").replace(wanted, rest, 1), "utf-8")
        else:
            _OTHER_VERBS[verb](path, rest)


_OTHER_VERBS: dict[str, Callable[[Path, str], object]] = {
    "remove": lambda path, _: path.unlink(),
    "content": lambda path, rest: path.write_text(rest, "utf-8"),
    "append": lambda path, rest: path.write_text(path.read_text("utf-8") + rest, "utf-8"),
    "gbk": lambda path, rest: path.write_bytes(path.read_bytes() + rest.encode("gbk")),
}


def _problems(town: Path) -> list[Problem]:
    reading = read_city(town)
    if reading.has_errors or reading.city is None:
        return list(reading.problems)
    return list(read_cases(reading.city).problems)


def _shown(problem: Problem, town: Path) -> str:
    """A problem as the golden file keeps it: the place, the words, and the line with a mark under what is meant."""
    place = problem.place
    head = f"{place} {problem.code}" + (f" [{problem.clause}]" if problem.clause else "")
    words, english = problem_words(problem), problem_words(problem, Language.ENGLISH)
    lines = [head, *_excerpt(problem), f"  {words.what}。{words.why}。", f"  → {words.fix}"]
    text = "\n".join([*lines, f"  {english.what}. {english.why}.", f"  → {english.fix}"])
    return text.replace(f"{town}/", "")


def _excerpt(problem: Problem) -> list[str]:
    """The part of the line that is meant, between marks."""
    place, path = problem.place, Path(problem.place.file)
    if not place.line or not path.is_file() or path.suffix == ".csv" or problem.code == "source.not-utf8":
        return []
    line = path.read_text("utf-8").split("\n")[place.line - 1]
    if not place.column:
        return [f"  | {line}"]
    start = place.column - 1
    end = place.end_column - 1 if place.end_line == place.line else len(line)
    return [f"  | {line[:start]}⟦{line[start:end]}⟧{line[end:]}"]


def _codes() -> list[str]:
    return sorted(
        code for code in problem_catalogue() if code.startswith("source.") and code not in ELSEWHERE
    )


def test_every_code_has_its_example() -> None:
    examples = {f"source.{path.stem}" for path in BAD.glob("*.txt")}
    assert examples == set(_codes())


@pytest.mark.parametrize("code", _codes())
def test_the_author_is_told_what_is_wrong_and_where(code: str, tmp_path: Path, golden: Golden) -> None:
    example = BAD / f"{code.removeprefix('source.')}.txt"
    recipe = example.read_text("utf-8").split(f"{LINE}\n")[0]
    town = copy_of_town(tmp_path)
    _edit(town, recipe.splitlines())
    problems = _problems(town)
    told = "\n\n".join(_shown(problem, town) for problem in problems)
    golden(example, f"{recipe}{LINE}\n{told}\n")
    assert code in {problem.code for problem in problems}
    assert all(problem.severity == problem_catalogue()[problem.code]["severity"] for problem in problems)
