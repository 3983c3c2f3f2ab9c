"""Worked cases (案例): a small dossier and what the policies must give for it, readable by an officer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import TypeAlias

from duixian.errors import NOWHERE, Place
from duixian.rules.determination import Outcome
from duixian.rules.fact import Dossier


class Pending(Enum):
    """A sum that the case expects to be open (待定)."""

    PENDING = "待定"


ExpectedFen: TypeAlias = int | Pending | None
"""A sum in fen, 待定, or None where the case does not say."""


@dataclass(frozen=True, slots=True)
class Expected:
    """One determination that the case expects (预期结果); what is None or empty is not compared.

    ``row`` is a row's id, or a measure's where no row fits; ``amount_fen`` what is left after choice and limits.
    ``marks`` are (some of) the questions that mark it; ``is_unmarked`` says that none may.
    """

    fact: str
    row: str
    document: str
    outcome: Outcome | None = None
    amount_fen: ExpectedFen = None
    city_fen: ExpectedFen = None
    county_fen: ExpectedFen = None
    marks: tuple[str, ...] = ()
    is_unmarked: bool = False
    missing: tuple[str, ...] = ()
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Case:
    """A worked case (案例). Every 可兑付 that it does not list fails it. ``decisions`` overrides the holding options."""

    name: str
    document: str
    dossier: Dossier
    results: tuple[Expected, ...]
    decisions: Mapping[str, str]
    as_of: date
    place: Place = NOWHERE
