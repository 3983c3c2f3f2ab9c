"""The guides do what they say: their files are written, their commands run, their links lead somewhere."""

from __future__ import annotations

import re
import shlex
import shutil
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from duixian.checks.all_checks import check_city
from duixian.cli.app import app
from duixian.evaluate.engine import Engine
from duixian.exchange.tables.areas import AreaReader
from duixian.exchange.tables.cell_text import Unreadable
from duixian.exchange.tables.cells import Words as CellWords
from duixian.exchange.tables.cells import cell_reader
from duixian.rules.case import Expected
from duixian.rules.policy import City
from duixian.rules.vocabulary import Field, FieldType
from duixian.source.cases import read_cases
from duixian.source.city import read_city
from duixian.source.titles import TitleReader
from duixian.wording import problem_catalogue
from tests.conftest import Golden
from tests.house.acted_guide import acted_out, fences
from tests.house.fact_table_pages import CHINESE, ENGLISH, Words, with_made_parts
from tests.house.tree import ROOT, shown

GUIDE, REFERENCE = ROOT / "docs" / "guide", ROOT / "docs" / "reference"
REAL = ROOT / "policies" / "lianyungang"
ANOTHER_CITY = GUIDE / "another-city.md"
TABLE_PAGES = {REFERENCE / "tables.md": ENGLISH, GUIDE / "fact-tables.zh-CN.md": CHINESE}
FRONT = [ROOT / "README.md", ROOT / "README.zh-CN.md", ROOT / "ARCHITECTURE.md"]
PAGES = [*FRONT, *sorted(GUIDE.glob("*.md")), REFERENCE / "tables.md"]
COMMANDS: dict[str, Any] = dict(vars(get_command(app))["commands"])

page = pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)


@cache
def lianyungang() -> City:
    city = read_city(REAL).city
    assert city is not None
    return city


# ---- guides that are acted out ----


def test_another_city_comes_about_as_the_guide_says(golden: Golden, tmp_path: Path) -> None:
    golden(ANOTHER_CITY, acted_out(ANOTHER_CITY.read_text("utf-8"), tmp_path))
    reading = read_city(tmp_path / "policies" / "yunshan")
    assert reading.city is not None
    assert not reading.problems
    assert not [each for each in check_city(reading.city) if each.severity != "note"]
    _assert_its_case_holds(reading.city)


def _assert_its_case_holds(city: City) -> None:
    reading = read_cases(city)
    assert not reading.problems
    (case,) = reading.cases
    found = Engine(city, dict(case.decisions)).determine(case.dossier, case.as_of)
    assert [
        Expected(
            each.fact,
            each.row,
            each.document,
            each.outcome,
            each.amount_fen,
            each.share.city_fen if each.share and asked.city_fen is not None else None,
            each.share.county_fen if each.share and asked.county_fen is not None else None,
            place=asked.place,
        )
        for each, asked in zip(found, case.results, strict=True)
    ] == list(case.results)


@pytest.mark.parametrize(("path", "words"), TABLE_PAGES.items(), ids=lambda each: getattr(each, "name", ""))
def test_the_page_of_fact_tables_is_in_step(path: Path, words: Words, golden: Golden, tmp_path: Path) -> None:
    shutil.copytree(REAL, tmp_path / "policies" / REAL.name)
    made = with_made_parts(path.read_text("utf-8"), lianyungang().vocabulary, words)
    golden(path, acted_out(made, tmp_path))


# ---- what the pages of fact tables say of cells and problems ----

_FORM = re.compile(r"`([^`]+)`")


def _cell_forms(path: Path) -> dict[FieldType, tuple[list[str], list[str]]]:
    """By type: the forms that the page says are read, and those that it says are refused."""
    found = {}
    for line in path.read_text("utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("| ") and cells[0] in set(FieldType) and len(cells) == 3:
            found[FieldType(cells[0])] = (_FORM.findall(cells[1]), _FORM.findall(cells[2]))
    return found


def _field(type_: FieldType) -> Field:
    """A field of Lianyungang with this type; where there is none, a field made for the purpose."""
    fields = (field for kind in lianyungang().vocabulary.kinds.values() for field in kind.fields.values())
    return next((field for field in fields if field.type is type_), Field("数量", type_))


def _is_read(type_: FieldType, text: str) -> bool:
    words = CellWords(TitleReader.of(lianyungang().vocabulary), AreaReader(lianyungang().region))
    if type_ is FieldType.TITLE:
        return words.titles.title(text) is not None
    if type_ is FieldType.GRADE:
        return words.titles.grade(text, frozenset()) is not None
    try:
        return cell_reader(_field(type_), words)(text) is not None
    except Unreadable:
        return False


@pytest.mark.parametrize("path", TABLE_PAGES, ids=lambda path: path.name)
def test_cells_are_read_as_the_page_says(path: Path) -> None:
    forms = _cell_forms(path)
    assert set(forms) == set(FieldType), "a row for every type of field: | type | read | refused |"
    astray = [
        f"{type_}: {text} is not read"
        for type_ in forms
        for text in forms[type_][0]
        if not _is_read(type_, text)
    ]
    astray += [
        f"{type_}: {text} is read" for type_ in forms for text in forms[type_][1] if _is_read(type_, text)
    ]
    assert not astray, "\n".join(astray)


def test_the_page_of_fact_tables_names_every_problem_of_a_table() -> None:
    codes = {code.removeprefix("exchange.") for code in problem_catalogue() if code.startswith("exchange.")}
    section = (REFERENCE / "tables.md").read_text("utf-8").partition("## What is refused")[2]
    rows = [line for line in section.partition("\n## ")[0].splitlines() if line.startswith("| ")]
    named = {code for row in rows[1:] for code in re.findall(r"`([a-z-]+)`", row)}
    assert named == codes, f"not named: {sorted(codes - named)}; no codes: {sorted(named - codes)}"


# ---- links, paths and commands ----

_LINK = re.compile(r"\]\((?!https?:|#)([^)#\s]+)(?:#[^)]*)?\)")
_SPAN = re.compile(r"`([^`\n]+)`")
_PATH = re.compile(r"(?:src|tests|docs|policies|bench|requirements)/[^\s`]*")
_MADE_BY_GUIDES = ("policies/yunshan",)


@page
def test_every_relative_link_leads_somewhere(path: Path) -> None:
    lost = [link for link in _LINK.findall(path.read_text("utf-8")) if not (path.parent / link).exists()]
    assert not lost, f"{shown(path)} links to {lost}"


@page
def test_every_path_that_is_named_exists(path: Path) -> None:
    named = [
        span for span in _SPAN.findall(_without_fences(path)) if _PATH.fullmatch(span) and "<" not in span
    ]
    lost = [
        span
        for span in named
        if not span.startswith(_MADE_BY_GUIDES) and not list(ROOT.glob(span.rstrip("/")))
    ]
    assert not lost, f"{shown(path)} names {lost}"


def test_every_module_that_the_architecture_names_exists() -> None:
    named = re.findall(r"`([a-z_]+\.py)`", (ROOT / "ARCHITECTURE.md").read_text("utf-8"))
    lost = [name for name in named if not list((ROOT / "src").rglob(name))]
    assert named
    assert not lost, f"no module of this name: {lost}"


@page
def test_every_command_is_understood(path: Path) -> None:
    whole, spoken_of = _commands(path)
    astray = [f"{line}: {trouble}" for line in whole if (trouble := _refusal(line))]
    astray += [f"{line}: {trouble}" for line in spoken_of if (trouble := _unknown_word(line))]
    assert not astray, f"{shown(path)}:\n" + "\n".join(astray)


@pytest.mark.parametrize(
    "line",
    [
        "duixian chek",
        "duixian check --frmat json",
        "duixian explain facts --as-of 2026-12-31",
        "duixian near",
    ],
)
def test_a_command_that_cannot_run_is_seen(line: str) -> None:
    assert _refusal(line)


def test_an_option_that_a_sentence_invents_is_seen() -> None:
    assert _unknown_word("duixian check --frmat json")
    assert not _unknown_word("duixian check --no-notes")
    assert not _unknown_word("duixian explain")


@page
def test_every_make_target_exists(path: Path) -> None:
    named = set(re.findall(r"^make ([a-z]+)|`make ([a-z]+)[^`]*`", path.read_text("utf-8"), re.MULTILINE))
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert {first or second for first, second in named} <= targets


def test_make_docs_makes_every_page_that_is_made() -> None:
    """Whatever test writes below docs/ is named by the target."""
    recipe = re.search(r"^docs:.*\n((?:\t.*\n)+)", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert recipe
    makers = [
        shown(each)
        for each in (ROOT / "tests").rglob("test_*.py")
        if "golden(" in (text := each.read_text("utf-8")) and re.search(r'ROOT / "docs"', text)
    ]
    assert [maker for maker in makers if maker not in recipe[1]] == []
    assert len(makers) == recipe[1].count("tests/")


def test_the_front_pages_lead_to_every_guide() -> None:
    front = "".join(path.read_text("utf-8") for path in FRONT)
    assert [shown(each) for each in GUIDE.glob("*.md") if shown(each) not in front] == []


def _without_fences(path: Path) -> str:
    lines = path.read_text("utf-8").split("\n")
    for fence in fences(list(lines)):
        lines[fence.opening : fence.closing + 1] = [""] * (fence.closing + 1 - fence.opening)
    return "\n".join(lines)


def _commands(path: Path) -> tuple[list[str], list[str]]:
    """Command lines in fenced blocks, and commands that a sentence names."""
    lines = path.read_text("utf-8").split("\n")
    inside = [line.removeprefix("$ ") for fence in fences(lines) for line in fence.body]
    named = [span for span in _SPAN.findall(_without_fences(path)) if span.startswith("duixian ")]
    return [line for line in inside if line.startswith("duixian ")], named


def _refusal(line: str) -> str:
    """What the command itself says against its arguments; nothing is run."""
    name, *args = shlex.split(line, comments=True)[1:]
    if name not in COMMANDS:
        return "no such command"
    try:
        COMMANDS[name].make_context(name, args)
    except Exception as error:
        return str(error) or type(error).__name__
    return ""


def _unknown_word(line: str) -> str:
    """The command or option that does not exist; what is required may be missing in a sentence."""
    name, *args = shlex.split(line)[1:]
    if name not in COMMANDS:
        return "" if name == "…" else name
    known = {option for each in COMMANDS[name].params for option in (*each.opts, *each.secondary_opts)} | {
        "--help"
    }
    return next((arg for arg in args if arg.startswith("-") and arg.partition("=")[0] not in known), "")
