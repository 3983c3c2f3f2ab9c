"""Facts: what happened to somebody on a date, from a named source; and the dossier that holds all of one enterprise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from duixian.errors import NOWHERE, Place

Value: TypeAlias = int | str | date | bool | tuple[str, ...]
"""A cell: money in fen, a count or a year (int), a name (str), a date, a flag, or several names."""


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that happened to an enterprise (事实).

    ``values`` holds the known fields only: a field that is absent is missing (待核), never zero or empty.
    """

    kind: str
    id: str
    enterprise: str
    values: Mapping[str, Value]
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Dossier:
    """Everything known about one enterprise (一企一档): its own description and its facts, in any order."""

    code: str
    name: str
    subject: Mapping[str, Value]
    facts: tuple[Fact, ...]
