"""The page of settings says what the office reads from its environment, and what holds without it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from tests.house.tree import ROOT, SRC, parsed, python_files, shown

PAGE = ROOT / "docs" / "reference" / "settings.md"
SETTINGS = SRC / "office" / "settings.py"
READERS = ("_text", "_number", "_choice", "_is_on")
_ROW = re.compile(r"\| `(?P<name>[A-Z_]+)` \| (?:`(?P<default>[^`]*)` )?\| (?P<meaning>\S.*) \|")


def _read() -> Iterator[tuple[str, str]]:
    """Every variable that the settings read, with what holds without it."""
    for node in ast.walk(parsed(SETTINGS)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in READERS:
            name, *default = node.args
            if isinstance(name, ast.Constant):
                yield str(name.value), str(_value(default[0])) if default else ""


def _value(node: ast.expr) -> object:
    """A default as a value: constants, and products of them."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult):
        left, right = _value(node.left), _value(node.right)
        assert isinstance(left, int)
        assert isinstance(right, int)
        return left * right
    assert isinstance(node, ast.Constant)
    return node.value


def _told() -> dict[str, str]:
    rows = [_ROW.fullmatch(line) for line in PAGE.read_text("utf-8").splitlines() if line.startswith("| `")]
    assert all(rows), "every row: | `VARIABLE` | `default` | meaning |"
    return {row["name"]: row["default"] or "" for row in rows if row}


def test_every_setting_is_on_the_page_with_its_true_default() -> None:
    assert _told() == dict(_read())


def test_no_setting_is_told_twice() -> None:
    names = re.findall(r"^\| `([A-Z_]+)`", PAGE.read_text("utf-8"), re.MULTILINE)
    assert len(names) == len(set(names))


def test_the_office_reads_its_environment_in_one_place_only() -> None:
    """Elsewhere it only says which settings are meant."""
    elsewhere = [
        f"{shown(path)}:{node.lineno}"
        for path in python_files("src/duixian/office")
        if path != SETTINGS
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Attribute)
        and node.attr in ("environ", "getenv")
        and not _names_settings(path, node)
    ]
    assert not elsewhere, elsewhere


def _names_settings(path: object, node: ast.Attribute) -> bool:
    assert hasattr(path, "read_text")
    line = path.read_text("utf-8").splitlines()[node.lineno - 1]
    return 'setdefault("DJANGO_SETTINGS_MODULE"' in line
