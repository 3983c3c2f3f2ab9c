"""The glossary names what the code has, and the rules have nothing that the glossary does not name.

``docs/reference/glossary.md`` is a table ``| English | 中文 | where |``. An English name in CamelCase is a class.
"""

from __future__ import annotations

import dataclasses
import importlib
import pkgutil
import re
from collections.abc import Iterator
from functools import cache

from django.db.models import Model

import duixian
from tests.house.tree import ROOT

GLOSSARY = ROOT / "docs" / "reference" / "glossary.md"
_CAMEL_CASE = re.compile(r"(?:[A-Z][a-z0-9]*)+")


def _rows() -> Iterator[list[str]]:
    assert GLOSSARY.is_file(), "docs/reference/glossary.md is missing: a table | English | 中文 | where |"
    for line in GLOSSARY.read_text("utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if line.startswith("|") and cells[0] != "English" and not set(line) <= set("|-: "):
            yield cells


def _named() -> dict[str, list[str]]:
    """Every class that the glossary names, with its row."""
    names = {cells[0].strip("`* "): cells for cells in _rows()}
    return {name: cells for name, cells in names.items() if _CAMEL_CASE.fullmatch(name)}


@cache
def _classes() -> dict[str, list[type]]:
    """Every class of the package, by its name."""
    found: dict[str, list[type]] = {}
    for info in pkgutil.walk_packages(duixian.__path__, "duixian."):
        if info.name.endswith(".__main__"):
            continue
        for thing in vars(importlib.import_module(info.name)).values():
            if isinstance(thing, type) and thing.__module__ == info.name:
                found.setdefault(thing.__name__, []).append(thing)
    return found


def test_the_glossary_is_a_table_of_three_columns() -> None:
    rows = list(_rows())
    assert rows
    crooked = [cells for cells in rows if len(cells) != 3 or not all(cells)]
    assert not crooked, "| English | 中文 | where |, none of them empty:\n" + "\n".join(map(str, crooked))


def test_every_class_in_the_glossary_exists() -> None:
    lost = sorted(name for name in _named() if name not in _classes())
    assert not lost, f"named in the glossary, but no class or enum of duixian: {lost}"


def test_every_public_dataclass_of_the_rules_is_in_the_glossary() -> None:
    unnamed = sorted(
        f"{thing.__module__}.{name}"
        for name, things in _classes().items()
        for thing in things
        if thing.__module__.startswith("duixian.rules.") and dataclasses.is_dataclass(thing)
        if not name.startswith("_") and name not in _named()
    )
    assert not unnamed, "not in docs/reference/glossary.md:\n" + "\n".join(unnamed)


def test_everything_that_the_office_keeps_is_in_the_glossary() -> None:
    unnamed = sorted(
        f"{thing.__module__}.{name}"
        for name, things in _classes().items()
        for thing in things
        if thing.__module__.startswith("duixian.office.")
        and issubclass(thing, Model)
        and name not in _named()
    )
    assert not unnamed, "not in docs/reference/glossary.md:\n" + "\n".join(unnamed)


def test_where_leads_to_the_class() -> None:
    """The last column gives the module, as ``rules/measure.py``, ``duixian.rules.measure`` or just the room ``rules``."""
    astray = [
        f"{name}: {cells[2]}"
        for name, cells in _named().items()
        if name in _classes() and not any(_leads(cells[2], thing) for thing in _classes()[name])
    ]
    assert not astray, "the glossary points to another place than the code:\n" + "\n".join(astray)


def _leads(where: str, thing: type) -> bool:
    path = where.strip("`* ").removeprefix("src/").removesuffix(".py").strip("/").replace("/", ".")
    module = path if path.startswith("duixian") else f"duixian.{path}"
    return f"{thing.__module__}.".startswith(f"{module}.")
