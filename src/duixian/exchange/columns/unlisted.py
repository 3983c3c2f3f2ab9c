"""Enterprises that have facts and no description (未登记企业): noted once each, at the first row that is theirs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa  # type: ignore[import-untyped]

from duixian.credit_code import masked
from duixian.errors import Place, Severity
from duixian.exchange.columns.enterprises import Enterprises
from duixian.exchange.columns.findings_by_line import FindingsByLine
from duixian.exchange.columns.kind_rows import KindRows
from duixian.exchange.tables.roles import Roles
from duixian.exchange.tables.shown import shown

Places = npt.NDArray[np.int64]


def tell_unlisted(
    facts: Mapping[str, KindRows],
    enterprises: Enterprises,
    roles: Mapping[str, Roles],
    places: Sequence[Place],
    findings: FindingsByLine,
) -> None:
    """Note every enterprise that no row describes."""
    table, line = _first_rows(facts, enterprises, places)
    for number in np.unique(table).tolist():
        own = np.flatnonzero(table == number)

        def tell(row: int, own: Places = own) -> tuple[str, str, dict[str, str]]:
            place = int(enterprises.unlisted[own[row]])
            code = enterprises.codes[place].decode("ascii")
            return f"{masked(code)} {shown(_name(facts, enterprises, roles, place))}".strip(), "", {}

        findings.add_rows("enterprise-not-listed", places[number], line[own], tell, Severity.NOTE)


def _first_rows(
    facts: Mapping[str, KindRows], enterprises: Enterprises, places: Sequence[Place]
) -> tuple[Places, Places]:
    """The table and the line of the first row of each of these enterprises; first by file, then by line."""
    files = _ranks([place.file for place in places])
    sheets = _ranks([place.sheet for place in places])
    whose, tables, lines = [], [], []
    for kind, rows in facts.items():
        of_runs = enterprises.of_runs[kind]
        which = np.isin(of_runs, enterprises.unlisted)
        own = rows.runs.rows_of(which)
        whose.append(rows.runs.spread(of_runs, which))
        tables.append(rows.tables[own].astype(np.int64))
        lines.append(rows.lines[own])
    who, table, line = np.concatenate(whose), np.concatenate(tables), np.concatenate(lines)
    order = np.lexsort((sheets[table], line, files[table], who))
    first = order[np.searchsorted(who[order], enterprises.unlisted)]
    return table[first], line[first]


def _ranks(names: Sequence[str]) -> Places:
    order = {name: rank for rank, name in enumerate(sorted(set(names)))}
    return np.array([order[name] for name in names], np.int64)


def _name(
    facts: Mapping[str, KindRows], enterprises: Enterprises, roles: Mapping[str, Roles], enterprise: int
) -> str:
    """The name that the facts of an enterprise tell first."""
    for kind in sorted(facts):
        rows, number, name = facts[kind], roles[kind].id, roles[kind].name
        if name not in rows.table.column_names:
            continue
        own = rows.table.take(pa.array(rows.runs.rows_of(enterprises.of_runs[kind] == enterprise)))
        numbers = own.column(number).to_pylist() if number in own.column_names else [""] * len(own)
        pairs = sorted(
            zip(numbers, own.column(name).to_pylist(), strict=True), key=lambda pair: pair[0] or ""
        )
        if told := next((text for _, text in pairs if text), ""):
            return str(told)
    return ""
