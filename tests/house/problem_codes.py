"""Every problem code (问题代码) that the source can give out, read from its syntax tree.

A code reaches ``Problem(code, ...)`` as a literal, or through functions that hand their own argument on, whole or behind
the name of the room: ``Problem(f"source.{code}", ...)`` inside ``Report.add`` makes ``report.add("bad-unit")`` give out
``source.bad-unit``. Such functions are found first, then their calls.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.house.tree import SRC, parsed, python_files, shown


@dataclass(frozen=True)
class Maker:
    """A function that gives out the code handed to it: what it puts before the code, and where it takes it."""

    name: str
    prefix: str
    argument: str
    position: int
    room: str = ""
    owner: str = ""
    """The class of a method, in small letters: the name that its objects go by."""

    def code_in(self, call: ast.Call) -> ast.expr | None:
        """The expression of the code in a call of this maker, or None when the call is somebody else's."""
        function = call.func
        name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
        if name != self.name or (self._is_common() and not self._is_asked(function)):
            return None
        named = [keyword.value for keyword in call.keywords if keyword.arg == self.argument]
        return next(iter([*named, *call.args[self.position : self.position + 1]]), None)

    def _is_common(self) -> bool:
        """Whether other things have a method of this name too (``set.add``): then the object's name must tell."""
        return bool(self.owner) and any(hasattr(kind, self.name) for kind in (dict, list, set, str))

    def _is_asked(self, function: ast.expr) -> bool:
        receiver = ast.unparse(function.value) if isinstance(function, ast.Attribute) else ""
        return receiver.rsplit(".", 1)[-1].strip("_()").lower() in {self.owner, "self"}


PROBLEM = Maker("Problem", "", "code", 0)


@cache
def codes_given_out() -> dict[str, str]:
    """Every code with the place of one use."""
    return {code: place for path in python_files("src") for code, place in _codes(path)}


@cache
def literals() -> frozenset[str]:
    """Every piece of text in the source that could be a code or its part."""
    return frozenset(
        node.value.lstrip(".")
        for path in python_files("src")
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )


def _codes(path: Path) -> Iterator[tuple[str, str]]:
    constants = _constants(path)
    for maker, code in _calls(parsed(path), _makers_for(path, _makers())):
        for text in _texts(code, constants):
            yield maker.prefix + text, f"{shown(path)}:{code.lineno}"


def _calls(tree: ast.AST, makers: frozenset[Maker]) -> Iterator[tuple[Maker, ast.expr]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            for maker in makers:
                if code := maker.code_in(node):
                    yield maker, code


def _texts(code: ast.expr, constants: dict[str, str]) -> Iterator[str]:
    """What an expression can say: a literal, text put together from constants, either branch of a choice."""
    if isinstance(code, ast.IfExp):
        yield from _texts(code.body, constants)
        yield from _texts(code.orelse, constants)
    else:
        text, argument = _handed_on(code, constants)
        if text and not argument:
            yield text


@cache
def _constants(path: Path) -> dict[str, str]:
    """The pieces of text that a module gives a name."""
    found = {}
    for node in parsed(path).body:
        target = node.targets[0] if isinstance(node, ast.Assign) else getattr(node, "target", None)
        value = getattr(node, "value", None)
        if isinstance(target, ast.Name) and isinstance(value, ast.Constant) and isinstance(value.value, str):
            found[target.id] = value.value
    return found


@cache
def _makers() -> frozenset[Maker]:
    """Problem itself, the functions that hand a code on to it, those that hand a code on to them, and so on."""
    makers: frozenset[Maker] = frozenset()
    found = frozenset({PROBLEM})
    while found != makers:
        makers = found
        found = makers | {maker for path in python_files("src") for maker in _handing_on(path, makers)}
    return makers


def _makers_for(path: Path, makers: frozenset[Maker]) -> frozenset[Maker]:
    """The makers that a file can mean: of two rooms' functions of one name, that of its own room."""
    own = {maker.name for maker in makers if maker.room == _room(path)}
    return frozenset(maker for maker in makers if maker.room == _room(path) or maker.name not in own)


def _room(path: Path) -> str:
    return path.relative_to(SRC).parts[0]


def _handing_on(path: Path, makers: frozenset[Maker]) -> Iterator[Maker]:
    for owner, function in _functions(parsed(path)):
        names = [argument.arg for argument in (*function.args.posonlyargs, *function.args.args)]
        names = names[1:] if owner and names[:1] in (["self"], ["cls"]) else names
        for maker, code in _calls(function, _makers_for(path, makers)):
            prefix, argument = _handed_on(code, _constants(path))
            if argument in names:
                place = names.index(argument)
                yield Maker(function.name, maker.prefix + prefix, argument, place, _room(path), owner.lower())


def _functions(tree: ast.Module) -> Iterator[tuple[str, ast.FunctionDef]]:
    """Every function with the class that it belongs to."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            yield "", node
        elif isinstance(node, ast.ClassDef):
            yield from ((node.name, child) for child in node.body if isinstance(child, ast.FunctionDef))


def _handed_on(code: ast.expr, constants: dict[str, str]) -> tuple[str, str]:
    """Of ``f"{ROOM}.{code}"``: the text that is known, and the name of the argument behind it (if there is one)."""
    pieces = code.values if isinstance(code, ast.JoinedStr) else [code]
    text = ""
    for piece in pieces:
        inside = piece.value if isinstance(piece, ast.FormattedValue) else piece
        if isinstance(inside, ast.Name) and inside.id not in constants:
            return text, inside.id
        if isinstance(inside, ast.Name):
            text += constants[inside.id]
        elif isinstance(inside, ast.Constant):
            text += str(inside.value)
        else:
            return "", ""
    return text, ""
