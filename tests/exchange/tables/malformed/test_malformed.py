"""Whatever is wrong with a table: a clear problem with its place, the good rows kept, no exception, memory bounded."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import pytest

from duixian.errors import Problem
from duixian.exchange.tables.facts import FactReading, read_facts
from duixian.wording import Language, problem_words
from tests.exchange.small_city import CITY, EAST
from tests.exchange.tables.malformed.case import Malformed
from tests.exchange.tables.malformed.cells import CELLS
from tests.exchange.tables.malformed.columns import COLUMNS
from tests.exchange.tables.malformed.files import FILES
from tests.exchange.tables.malformed.text import TEXTS
from tests.exchange.tables.malformed.workbooks import WORKBOOKS
from tests.exchange.written import write_enterprises

CASES = (*FILES, *TEXTS, *CELLS, *WORKBOOKS, *COLUMNS)


def _read(case: Malformed, folder: Path) -> FactReading:
    write_enterprises(folder)
    case.make(folder)
    return read_facts(folder, CITY)


def _told(problem: Problem) -> str:
    place = problem.place
    column = f":{place.column}" if place.column and not place.line else ""
    return f"{problem.code} {place}{':0' if column else ''}{column}"


def _kept(reading: FactReading) -> str:
    return " ".join(sorted(fact.id for dossier in reading.dossiers for fact in dossier.facts))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_malformed_input_is_told_and_the_good_rows_are_kept(case: Malformed, tmp_path: Path) -> None:
    reading = _read(case, tmp_path)
    assert [_told(problem) for problem in reading.problems] == list(case.problems)
    assert _kept(reading) == case.kept


def test_there_are_more_than_thirty_malformed_inputs() -> None:
    assert len(CASES) > 30
    assert len({case.name for case in CASES}) == len(CASES)


def test_what_officers_are_told_about_malformed_inputs(
    tmp_path: Path, golden: Callable[[str | Path, str], None]
) -> None:
    lines: list[str] = []
    for number, case in enumerate(CASES):
        folder = tmp_path / f"{number:03}"
        folder.mkdir()
        lines += [f"# {case.name}", ""]
        for problem in _read(case, folder).problems:
            lines += [*_words(problem), ""]
    golden("malformed.txt", "\n".join(lines))


def _words(problem: Problem) -> list[str]:
    said = [f"{problem.severity} {_told(problem)}"]
    for language in Language:
        words = problem_words(problem, language)
        said += [f"    {words.what}", f"    {words.why}", f"    → {words.fix}"]
    return said


def test_every_problem_weighs_what_its_words_say(tmp_path: Path) -> None:
    catalogue = tomllib.loads((files("duixian.wording") / "problems" / "exchange.toml").read_text("utf-8"))
    for number, case in enumerate(CASES):
        folder = tmp_path / f"{number:03}"
        folder.mkdir()
        for problem in _read(case, folder).problems:
            assert problem.severity == catalogue[problem.code]["severity"], problem.code


def test_nobody_is_named_in_what_is_told(tmp_path: Path) -> None:
    header = "编号,统一社会信用代码,企业名称,称号\n"
    rows = "F1,11010519491231002X,,CMMI\nF2,13900000000,,CMMI\nF3,,,张三13900000000\n"
    (tmp_path / "认定.csv").write_text(header + rows + f"F4,{EAST},,11010519491231002X\n", "utf-8")
    told = "\n".join(f"{problem.found} {problem.expected}" for problem in read_facts(tmp_path, CITY).problems)
    assert not re.search(r"\d{8}", told), told
