"""One idea per file and one step per function: what grows past these sizes holds two."""

from __future__ import annotations

import ast
from pathlib import Path

from tests.house.tree import parsed, python_files, shown

USUAL_LINES, MOST_LINES, MOST_TEST_LINES, MOST_FUNCTION_LINES = 350, 500, 700, 50


ONE_SWITCH = {"src/duixian/kernel/machine.py": "evaluate"}
"""The one long function: a switch over the machine's operations, a few lines each, which the compiler makes a table of jumps."""


def _lines(path: Path) -> int:
    return len(path.read_text("utf-8").splitlines())


def _too_long(paths: list[Path], limit: int) -> list[str]:
    return [f"{shown(path)}: {_lines(path)} lines" for path in paths if _lines(path) > limit]


def test_no_source_file_is_over_500_lines() -> None:
    over = _too_long(python_files("src", "bench"), MOST_LINES)
    assert not over, f"over {MOST_LINES} lines; split by idea, never by class:\n" + "\n".join(over)


def test_nine_source_files_in_ten_are_under_350_lines() -> None:
    paths = python_files("src", "bench")
    over = _too_long(paths, USUAL_LINES)
    assert len(over) * 10 <= len(paths), f"too many over {USUAL_LINES} lines:\n" + "\n".join(over)


def test_no_test_file_is_over_700_lines() -> None:
    over = _too_long(python_files("tests"), MOST_TEST_LINES)
    assert not over, f"over {MOST_TEST_LINES} lines:\n" + "\n".join(over)


def test_no_function_is_over_50_lines() -> None:
    over = [
        f"{shown(path)}:{node.lineno} {node.name}: {_length(node)} lines"
        for path in python_files("src", "bench", "tests")
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and _length(node) > MOST_FUNCTION_LINES
        if ONE_SWITCH.get(shown(path)) != node.name
    ]
    assert not over, f"over {MOST_FUNCTION_LINES} lines; name the steps:\n" + "\n".join(over)


def _length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1
