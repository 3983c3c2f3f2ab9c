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
from duixian.exchange.columns.kind_rows import KindRows
from duixian.exchange.columns.read_column import valid_of
from duixian.exchange.columns.table_columns import one_chunk
from duixian.exchange.tables.roles import Roles, references_of
from duixian.exchange.tables.shown import shown

Places = npt.NDArray[np.int64]
_MOST_PAIRS = 4
"""So many references and rows are held against each other, as a multiple of what there is of both."""


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
    asked = _Asked(whose, numbers.take(pa.array(referring)), len(enterprises.codes))
    found = {
        each: asked.are_among(facts[each], roles[each].id, enterprises.of_runs[each])
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


@dataclass(frozen=True, slots=True)
class _Asked:
    """Numbers that are referred to (被引编号), with the places of those who do so among so many ``enterprises``."""

    whose: Places
    numbers: Any
    enterprises: int

    def are_among(self, rows: KindRows, field: str, of_runs: Places) -> npt.NDArray[np.bool_]:
        """Which of them are numbers of rows of the same enterprise."""
        run_of = np.full(self.enterprises, -1, np.int64)
        run_of[of_runs] = np.arange(len(of_runs))
        runs = run_of[self.whose]
        # Whoever has no rows is looked up in the last run, and then has none of its rows.
        lengths = np.where(runs < 0, 0, rows.runs.lengths[runs])
        number, pairs = one_chunk(rows.table.column(field)), int(lengths.sum())
        if pairs > _MOST_PAIRS * (len(rows) + len(lengths)):
            return self._are_known(rows, number, of_runs)
        # Few enterprises have many rows: each reference is held against all rows of its own.
        referring = np.repeat(np.arange(len(lengths)), lengths)
        row = np.arange(pairs) + np.repeat(rows.runs.starts[runs] - np.cumsum(lengths) + lengths, lengths)
        same = pc.equal(self.numbers.take(pa.array(referring)), number.take(pa.array(row)))
        met = np.zeros(len(lengths), np.bool_)
        met[referring[same.fill_null(False).to_numpy(zero_copy_only=False)]] = True
        return met

    def _are_known(self, rows: KindRows, numbers: Any, of_runs: Places) -> npt.NDArray[np.bool_]:
        known = set(zip(rows.runs.spread(of_runs).tolist(), numbers.to_pylist(), strict=True))
        own = zip(self.whose.tolist(), self.numbers.to_pylist(), strict=True)
        return np.array([pair in known for pair in own], np.bool_)
