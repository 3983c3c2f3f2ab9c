"""Definitions (定义): what a word of the policy means, and where that meaning holds."""

from __future__ import annotations

from dataclasses import dataclass

from duixian.errors import NOWHERE, Place


@dataclass(frozen=True, slots=True)
class Definition:
    """What the text says a word means (定义), in its own words; ``applies_to`` lists measures or rows, empty for all."""

    word: str
    meaning: str
    clause: str
    document: str
    applies_to: tuple[str, ...] = ()
    interpretations: tuple[str, ...] = ()
    place: Place = NOWHERE
