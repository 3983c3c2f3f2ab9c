"""The words of screens and sheets: both languages, the same blanks, none missing and none idle."""

from __future__ import annotations

import ast
import re
import string
import tomllib
from collections.abc import Iterator

from duixian.cli.exit_codes import ExitCode
from duixian.rules.determination import Outcome
from tests.house.tree import SRC, parsed, python_files

WORDS = tomllib.loads((SRC / "wording" / "screen.toml").read_text("utf-8"))
_CODE = re.compile(r"[a-z]+(?:[.-][a-z_]+)+")


def _blanks(text: str) -> set[tuple[str, str]]:
    return {(name, form or "") for _, name, form, _ in string.Formatter().parse(text) if name}


def test_every_sentence_is_there_in_both_languages() -> None:
    lame = [
        code
        for code, words in WORDS.items()
        if set(words) != {"zh", "en"} or not all(map(str.strip, words.values()))
    ]
    assert not lame


def test_both_languages_fill_the_same_blanks() -> None:
    unlike = [code for code, words in WORDS.items() if _blanks(words["zh"]) != _blanks(words["en"])]
    assert not unlike


def _said() -> Iterator[str]:
    """Every literal of cli, exchange and kernel, and the beginning of every text that is put together."""
    for path in python_files("src/duixian/cli", "src/duixian/exchange", "src/duixian/kernel"):
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value


def test_no_words_are_idle() -> None:
    said = set(_said())
    families = tuple(text for text in said if text.endswith(".") and _CODE.match(f"{text}x"))
    idle = [code for code in WORDS if code not in said and not code.startswith(families)]
    assert not idle, f"in screen.toml, but nowhere said: {idle}"


def test_every_code_that_is_said_has_words() -> None:
    first = {code.split(".")[0] for code in WORDS}
    codes = {text for text in _said() if _CODE.fullmatch(text) and text.split(".")[0] in first}
    files = {text for text in codes if text.endswith((".toml", ".csv", ".json", ".jsonl", ".xlsx", ".yaml"))}
    assert not {code for code in codes - files if code not in WORDS and "." in code}


def test_every_outcome_and_exit_code_has_words() -> None:
    wanted = {f"outcome.{each.name.lower().replace('_', '-')}" for each in Outcome}
    wanted |= {f"exit.{each.name.lower().replace('_', '-')}" for each in ExitCode}
    assert wanted <= set(WORDS)
