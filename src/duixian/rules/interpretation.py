"""Open questions (口径): what the text leaves to an officer, with its options, default and who decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from duixian.errors import NOWHERE, Place


class Effect(StrEnum):
    """Where the answer takes effect (作用)."""

    RULE = "规则"
    """The engine computes every option: a determination that another option would change is marked."""
    FACT = "事实"
    """The answer decides how a fact is recorded (which date, which stage); ``carrier`` names the field."""
    PROCEDURE = "程序"
    """The answer guides review, notice or payment; ``carrier`` names the step. No ceiling depends on it."""


@dataclass(frozen=True, slots=True)
class Ruling:
    """A decision on an interpretation (口径的决定): the option, since when, by whom and under which document."""

    option: str
    decided_on: date
    decided_by: str
    document: str = ""


@dataclass(frozen=True, slots=True)
class Interpretation:
    """One open question of a policy (口径).

    ``name`` is unique in a city and used by rules; ``number`` is its short serial (``A03.1``); ``options`` maps each
    option's name to what it means. Undecided (未决) as long as ``ruling`` is None: then ``default`` holds.
    """

    name: str
    number: str
    clause: str
    question: str
    options: Mapping[str, str]
    default: str
    basis: str
    effect: Effect
    carrier: str = ""
    ruling: Ruling | None = None
    document: str = ""
    place: Place = NOWHERE

    @property
    def holding_option(self) -> str:
        """The option that holds now: the ruling's, or the default."""
        return self.ruling.option if self.ruling else self.default

    @property
    def is_decided(self) -> bool:
        """Whether an officer has decided it."""
        return self.ruling is not None
