"""References that lead nowhere, or to two facts (悬空引用): the rules of ``tables.references``, for whole columns."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]

from duixian.errors import Place, Severity
from duixian.exchange.columns.enterprises import Enterprises
from duixian.exchange.columns.findings_by_line import FindingsByLine
from duixian.exchange.columns.keys import Keys, keys_of
from duixian.exchange.columns.kind_rows import KindRows
from duixian.exchange.columns.read_column import valid_of
from duixian.exchange.columns.table_columns import one_chunk
from duixian.exchange.tables.roles import Roles, references_of
from duixian.exchange.tables.shown import shown

Places = npt.NDArray[np.int64]
_SPREAD = np.uint64(0x9E3779B97F4A7C15)


def tell_loose(
    facts: Mapping[str, KindRows],
    enterprises: Enterprises,
    roles: Mapping[str, Roles],
    places: Sequence[Place],
    findings: FindingsByLine,
) -> None:
    """Warn of references that lead to no fact of the same enterprise, or to facts of several kinds."""
    for kind, rows in facts.items():
        for field in references_of(rows.kind, roles[kind]):
            if field in rows.table.column_names:
                _tell(kind, field, facts, enterprises, roles, places, findings)


def _tell(
    kind: str,
    field: str,
    facts: Mapping[str, KindRows],
    enterprises: Enterprises,
    roles: Mapping[str, Roles],
    places: Sequence[Place],
    findings: FindingsByLine,
) -> None:
    rows = facts[kind]
    numbers = one_chunk(rows.table.column(field))
    valid = valid_of(numbers)
    referring = np.arange(len(rows)) if valid is None else np.flatnonzero(valid)
    if not len(referring):
        return
    whose = rows.runs.spread(enterprises.of_runs[kind])[referring]
    asked = _Pairs(whose, numbers.take(pa.array(referring)))
    is_asked = np.zeros(len(enterprises.codes), np.bool_)
    is_asked[whose] = True
    found = {
        each: asked.are_among(_numbered(facts[each], roles[each].id, enterprises.of_runs[each], is_asked))
        for each in facts
        if each != kind and roles[each].id in facts[each].table.column_names
    }
    count = np.sum(list(found.values()), axis=0) if found else np.zeros(len(referring), np.int64)

    def listed(place: int) -> str:
        return "、".join(sorted(each for each, met in found.items() if met[place]))

    for code, which in (("dangling-reference", count == 0), ("ambiguous-reference", count > 1)):
        loose = np.flatnonzero(which)
        tell = _telling(asked.numbers, loose, field, listed)
        _add(findings, code, rows, referring[loose], places, tell)


_Tell = Callable[[int], tuple[str, str, dict[str, str]]]


def _telling(numbers: Any, loose: Places, field: str, listed: Callable[[int], str]) -> _Tell:
    def tell(row: int) -> tuple[str, str, dict[str, str]]:
        place = int(loose[row])
        return shown(numbers[place].as_py()), listed(place), {"field": field}

    return tell


def _add(
    findings: FindingsByLine, code: str, rows: KindRows, which: Places, places: Sequence[Place], tell: _Tell
) -> None:
    """Put down a warning for these rows, table by table."""
    for table in np.unique(rows.tables[which]).tolist():
        own = np.flatnonzero(rows.tables[which] == table)

        def tell_own(row: int, own: Places = own) -> tuple[str, str, dict[str, str]]:
            return tell(int(own[row]))

        findings.add_rows(code, places[table], rows.lines[which[own]], tell_own, Severity.WARNING)


def _numbered(rows: KindRows, field: str, of_runs: Places, is_asked: npt.NDArray[np.bool_]) -> _Pairs:
    """The numbers of facts of those enterprises that are asked for."""
    which = is_asked[of_runs]
    numbers = rows.table.column(field).take(pa.array(rows.runs.rows_of(which)))
    return _Pairs(rows.runs.spread(of_runs, which), one_chunk(numbers))


@dataclass(frozen=True, slots=True)
class _Pairs:
    """Numbers of facts with the places of their enterprises."""

    enterprises: Places
    numbers: Any

    def are_among(self, others: _Pairs) -> npt.NDArray[np.bool_]:
        """Which of these pairs are among the others."""
        own, known = self._keys(), others._keys()
        if not len(known):
            return np.zeros(len(own), np.bool_)
        order, asked = np.argsort(known), np.argsort(own)
        # Asked for in their order, the numbers that are near each other in memory come one after the other.
        places = np.empty(len(own), np.int64)
        places[asked] = np.searchsorted(known[order], own[asked])
        nearest = order[np.minimum(places, len(known) - 1)]
        met = known[nearest] == own
        same = pc.equal(self.numbers, others.numbers.take(pa.array(nearest))).to_numpy(zero_copy_only=False)
        same &= self.enterprises == others.enterprises[nearest]
        # Equal keys of different pairs come once in a million years; then all are compared as they are.
        return met if (same | ~met).all() else self._are_closely_among(others)

    def _keys(self) -> Keys:
        hashes = keys_of(self.numbers).keys
        return hashes ^ (self.enterprises.astype(np.uint64) * _SPREAD)

    def _are_closely_among(self, others: _Pairs) -> npt.NDArray[np.bool_]:
        known = set(zip(others.enterprises.tolist(), others.numbers.to_pylist(), strict=True))
        own = zip(self.enterprises.tolist(), self.numbers.to_pylist(), strict=True)
        return np.array([pair in known for pair in own], np.bool_)
