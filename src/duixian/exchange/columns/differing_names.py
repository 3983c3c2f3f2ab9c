"""Names beside the codes of other enterprises (名码不符): only names that differ letter for letter are compared closely."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]

from duixian.errors import Place
from duixian.exchange.columns.enterprises import Enterprises
from duixian.exchange.columns.findings_by_line import FindingsByLine
from duixian.exchange.columns.kind_rows import KindRows
from duixian.exchange.columns.table_columns import one_chunk
from duixian.exchange.tables.roles import Roles
from duixian.exchange.tables.roster import FORMER_NAMES, KnownNames
from duixian.exchange.tables.rows import Record
from duixian.rules.fact import Value
from duixian.rules.region import Region

Places = npt.NDArray[np.int64]


def tell_differing(
    subjects: KindRows,
    facts: Mapping[str, KindRows],
    enterprises: Enterprises,
    roles: Mapping[str, Roles],
    region: Region,
    places: Sequence[Place],
    findings: FindingsByLine,
) -> None:
    """Warn of rows whose name is none that their enterprise bears or bore."""
    named = {kind: rows for kind, rows in facts.items() if roles[kind].name in rows.table.column_names}
    if not named:
        return
    subject = subjects.kind.name
    describing = np.full(len(enterprises.codes), -1)
    describing[enterprises.of_runs[subject]] = np.arange(len(subjects))
    names = _texts(subjects.table, roles[subject].name)
    for kind, rows in named.items():
        written = one_chunk(rows.table.column(roles[kind].name))
        whose = rows.runs.spread(describing[enterprises.of_runs[kind]])
        known = names.take(pa.array(whose, mask=whose < 0))
        differ = np.flatnonzero(pc.not_equal(written, known).fill_null(False).to_numpy(zero_copy_only=False))
        if len(differ):
            described = list(_subjects(subjects, np.unique(whose[differ]), names))
            records = _records(rows, written, differ, places)
            KnownNames(described, region).tell_differing(records, findings)


def _texts(table: Any, name: str) -> Any:
    """A column of texts, the empty text where there is none."""
    if name not in table.column_names:
        return pa.array([""] * table.num_rows, pa.string())
    return pc.fill_null(one_chunk(table.column(name)), "")


def _subjects(subjects: KindRows, which: Places, names: Any) -> Iterator[Record]:
    former = _texts(subjects.table, FORMER_NAMES) if FORMER_NAMES in subjects.kind.fields else None
    for row in which.tolist():
        values: dict[str, Value] = {FORMER_NAMES: former[row].as_py()} if former is not None else {}
        code = subjects.runs.code_of(row)
        yield Record(subjects.kind, Place(""), "", code, names[row].as_py(), values)


def _records(rows: KindRows, written: Any, which: Places, places: Sequence[Place]) -> Iterator[Record]:
    for row in which.tolist():
        table = places[rows.tables[row]]
        place = Place(table.file, int(rows.lines[row]), sheet=table.sheet)
        yield Record(rows.kind, place, "", rows.runs.code_of(row), written[row].as_py(), {})
