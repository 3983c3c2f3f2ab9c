"""What can go wrong, in four kinds.

- a :class:`Problem` sits in a policy file or a table: it is a value, all of them are collected;
- *ineligible* is an outcome with a trace (see ``duixian.rules.determination``);
- *undetermined* (待核, 待定) is an outcome that lists what is missing or undecided;
- a *bug* raises an ordinary exception.

The words of every problem (what, why, one fix) live in ``duixian/wording/problems/*.toml``, in Chinese and English.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Severity(StrEnum):
    """How much a problem weighs (严重程度): an error stops the run of that policy or row, a warning and a note do not."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something stands (位置): a file and, inside it, 1-based lines and columns (0 means "the whole file").

    For tables ``line`` is the row as the officer sees it, ``column`` the 1-based column, ``sheet`` the sheet's name.
    Columns count Unicode characters; ``end_column`` is exclusive.
    """

    file: str
    line: int = 0
    column: int = 0
    end_line: int = 0
    end_column: int = 0
    sheet: str = ""

    def __str__(self) -> str:
        sheet = f"[{self.sheet}]" if self.sheet else ""
        if not self.line:
            return f"{self.file}{sheet}"
        column = f":{self.column}" if self.column else ""
        return f"{self.file}{sheet}:{self.line}{column}"


NOWHERE = Place("")


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in a policy or a table (问题), told so that its author can mend it.

    ``code`` is stable and never renamed (``room.kebab-case``); ``found`` and ``expected`` are the two sides of the
    disagreement in the author's own words; ``detail`` fills further blanks of the wording. Personal data is never echoed.
    """

    code: str
    place: Place = NOWHERE
    severity: Severity = Severity.ERROR
    clause: str = ""
    found: str = ""
    expected: str = ""
    detail: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_error(self) -> bool:
        """Whether the problem stops what it touches."""
        return self.severity is Severity.ERROR


def sorted_problems(problems: list[Problem]) -> list[Problem]:
    """The same problems by file, sheet and place, then code: the order in which they are shown and compared."""
    return sorted(problems, key=lambda p: (p.place.file, p.place.sheet, p.place, p.code, p.found))
