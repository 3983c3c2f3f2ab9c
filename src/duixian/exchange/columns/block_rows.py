"""The rows of one block (块内各类行): from every table its stretch of enterprises, and the odd records that are among them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence

from duixian.exchange.columns.kind_rows import KindRows, concatenated, merged, rows_of_records
from duixian.exchange.columns.odd_records import OddRecord
from duixian.exchange.columns.second_pass import Cursor
from duixian.rules.vocabulary import FactKind


class BlockRows:
    """Takes block after block from all tables (取块). ``odd`` are the records that were settled before, by kind."""

    def __init__(
        self,
        kinds: Mapping[str, FactKind],
        cursors: Mapping[str, Sequence[Cursor]],
        odd: Mapping[str, Sequence[OddRecord]],
    ) -> None:
        self._kinds, self._cursors = kinds, cursors
        self._odd = {kind: sorted(odd.get(kind, ()), key=_code) for kind in kinds}

    def take(self, end: bytes | None) -> dict[str, KindRows]:
        """All rows of the next enterprises up to that code, by kind; of all that are left when there is none.

        Raises:
            BrokenOff: when a file is damaged.
        """
        taken = {kind: self._take(kind, end) for kind in self._kinds}
        return {kind: rows for kind, rows in taken.items() if rows is not None and len(rows)}

    def _take(self, kind: str, end: bytes | None) -> KindRows | None:
        parts = []
        for cursor in self._cursors.get(kind, ()):
            stretches = [each for each in cursor.take(end) if len(each)]
            parts += [concatenated(stretches)] if stretches else []
        if odd := self._odd_until(kind, end):
            parts.append(rows_of_records(self._kinds[kind], odd))
        return merged(parts) if parts else None

    def _odd_until(self, kind: str, end: bytes | None) -> list[OddRecord]:
        waiting = self._odd[kind]
        if found := [each for cursor in self._cursors.get(kind, ()) for each in cursor.met()]:
            waiting += found
            waiting.sort(key=_code)
        count = len(waiting) if end is None else bisect_right(waiting, end.decode("ascii"), key=_code)
        taken, self._odd[kind] = waiting[:count], waiting[count:]
        return taken


def _code(each: OddRecord) -> str:
    return each.record.code
