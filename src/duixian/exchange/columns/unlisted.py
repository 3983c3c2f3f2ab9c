"""Enterprises that have facts and no description (未登记企业): noted once each, at the first row that is theirs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from duixian.credit_code import masked
from duixian.errors import Place, Severity
from duixian.exchange.columns.findings_by_line import FindingsByLine
from duixian.exchange.columns.kind_rows import KindRows
from duixian.exchange.tables.roles import Roles
from duixian.exchange.tables.shown import shown

Places = npt.NDArray[np.int64]


def tell_unlisted(
    facts: Mapping[str, KindRows],
    of_rows: Mapping[str, Places],
    unlisted: Places,
    roles: Mapping[str, Roles],
    places: Sequence[Place],
    findings: FindingsByLine,
) -> None:
    """Note the enterprises ``unlisted``, which rise. ``of_rows`` numbers the enterprise of every row of each kind."""
    table, line = _first_rows(facts, of_rows, unlisted, places)

    for number in np.unique(table).tolist():
        own = np.flatnonzero(table == number)

        def tell(row: int, own: Places = own) -> tuple[str, str, dict[str, str]]:
            code, name = _named(facts, of_rows, roles, int(unlisted[own[row]]))
            return f"{masked(code)} {shown(name)}".strip(), "", {}

        findings.add_rows("enterprise-not-listed", places[number], line[own], tell, Severity.NOTE)


def _first_rows(
    facts: Mapping[str, KindRows], of_rows: Mapping[str, Places], unlisted: Places, places: Sequence[Place]
) -> tuple[Places, Places]:
    """The table and the line of the first row of each of these enterprises; first by file, then by line."""
    files = _ranks([place.file for place in places])
    sheets = _ranks([place.sheet for place in places])
    whose, tables, lines = [], [], []
    for kind, rows in facts.items():
        own = np.flatnonzero(np.isin(of_rows[kind], unlisted))
        whose.append(of_rows[kind][own])
        tables.append(rows.tables[own].astype(np.int64))
        lines.append(rows.lines[own])
    who, table, line = np.concatenate(whose), np.concatenate(tables), np.concatenate(lines)
    order = np.lexsort((sheets[table], line, files[table], who))
    first = order[np.searchsorted(who[order], unlisted)]
    return table[first], line[first]


def _ranks(names: Sequence[str]) -> Places:
    order = {name: rank for rank, name in enumerate(sorted(set(names)))}
    return np.array([order[name] for name in names], np.int64)


def _named(
    facts: Mapping[str, KindRows], of_rows: Mapping[str, Places], roles: Mapping[str, Roles], enterprise: int
) -> tuple[str, str]:
    """The code of an enterprise, and the name that its facts tell first."""
    code = told = ""
    for kind in sorted(facts):
        start, end = np.searchsorted(of_rows[kind], [enterprise, enterprise + 1]).tolist()
        if start == end:
            continue
        code = facts[kind].codes[start].decode("ascii")
        own = facts[kind].table.slice(start, end - start)
        number, name = roles[kind].id, roles[kind].name
        if not told and name in own.column_names:
            numbers = own.column(number).to_pylist() if number in own.column_names else [""] * (end - start)
            pairs = sorted(
                zip(numbers, own.column(name).to_pylist(), strict=True), key=lambda pair: pair[0] or ""
            )
            told = next((text for _, text in pairs if text), "")
    return code, told
