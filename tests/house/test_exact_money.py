"""No binary fraction comes near money: 0.1 + 0.2 is not 0.3, and the missing fen is somebody's.

In the rooms that bear money there is no ``float`` at all and no true division. Say instead: ``//`` for a sum rounded
down to the fen (不超过 is a ceiling), ``Fraction(a, b)`` for a rate, ``Decimal`` for a number that was read from text.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from tests.house.tree import parsed, python_files, shown

ROOMS = ("src/duixian/money.py", "src/duixian/rules", "src/duixian/source", "src/duixian/evaluate")
INSTEAD = "use integer fen, //, Fraction(a, b) or Decimal; join paths with joinpath()"


def inexact(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Every place of a syntax tree where a binary fraction could arise, as line and reason."""
    kinds = (_refused_types, _path_joins, _settings)
    spared = {id(part) for node in ast.walk(tree) for spare in kinds for part in spare(node)}
    for node in ast.walk(tree):
        if id(node) in spared:
            continue
        if isinstance(node, ast.Name) and node.id == "float":
            yield node.lineno, "float"
        elif isinstance(node, ast.Constant) and isinstance(node.value, float):
            yield node.lineno, f"the float literal {node.value}"
        elif isinstance(node, ast.BinOp | ast.AugAssign) and isinstance(node.op, ast.Div):
            yield node.lineno, f"the true division {ast.unparse(node)[:60]}"


def _refused_types(node: ast.AST) -> Iterator[ast.AST]:
    """The types named in ``isinstance(x, ...)``: asking for a float in order to refuse it is welcome."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "isinstance":
        for argument in node.args[1:]:
            yield from ast.walk(argument)


def _path_joins(node: ast.AST) -> Iterator[ast.AST]:
    """The slashes of a chain that has a piece of text in it: ``folder / city / "policy.md"`` joins a path."""
    chain = list(_slashes(node))
    if any(_is_text(side) for part in chain for side in (part.left, part.right)):
        yield from chain


def _settings(node: ast.AST) -> Iterator[ast.AST]:
    """The bare value of a named argument (``cutoff=0.5``): nothing is calculated there."""
    if isinstance(node, ast.keyword) and isinstance(node.value, ast.Constant):
        yield node.value


def _slashes(node: ast.AST) -> Iterator[ast.BinOp]:
    """``a / b / c`` read from its last slash back to its first."""
    while isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div):
        yield node
        node = node.left


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str))


def test_the_money_rooms_have_no_float_and_no_true_division() -> None:
    found = [
        f"{shown(path)}:{line} {what}"
        for path in python_files(*ROOMS)
        for line, what in sorted(inexact(parsed(path)))
    ]
    assert not found, f"{INSTEAD}:\n" + "\n".join(found)


@pytest.mark.parametrize(
    "code",
    [
        "x: float",
        "def f(x: 'int') -> float: ...",
        "y = float(x)",
        "y = x / 2",
        "x /= 2",
        "y = 0.12 * x",
        "y = 1e9",
        "y: list[float] = []",
        "y = f(x / 2) / 'name'",
        "y = f(rate=0.12 * x)",
        "y = f(kind=float(x))",
    ],
)
def test_a_binary_fraction_is_seen(code: str) -> None:
    assert list(inexact(ast.parse(code)))


@pytest.mark.parametrize(
    "code",
    [
        "y = x // 2",
        "y = Fraction(12, 100) * x",
        "y = folder / 'policy.md'",
        "y = folder / city / f'{name}.toml'",
        "y = folder / 'policies' / city",
        "if isinstance(x, float | complex): raise TypeError",
        "if isinstance(x, (bool, float)): raise TypeError",
        "y = get_close_matches(word, words, cutoff=0.5)",
    ],
)
def test_exact_code_is_left_alone(code: str) -> None:
    assert not list(inexact(ast.parse(code)))
