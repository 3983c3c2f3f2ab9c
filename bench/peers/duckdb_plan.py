"""DuckDB beside us (DuckDB 方案): the best plan in SQL that we could make, and the plain one, in memory and from files to files."""

from __future__ import annotations

from dataclasses import fields
from typing import NamedTuple

import duckdb
import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]

from bench.peers import duckdb_naive, duckdb_sql
from bench.peers.duckdb_files import run_files
from bench.peers.duckdb_rules import project_rules, title_rules
from bench.peers.engine import Engine
from bench.peers.lines import Lines
from bench.world.columns import Columns, Projects, Recognitions, Supports

THREADS = 2
_AWARDS = """
SELECT enterprise::INT AS enterprise, measure::TINYINT AS measure, row::TINYINT AS row, fact::INT AS fact, outcome::TINYINT AS outcome,
    ceiling AS ceiling_fen,
    CASE outcome WHEN 0 THEN amount WHEN 6 THEN -1 ELSE 0 END AS amount_fen,
    CASE WHEN outcome = 0 THEN amount * 3 // 10 ELSE -1 END AS city_fen,
    CASE WHEN outcome = 0 THEN amount - amount * 3 // 10 ELSE -1 END AS county_fen
FROM ({lines})
"""


class Prepared(NamedTuple):
    """A database in memory that holds the facts, the statements that prepare the lines, and the one that gives them."""

    database: duckdb.DuckDBPyConnection
    stages: tuple[str, ...]
    awards: str


def narrowed() -> Engine:
    """Rules joined by title, one look-up for all exceptions, windows only over what is limited."""
    return Engine(
        "DuckDB, best plan",
        "rules joined by title, narrowed windows",
        _prepare_narrowed,
        _run,
        _told,
        run_files,
    )


def naive() -> Engine:
    """Rules joined by title, every demand a window over all lines."""
    return Engine(
        "DuckDB, plain plan", "rules joined by title, windows over all lines", _prepare_naive, _run, _told
    )


def _prepare_narrowed(columns: Columns) -> Prepared:
    return Prepared(database(columns), duckdb_sql.STAGES, _AWARDS.format(lines=duckdb_sql.lines()))


def _prepare_naive(columns: Columns) -> Prepared:
    return Prepared(database(columns), duckdb_naive.STAGES, _AWARDS.format(lines=duckdb_naive.LINES))


def database(columns: Columns) -> duckdb.DuckDBPyConnection:
    """The integer columns as tables in memory, and the rules."""
    made = duckdb.connect(config={"threads": THREADS, "preserve_insertion_order": False})
    parts: dict[str, Recognitions | Projects | Supports] = {
        "recognition": columns.recognitions,
        "project": columns.projects,
        "support": columns.supports,
    }
    for name, part in parts.items():
        table = pa.table(
            {field.name.replace("number", "fact"): getattr(part, field.name) for field in fields(part)}
        )
        made.register("given", table)
        made.execute(f"CREATE TABLE {name} AS SELECT * FROM given")
    made.execute("ALTER TABLE project ALTER existing TYPE BOOLEAN")
    number = np.arange(len(columns.enterprises), dtype=np.int32) + np.int32(columns.enterprises.first)
    made.register("given", pa.table({"enterprise": number, "size": columns.enterprises.size}))
    made.execute("CREATE TABLE enterprise AS SELECT * FROM given")
    for name, table in (("title_rule", title_rules()), ("project_rule", project_rules())):
        made.register("given", table)
        made.execute(f"CREATE TABLE {name} AS SELECT * FROM given")
    return made


def _run(prepared: Prepared) -> pa.Table:
    for statement in prepared.stages:
        prepared.database.execute(statement)
    return prepared.database.sql(prepared.awards).to_arrow_table()


def _told(made: pa.Table) -> Lines:
    return Lines(*(made[each.name].to_numpy() for each in fields(Lines)))
