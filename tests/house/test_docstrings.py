"""Every public class and function says what it is in its first sentence."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tests.house.tree import parsed, python_files, shown

Documented = ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef


def _public(node: ast.Module | ast.ClassDef) -> Iterator[Documented]:
    """The public classes and functions of a module, and the public methods of those classes."""
    for child in node.body:
        if isinstance(child, Documented) and not child.name.startswith("_") and not _is_restated(child):
            yield child
            if isinstance(child, ast.ClassDef):
                yield from _public(child)


def _is_restated(node: Documented) -> bool:
    """Whether the thing only repeats another that is documented: an overload, an override, a setter, the ``Meta`` of a Django model."""
    if node.name == "Meta":
        return True
    names = {ast.unparse(decorator).rsplit(".", 1)[-1] for decorator in node.decorator_list}
    return bool(names & {"overload", "override", "setter"})


def test_every_public_class_and_function_has_a_docstring() -> None:
    silent = [
        f"{shown(path)}:{node.lineno} {node.name}"
        for path in python_files("src")
        for node in _public(parsed(path))
        if not ast.get_docstring(node)
    ]
    assert not silent, "without a docstring (what it is, with the Chinese term):\n" + "\n".join(silent)


def test_every_module_says_what_it_holds() -> None:
    silent = [
        shown(path)
        for path in python_files("src", "tests", "bench")
        if parsed(path).body and not ast.get_docstring(parsed(path))
    ]
    assert not silent, "no docstring at the top of the file:\n" + "\n".join(silent)
