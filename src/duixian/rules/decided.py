"""Values that the text leaves to an officer: a plain value, or one value per option of a 口径."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, TypeAlias, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Choice(Generic[T]):
    """One value for every option of an interpretation (口径), of which the officer's decision picks one."""

    interpretation: str
    options: Mapping[str, T]


Decided: TypeAlias = T | Choice[T]
"""A value that is either plain in the text or the matter of a 口径."""

Decisions: TypeAlias = Mapping[str, str]
"""The option that holds for each interpretation: its name → the option's name. Complete: defaults included."""


def resolve(value: Decided[T], decisions: Decisions) -> T:
    """The value that holds under these decisions."""
    if isinstance(value, Choice):
        return value.options[decisions[value.interpretation]]
    return value
