"""Checked words (受检的字): what stands for bare words where nothing is compiled, and refuses every step outside of an array.

Compiled code reads by bare pointers and looks at no bound. With ``NUMBA_DISABLE_JIT=1`` the same functions run as plain Python over
these arrays instead: numpy tells an index beyond the end, and a negative one, which numpy would count from the end, is refused here.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

import numpy as np

F = TypeVar("F", bound=Callable[..., object])

IS_CHECKED = os.environ.get("NUMBA_DISABLE_JIT", "0") not in ("", "0")
"""Whether nothing is compiled, and the same functions run as plain Python that sees every step outside of an array."""


class CheckedWords(np.ndarray):
    """An array of which no place is counted from the end (受检的数组)."""

    def __getitem__(self, place: Any) -> Any:
        """What stands at a place.

        Raises:
            IndexError: for a place outside of the array, before its start or beyond its end.
        """
        _see_that_it_lies_inside(place)
        return np.ndarray.__getitem__(self, place)

    def __setitem__(self, place: Any, word: Any) -> None:
        """Write a word at a place.

        Raises:
            IndexError: as for reading.
        """
        _see_that_it_lies_inside(place)
        np.ndarray.__setitem__(self, place, word)


def checked(function: F) -> F:
    """A function that sees each of its arrays as a checked one."""

    @wraps(function)
    def run(*arguments: object) -> object:
        return function(*[checked_words(each) for each in arguments])

    return cast("F", run)


def checked_words(argument: object) -> object:
    """An array as a checked one, over the same memory; anything else as it is."""
    return argument.view(CheckedWords) if type(argument) is np.ndarray else argument


def _see_that_it_lies_inside(place: object) -> None:
    for each in place if isinstance(place, tuple) else (place,):
        if not isinstance(each, slice) and each < 0:
            raise IndexError(f"{each} counts from the end")
