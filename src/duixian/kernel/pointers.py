"""Bare words (裸字): an array without its shape, and the few instructions of the processor that work on it.

Whoever reads by them answers for staying within the array. Without compilation the array itself stands for its bare words, which then
tells every step outside of it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

from duixian.kernel.checked import IS_CHECKED
from duixian.kernel.words import Words

F = TypeVar("F", bound=Callable[..., object])


class Instruction:
    """An instruction (指令), as compiled functions use it; ``instructions`` says how it is made."""

    def __init__(self, name: str) -> None:
        self._name = name

    @property
    def _numba_type_(self) -> Any:
        """What the compiler takes it for."""
        from duixian.kernel import instructions

        return instructions.type_of(getattr(instructions, self._name))


def _instruction(function: F) -> F:
    return function if IS_CHECKED else cast("F", Instruction(function.__name__))


@_instruction
def words_of(array: Words) -> Words:
    """The bare words of an array."""
    return array


@_instruction
def words_at(address: int) -> Words:
    """The bare words at an address of memory; without compilation nothing is called by its address."""
    raise NotImplementedError(address)


@_instruction
def part_of(words: Words, at: int) -> Words:
    """Bare words from a place on."""
    return words[at:]


@_instruction
def count_below(words: Words, at: int, key: int) -> int:
    """How many of the eight words from ``at`` on are smaller than a key."""
    return sum(int(words[at + ahead] < key) for ahead in range(8))


@_instruction
def high_product(one: int, two: int) -> int:
    """The upper word of the product of two words without a sign."""
    return (int(one) % 2**64) * (int(two) % 2**64) >> 64


@_instruction
def fetch(words: Words, at: int) -> None:
    """Have a word brought near while other work is done. Without compilation there is nothing to hurry."""


@_instruction
def stream(words: Words, at: int, word: int) -> None:
    """Write a word that is not read again soon."""
    words[at] = word
