"""The locks name every dependency exactly, and the decisions say why each is there."""

from __future__ import annotations

import re
import tomllib
from typing import Any

import pytest

from tests.house.tree import ROOT

LOCKS = ("run", "dev")
_PIN = re.compile(r"^(?P<name>[a-z0-9-]+)==(?P<version>[^\s;]+)(?P<rest>.*)$")


def _lock(name: str) -> str:
    return (ROOT / "requirements" / f"{name}.txt").read_text("utf-8")


def _pins(name: str) -> dict[str, str]:
    matches = (_PIN.match(line) for line in _lock(name).splitlines())
    return {match["name"]: match["version"] for match in matches if match}


def _project() -> dict[str, Any]:
    project: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return project


def _names(requirements: list[str]) -> set[str]:
    return {re.split(r"[<>=!~\[; ]", text, maxsplit=1)[0].lower().replace("_", "-") for text in requirements}


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_holds_only_pins_hashes_and_reasons(name: str) -> None:
    strange = [
        line
        for line in _lock(name).splitlines()
        if not _PIN.match(line) and not re.match(r"^    --hash=sha256:[0-9a-f]{64}( \\)?$|^ *#|^$", line)
    ]
    assert not strange, f"requirements/{name}.txt:\n" + "\n".join(strange)
    assert "://" not in _lock(name)


@pytest.mark.parametrize("name", LOCKS)
def test_every_pin_has_a_hash(name: str) -> None:
    blocks = re.split(r"\n(?=[a-z0-9])", _lock(name))
    bare = [block for block in blocks if _PIN.match(block.partition("\n")[0]) and "--hash=" not in block]
    assert not bare


def test_tests_run_with_the_versions_that_officers_run() -> None:
    run, dev = _pins("run"), _pins("dev")
    assert run.items() <= dev.items()


def test_the_locks_hold_every_declared_dependency() -> None:
    project = _project()
    assert _names(project["dependencies"]) <= _pins("run").keys()
    assert _names(project["optional-dependencies"]["dev"]) <= _pins("dev").keys()


def test_every_dependency_has_a_line_in_a_decision() -> None:
    project = _project()
    names = _names(project["dependencies"]) | _names(project["optional-dependencies"]["dev"])
    pages = (ROOT / "docs" / "decisions").glob("*.md")
    decisions = "\n".join(page.read_text("utf-8") for page in pages).lower()
    unexplained = sorted(name for name in names if name not in decisions)
    assert not unexplained, f"no decision says what these are for and what they replace: {unexplained}"
