"""Columns without a name (无名列): told once for a table, however many pieces it is read in."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow.compute as pc  # type: ignore[import-untyped]

from duixian.errors import Place, Severity
from duixian.exchange.columns.table_columns import Lines, one_chunk
from duixian.exchange.tables.findings import Findings
from duixian.exchange.tables.table import column_letters

UNNAMED = "unnamed-column"
_LETTERS_SHOWN = 12
_BETWEEN = "、"


class UnnamedColumns:
    """The columns without a name in which some row that counts has something (无名列)."""

    def __init__(self) -> None:
        self._letters: set[str] = set()

    def look_through(self, raw: Any, written: dict[int, str], lines: Lines, clean: Lines) -> None:
        """Look at such columns of some rows, of which those in the lines ``clean`` count; others are told by the reader of rows."""
        for index, name in written.items():
            if name in raw.column_names:
                cells = pc.not_equal(one_chunk(raw.column(name)), "").fill_null(False)
                filled = np.flatnonzero(cells.to_numpy(zero_copy_only=False))
                if len(filled) and np.isin(lines[filled], clean).any():
                    self._letters.add(column_letters(index + 1))

    def beside(self, findings: Findings) -> Findings:
        """The same findings, but that the reader of rows tells of such columns to this."""
        return _Beside(findings, self._letters)

    def tell(self, findings: Findings, place: Place) -> None:
        """Put down one warning, if there is any such column."""
        if self._letters:
            letters = sorted(self._letters, key=lambda each: (len(each), each))
            findings.warn(UNNAMED, place, found=_BETWEEN.join(letters[:_LETTERS_SHOWN]))


class _Beside(Findings):
    def __init__(self, findings: Findings, letters: set[str]) -> None:
        super().__init__()
        self._findings, self._letters = findings, letters

    def add(
        self,
        code: str,
        place: Place,
        *,
        severity: Severity = Severity.ERROR,
        found: str = "",
        expected: str = "",
        **detail: str,
    ) -> None:
        if code == UNNAMED:
            self._letters.update(found.split(_BETWEEN))
        else:
            self._findings.add(code, place, severity=severity, found=found, expected=expected, **detail)
