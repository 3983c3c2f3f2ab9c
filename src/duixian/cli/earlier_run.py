"""The last run, used again (增量测算): enterprises about which nothing changed keep their results, all others are decided anew.

What a run leaves for the next lies in ``last-run`` beside its results: a fingerprint of every enterprise, the results, and what hung on
open questions. It is used only when policies, answers, day and options are the same; the new results are those of a full run, to the byte.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from shutil import rmtree
from types import TracebackType
from typing import Any

import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]

from duixian.cli.stored_rows import StoredRows, StoredWriter
from duixian.exchange.columns.block_reading import Block
from duixian.kernel.fingerprints import fingerprints, unchanged
from duixian.kernel.result_table import Listed
from duixian.rules.policy import City
from duixian.rules.vocabulary import FieldType

FOLDER = "last-run"
_INPUTS = "inputs.txt"
FINGERPRINTS, RESULTS, STAKES = "fingerprints.parquet", "results.parquet", "stakes.parquet"


@dataclass(frozen=True, slots=True)
class Meeting:
    """A block beside the last run (比对): the tables of those enterprises that have to be decided, and what the others keep."""

    touched: Mapping[str, Any]
    kept: int
    codes: Any
    fingerprints: Any
    results: Any
    stakes: Any
    run: EarlierRun

    def joined(self, table: Any, stakes: Any) -> tuple[Any, Any]:
        """The results of the whole block, those decided now among those kept, as a full run would give them."""
        both = _by_enterprise([self.results, table], self.codes)
        told = _by_enterprise([self.stakes, stakes], self.codes)
        self.run.keep(self.fingerprints, both, told)
        return both, told


class EarlierRun:
    """What the last run left, and what this one leaves (上次运行); used as a context."""

    def __init__(self, out: Path, inputs: str, city: City) -> None:
        self._folder, self._next = out / FOLDER, out / f".{FOLDER}.part"
        self._inputs = inputs
        self._code_fields = {
            name: kind.field_of_type(FieldType.CREDIT_CODE) for name, kind in city.vocabulary.kinds.items()
        }
        self._before: dict[str, StoredRows] = {}
        self._writers: dict[str, StoredWriter] = {}

    def __enter__(self) -> EarlierRun:
        rmtree(self._next, ignore_errors=True)
        self._next.mkdir(parents=True)
        is_alike = _read(self._folder / _INPUTS) == self._inputs
        for name, column in ((FINGERPRINTS, "code"), (RESULTS, "enterprise"), (STAKES, "enterprise")):
            self._before[name] = StoredRows(self._folder / name if is_alike else None, column)
            self._writers[name] = StoredWriter(self._next / name)
        return self

    def meet(self, block: Block) -> Meeting:
        """Hold a block against the last run."""
        now = fingerprints(block.tables, self._code_fields)
        codes = now["code"].combine_chunks()
        before = self._before[FINGERPRINTS].until(block.last)
        same = unchanged(before, now) if before is not None else None
        kept_codes = codes.filter(pa.array(same)) if same is not None else codes.slice(0, 0)
        touched = {
            kind: table.filter(
                pc.invert(pc.is_in(table[self._code_fields[kind]], kept_codes.cast(pa.string())))
            )
            for kind, table in block.tables.items()
        }
        return Meeting(
            touched if len(kept_codes) else block.tables,
            len(kept_codes),
            codes,
            now,
            _of(self._before[RESULTS].until(block.last), kept_codes),
            _of(self._before[STAKES].until(block.last), kept_codes),
            self,
        )

    def keep(self, marks: Any, results: Any, stakes: Any) -> None:
        """Leave a block for the next run."""
        for name, rows in ((FINGERPRINTS, marks), (RESULTS, results), (STAKES, stakes)):
            self._writers[name].add(rows)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for rows in self._before.values():
            rows.close()
        for writer in self._writers.values():
            writer.close()
        if kind is not None:
            rmtree(self._next, ignore_errors=True)
            return
        (self._next / _INPUTS).write_text(self._inputs, "utf-8")
        rmtree(self._folder, ignore_errors=True)
        self._next.replace(self._folder)


def _read(path: Path) -> str:
    return path.read_text("utf-8") if path.is_file() else ""


def _of(rows: Any, codes: Any) -> Any:
    """Those of the rows whose enterprises keep what they had."""
    if rows is None:
        return None
    return rows.filter(pc.is_in(rows["enterprise"], codes.cast(rows["enterprise"].type)))


def _by_enterprise(parts: list[Any], codes: Any) -> Any:
    """Rows of several parts in the order of the enterprises, each enterprise's own in the order in which they were."""
    given = [part for part in parts if part is not None and len(part)]
    if not given:
        return next(part for part in reversed(parts) if part is not None)
    wide = given[-1].schema
    whole = pa.concat_tables([part.cast(wide) for part in given]).unify_dictionaries()
    owner = pc.index_in(whole["enterprise"], codes.cast(wide.field("enterprise").type)).cast(pa.int64())
    if "owner" in whole.column_names:
        whole = whole.set_column(whole.column_names.index("owner"), "owner", owner)
    place = pa.array(range(len(whole)))
    order = pc.sort_indices(
        pa.table({"owner": owner, "place": place}), [("owner", "ascending"), ("place", "ascending")]
    )
    return _named_in_order(whole.take(order))


def _named_in_order(table: Any) -> Any:
    """A table whose lists of names stand in the order of its rows, as in a full run."""
    columns = []
    for column in table.columns:
        array = column.combine_chunks()
        if pa.types.is_dictionary(column.type):
            places = array.indices.to_numpy(zero_copy_only=False)
            array = Listed(places.astype("int64"), array.dictionary.to_pylist()).arrow()
        columns.append(array)
    return pa.table(columns, names=table.column_names)
