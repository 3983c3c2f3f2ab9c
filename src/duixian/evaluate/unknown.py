"""Three-valued logic: true, false, or unknown with the list of what is missing."""

from __future__ import annotations

from collections.abc import Iterable


class Unknown:
    """Not known (未知): ``missing`` names the fields that would settle it, as 种类.字段. Missing is never zero."""

    __slots__ = ("missing",)

    def __init__(self, missing: Iterable[str]) -> None:
        self.missing = frozenset(missing)

    def __bool__(self) -> bool:
        raise TypeError("an unknown is neither true nor false")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Unknown) and self.missing == other.missing

    def __hash__(self) -> int:
        return hash(self.missing)

    def __repr__(self) -> str:
        return f"Unknown({sorted(self.missing)})"

    def joined(self, other: object) -> Unknown:
        """This unknown with what ``other`` misses as well, when that is unknown too."""
        return Unknown(self.missing | other.missing) if isinstance(other, Unknown) else self
