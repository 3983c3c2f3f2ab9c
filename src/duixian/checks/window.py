"""When documents apply (适用期间): under the decisions that hold, and under each option of an open date."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from duixian.rules.decided import Choice, Decided, Decisions, resolve
from duixian.rules.policy import Policy


@dataclass(frozen=True, slots=True)
class Window:
    """From one day to another (期间), both included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """How many days it has; 0 when it is empty."""
        return max((self.last - self.first).days + 1, 0)

    def meets(self, other: Window) -> Window:
        """The days that both have; empty when ``last`` lies before ``first``."""
        return Window(max(self.first, other.first), min(self.last, other.last))

    def __str__(self) -> str:
        return f"{self.first.isoformat()}—{self.last.isoformat()}"


def holding_window(policy: Policy, decisions: Decisions) -> Window:
    """When a document applies under these decisions."""
    return Window(resolve(policy.validity.first_day, decisions), resolve(policy.validity.last_day, decisions))


def widest_window(policy: Policy) -> Window:
    """When a document applies under whatever option makes it longest."""
    return Window(min(_days(policy.validity.first_day)), max(_days(policy.validity.last_day)))


def other_windows(policy: Policy, decisions: Decisions) -> Mapping[str, Window]:
    """The window under every option that does not hold: ``口径 = 选项`` → window."""
    windows: dict[str, Window] = {}
    for decided in (policy.validity.first_day, policy.validity.last_day):
        if isinstance(decided, Choice):
            for option in decided.options:
                if option != decisions.get(decided.interpretation):
                    changed = {**decisions, decided.interpretation: option}
                    windows[f"{decided.interpretation} = {option}"] = holding_window(policy, changed)
    return windows


def _days(decided: Decided[date]) -> list[date]:
    return list(decided.options.values()) if isinstance(decided, Choice) else [decided]
