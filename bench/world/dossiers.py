"""Typed fact tables as dossiers (一企一档), for the reference engine: slow, and meant for thousands of enterprises."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby

import pyarrow as pa  # type: ignore[import-untyped]

from duixian.rules.fact import Dossier, Fact, Value
from duixian.rules.vocabulary import Vocabulary

CODE, ID = "统一社会信用代码", "编号"


def dossiers(tables: Mapping[str, pa.Table], vocabulary: Vocabulary) -> Iterator[Dossier]:
    """The dossiers of a block of typed tables, in the order of credit codes. Null is missing: the field is left out."""
    subject = vocabulary.subject.name
    facts = sorted(
        ((row[CODE], kind, row) for kind, table in tables.items() if kind != subject for row in _rows(table)),
        key=lambda each: each[0],
    )
    by_code = {code: list(group) for code, group in groupby(facts, key=lambda each: each[0])}
    for row in _rows(tables[subject]):
        code = str(row[CODE])
        yield Dossier(
            code,
            str(row.get("企业名称", "")),
            row,
            tuple(Fact(kind, str(each[ID]), code, each) for _, kind, each in by_code.get(code, ())),
        )


def _rows(table: pa.Table) -> Iterator[dict[str, Value]]:
    for row in table.to_pylist():
        yield {name: value for name, value in row.items() if value is not None}
