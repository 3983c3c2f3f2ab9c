"""Spans of days (起止日期): when an attribute holds, both days included, an open end as None; and where two of them meet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from duixian.office.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Span:
    """From one day to another (起止)."""

    first: date | None = None
    last: date | None = None

    def __post_init__(self) -> None:
        """A span that ends before it begins is refused (``span-backwards``)."""
        if self.first is not None and self.last is not None and self.last < self.first:
            raise Refusal("span-backwards", "止日早于起日", why=f"{self}", fix="请核对起止日期")

    def meets(self, other: Span) -> bool:
        """Whether there is a day in both."""
        return _not_after(self.first, other.last) and _not_after(other.first, self.last)

    def holds(self, other: Span) -> bool:
        """Whether every day of the other is in this one."""
        begins = self.first is None or (other.first is not None and self.first <= other.first)
        ends = self.last is None or (other.last is not None and other.last <= self.last)
        return begins and ends

    def __str__(self) -> str:
        """``2024-01-01至2025-12-31``; an open end as 不限."""
        return f"{self.first or '不限'}至{self.last or '不限'}"


def _not_after(first: date | None, last: date | None) -> bool:
    return first is None or last is None or first <= last
