"""References that lead nowhere, or to two facts (悬空引用): the rules of ``tables.references``, for whole columns."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl
import pyarrow as pa  # type: ignore[import-untyped]

from duixian.errors import Place, Severity
from duixian.exchange.columns.findings_by_line import FindingsByLine
from duixian.exchange.columns.kind_rows import KindRows
from duixian.exchange.columns.read_column import valid_of
from duixian.exchange.columns.table_columns import one_chunk
from duixian.exchange.tables.roles import Roles, references_of
from duixian.exchange.tables.shown import shown

Places = npt.NDArray[np.int64]
_KEY = ["enterprise", "number"]


def tell_loose(
    facts: Mapping[str, KindRows],
    of_rows: Mapping[str, Places],
    roles: Mapping[str, Roles],
    places: Sequence[Place],
    findings: FindingsByLine,
) -> None:
    """Warn of references that lead to no fact of the same enterprise, or to facts of several kinds.

    ``of_rows`` numbers the enterprise of every row of each kind.
    """
    for kind, rows in facts.items():
        for field in references_of(rows.kind, roles[kind]):
            if field in rows.table.column_names:
                _tell(kind, field, facts, of_rows, roles, places, findings)


def _tell(
    kind: str,
    field: str,
    facts: Mapping[str, KindRows],
    of_rows: Mapping[str, Places],
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
    asked = _numbered(of_rows[kind][referring], numbers.take(pa.array(referring)))
    others = [each for each in facts if each != kind and roles[each].id in facts[each].table.column_names]
    found = {each: _is_met(asked, of_rows[each], facts[each].table.column(roles[each].id)) for each in others}
    count = np.sum(list(found.values()), axis=0) if found else np.zeros(len(referring), np.int64)

    def listed(place: int) -> str:
        return "、".join(sorted(each for each, met in found.items() if met[place]))

    for code, which in (("dangling-reference", count == 0), ("ambiguous-reference", count > 1)):
        loose = np.flatnonzero(which)
        tell = _telling(asked["number"], loose, field, listed)
        _add(findings, code, rows, referring[loose], places, tell)


_Tell = Callable[[int], tuple[str, str, dict[str, str]]]


def _telling(numbers: pl.Series, loose: Places, field: str, listed: Callable[[int], str]) -> _Tell:
    def tell(row: int) -> tuple[str, str, dict[str, str]]:
        place = int(loose[row])
        return shown(numbers[place]), listed(place), {"field": field}

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


def _numbered(enterprises: Places, numbers: Any) -> pl.DataFrame:
    return pl.DataFrame({"enterprise": enterprises, "number": pl.from_arrow(numbers)})


def _is_met(asked: pl.DataFrame, enterprises: Places, numbers: Any) -> npt.NDArray[np.bool_]:
    """Which of the asked pairs of enterprise and number are there."""
    who = np.zeros(int(max(asked["enterprise"].max() or 0, enterprises.max(initial=0))) + 1, np.bool_)
    who[asked["enterprise"].to_numpy()] = True
    is_asked = who[enterprises]
    known = _numbered(enterprises[is_asked], one_chunk(numbers.filter(pa.array(is_asked))))
    met = asked.with_row_index("row").join(known, on=_KEY, how="semi")["row"].to_numpy()
    answer = np.zeros(len(asked), np.bool_)
    answer[met] = True
    return answer
