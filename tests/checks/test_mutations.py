"""The two real documents, spoilt in every single place: one figure, one row, one title at a time, and each is an error.

Each document is read alone, with the city's words around it; what is changed is the file itself.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from duixian.checks.all_checks import TEXT_CHECKS
from duixian.checks.clause_text import read_clause_text
from duixian.checks.unreachable import check_unreachable
from duixian.checks.verbatim import compare
from duixian.errors import Problem
from duixian.source.city import read_city
from tests.checks.town import CITY, EQUIPMENT, MANUFACTURING, lianyungang

ROW = re.compile(r"^  \| *(?P<id>[AB][0-9]+[a-z]*) *\|.*\n", re.MULTILINE)
DOCUMENTS = pytest.mark.parametrize("document", [EQUIPMENT, MANUFACTURING])


@pytest.fixture
def alone(tmp_path: Path, document: str) -> Path:
    """The city with that one document."""
    folder = tmp_path / "city"
    shutil.copytree(CITY / document, folder / document)
    for file in CITY.iterdir():
        if file.is_file():
            shutil.copy(file, folder)
    head = (folder / "city.yaml").read_text("utf-8")
    order = re.sub(r"文件顺序: \[.*\]", f"文件顺序: [{document}]", head)
    (folder / "city.yaml").write_text(order, "utf-8")
    return folder


def _errors(folder: Path) -> list[Problem]:
    """What the reader finds, or else the checks that look for contradictions."""
    reading = read_city(folder)
    if reading.has_errors or reading.city is None:
        return [problem for problem in reading.problems if problem.is_error]
    return [
        problem
        for check in (*TEXT_CHECKS, check_unreachable)
        for problem in check(reading.city)
        if problem.is_error
    ]


def _each(folder: Path, document: str, changes: Iterator[tuple[str, str]]) -> list[str]:
    """The changes, named, that no error answers."""
    file = folder / document / "policy.md"
    source, unseen = file.read_text("utf-8"), []
    for name, text in changes:
        assert text != source
        file.write_text(text, "utf-8")
        if not _errors(folder):
            unseen.append(name)
    file.write_text(source, "utf-8")
    assert _errors(folder) == []
    return unseen


@DOCUMENTS
def test_every_deleted_row_is_an_error(alone: Path, document: str) -> None:
    source = (alone / document / "policy.md").read_text("utf-8")
    rows = list(ROW.finditer(source))
    assert len(rows) >= {EQUIPMENT: 12, MANUFACTURING: 55}[document]  # a subsidy may stand without a table
    changes = ((row["id"], source[: row.start()] + source[row.end() :]) for row in rows)
    assert _each(alone, document, changes) == []


@DOCUMENTS
def test_every_misspelt_title_is_an_error(alone: Path, document: str) -> None:
    source = (alone / document / "policy.md").read_text("utf-8")
    spans = [span for row in ROW.finditer(source) for span in _titles(row)]
    assert len(spans) >= {EQUIPMENT: 6, MANUFACTURING: 60}[document]
    changes = ((source[start:end], f"{source[: start + 1]}某{source[start + 2 :]}") for start, end in spans)
    assert _each(alone, document, changes) == []


@DOCUMENTS
def test_a_title_taken_for_its_neighbour_is_an_error(alone: Path, document: str) -> None:
    """A title of the row above or below, or beside it in the cell; only two that share their words can be mistaken."""
    source = (alone / document / "policy.md").read_text("utf-8")
    cells = [(span, source[slice(*span)]) for row in ROW.finditer(source) for span in _titles(row)]
    changes = [
        (f"{title} → {other}", source[: span[0]] + other + source[span[1] :])
        for place, (span, title) in enumerate(cells)
        for other in sorted({each for _, each in cells[max(0, place - 1) : place + 2]} - {title})
    ]
    unseen = _each(alone, document, iter(changes))
    assert len(unseen) * 20 <= len(changes), unseen


def _titles(row: re.Match[str]) -> Iterator[tuple[int, int]]:
    """Where the titles of a row stand: the second cell, unless that is a level or a sum."""
    cell = re.compile(r"\|(?P<first>[^|]*)\|(?P<titles>[^|]*)\|").search(row.string, row.start(), row.end())
    assert cell is not None
    titles = lianyungang().vocabulary.titles
    for name in re.finditer(r"[^、\s]+", cell["titles"]):
        if name[0] in titles:
            yield cell.start("titles") + name.start(), cell.start("titles") + name.end()


def test_every_changed_figure_is_an_error_at_its_line() -> None:
    tried = 0
    for policy in lianyungang().policies:
        source, original = (Path(file).read_text("utf-8") for file in (policy.file, policy.original_file))
        lines = source.split("\n")
        for clause in policy.clauses:
            for quantity in read_clause_text(clause.text).quantities:
                for digits in re.finditer("[0-9]+", clause.text[quantity.start : quantity.end]):
                    start = quantity.start + digits.start()
                    place = clause.place_of(start, start + len(digits[0]))
                    line = lines[place.line - 1]
                    other = f"{line[: place.column - 1]}{int(digits[0]) + 1}{line[place.end_column - 1 :]}"
                    text = "\n".join([*lines[: place.line - 1], other, *lines[place.line :]])
                    (problem,) = compare(policy, text, original)
                    assert problem.is_error
                    assert problem.place.line == place.line
                    tried += 1
    assert tried > 120
