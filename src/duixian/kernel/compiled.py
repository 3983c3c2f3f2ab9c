"""Compiled functions (编译函数): once for a version of this code and a processor, kept on disk, run without holding Python's lock.

A function is marked here and compiled when Python first calls it, whole with all that it calls. What is on disk is plain machine code
(``native``): a later process calls it without ever loading the compiler. Between each other compiled functions call as functions do.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable
from functools import cache, cached_property, update_wrapper
from importlib.metadata import version
from pathlib import Path
from typing import Any, TypeVar, cast

import numpy as np

from duixian.kernel.checked import IS_CHECKED, checked
from duixian.kernel.kept_code import kept
from duixian.kernel.native import Native
from duixian.kernel.object_code import Argument, ObjectCode, argument_of, processor

F = TypeVar("F", bound=Callable[..., object])


@cache
def cache_folder() -> Path:
    """Where compiled code is kept: beneath ``NUMBA_CACHE_DIR``, else the user's cache folder."""
    given = os.environ.get("NUMBA_CACHE_DIR") or os.environ.get("XDG_CACHE_HOME")
    return (Path(given) if given else Path.home() / ".cache") / "duixian" / f"kernel-{_fingerprint()}"


def is_compiled() -> bool:
    """Whether compiled code lies on disk already; if not, the first run takes some seconds longer."""
    return cache_folder().is_dir() and any(cache_folder().glob("decide_range-*.o"))


def compiled(function: F) -> F:
    """Compile a function when it is first called. Without compilation its steps are checked."""
    return checked(function) if IS_CHECKED else cast("F", Compiled(function))


def compiled_within(function: F) -> F:
    """Compile a function as a part of whatever calls it, so that a call costs nothing: for the few lines of a busy loop."""
    return checked(function) if IS_CHECKED else cast("F", Compiled(function, is_part=True))


class Compiled:
    """A compiled function (编译函数), as Python calls it and as other compiled functions do."""

    def __init__(self, function: Callable[..., object], *, is_part: bool = False) -> None:
        update_wrapper(self, function)
        self.function, self.is_part = function, is_part
        self._natives: dict[tuple[Argument, ...], Native] = {}

    def __call__(self, *arguments: Any) -> Any:
        """Run machine code for arguments of these kinds, made now if there is none.

        Raises:
            TypeError: for an argument that is no array of numbers and no whole number.
        """
        return self.native(*arguments)(*arguments)

    def native(self, *arguments: Any) -> Native:
        """The machine code for arguments of these kinds."""
        kinds = tuple(map(argument_of, arguments))
        found = self._natives.get(kinds)
        if found is None:
            found = self._natives[kinds] = Native(kept(self._file(kinds), lambda: self._made(kinds)), kinds)
        return found

    def _file(self, kinds: tuple[Argument, ...]) -> Path:
        """Named by where the function is, what it takes, and the processor that it is for."""
        told = json.dumps([self.function.__module__, kinds, processor()])
        return cache_folder() / f"{self.function.__name__}-{hashlib.sha256(told.encode()).hexdigest()[:16]}.o"

    def _made(self, kinds: tuple[Argument, ...]) -> ObjectCode:
        from duixian.kernel.building import object_code

        return object_code(self.function, kinds)

    def bound(self, *arguments: Any) -> Callable[[], int]:
        """The machine code with these very arguments, to be run again and again; 0 when it did not fail."""
        return self.native(*arguments).bound(*arguments)

    @cached_property
    def dispatcher(self) -> Any:
        """The function as the compiler sees it."""
        from duixian.kernel.building import part_of_whole

        return part_of_whole(self.function, is_part=self.is_part)

    @property
    def _numba_type_(self) -> Any:
        """What the compiler takes a call of this function for."""
        return self.dispatcher._numba_type_


def _fingerprint() -> str:
    digest = hashlib.sha256(f"{version('numba')} {np.__version__}".encode())
    for file in sorted(Path(__file__).parent.rglob("*.py")):
        digest.update(file.name.encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]
