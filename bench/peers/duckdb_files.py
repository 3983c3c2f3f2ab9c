"""DuckDB from Parquet to Parquet: the best plan on the typed tables, read once, with the texts that stand in them (文件到文件).

In DuckDB's favour the plan takes an enterprise's facts to stand in the files in the order of their ids, as the world writes them, and
leaves the order of its lines open.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

from bench.peers import duckdb_sql
from bench.peers.duckdb_rules import project_rules, title_rules
from bench.peers.workload import rules
from duixian.rules.determination import Outcome

THREADS = 2

# Texts become codes as they are read; a fact's place in its file tells facts apart, projects after all recognitions.
_READ = (
    """
CREATE TEMP TABLE recognition AS
SELECT 统一社会信用代码 AS enterprise, file_row_number::INT AS fact, 编号 AS id, title, round, (日期 - DATE '1970-01-01')::INT AS day
FROM read_parquet('{folder}/认定.parquet', file_row_number = true)
JOIN title_code ON name = 称号 AND level = coalesce(级别, '') AND grade = coalesce(等级, '') AND round_name = 轮次
""",
    """
CREATE TEMP TABLE project AS
SELECT 统一社会信用代码 AS enterprise, (1000000000 + file_row_number)::INT AS fact, 编号 AS id, category,
    coalesce((有效投入额 * 100)::BIGINT, -1) AS invested_fen, (竣工日期 - DATE '1970-01-01')::INT AS day, 存量企业 AS existing
FROM read_parquet('{folder}/投资项目.parquet', file_row_number = true)
JOIN project_rule ON name = 类别
""",
    """
CREATE TEMP TABLE enterprise AS
SELECT 统一社会信用代码 AS enterprise, 1 AS size FROM read_parquet('{folder}/企业.parquet') WHERE 规上类别 = '规上软件和信息服务业'
""",
    """
CREATE TEMP TABLE supported AS
WITH named AS (SELECT DISTINCT 事实编号 AS id FROM read_parquet('{folder}/上级支持.parquet') WHERE 级别 IN ('省级', '国家级'))
SELECT fact AS about FROM recognition WHERE id IN (SELECT id FROM named)
UNION ALL
SELECT fact FROM project WHERE id IN (SELECT id FROM named)
""",
)


def run_files(folder: Path, out: Path) -> None:
    """Read the typed tables of a folder, decide, write the awards (snappy, what both take when nobody says otherwise)."""
    database = duckdb.connect(config={"threads": THREADS, "preserve_insertion_order": False})
    for name, table in (("title_rule", title_rules()), ("project_rule", project_rules())):
        database.register("given", table)
        database.execute(f"CREATE TABLE {name} AS SELECT * FROM given")
    database.execute(
        "CREATE TABLE title_code AS SELECT DISTINCT title, round, name, level, grade, round_name FROM title_rule"
    )
    for statement in _READ:
        database.execute(statement.format(folder=str(folder).replace("'", "''")))
    for statement in duckdb_sql.STAGES[1:]:
        database.execute(statement)
    path = str(out).replace("'", "''")
    database.execute(f"COPY ({_awards()}) TO '{path}' (FORMAT parquet, COMPRESSION snappy)")
    database.close()


def _awards() -> str:
    """The lines in the words of the results; sums that are unknown or not there are null."""
    return f"""
SELECT enterprise, {_names(rules().measure_ids)}[measure + 2] AS measure_id, {_names(rules().row_ids)}[row + 2] AS row, fact,
    {_names(tuple(str(each) for each in Outcome))}[outcome + 2] AS outcome,
    CASE WHEN ceiling >= 0 THEN ceiling END AS ceiling_fen,
    CASE outcome WHEN 0 THEN amount WHEN 6 THEN NULL ELSE 0 END AS amount_fen,
    CASE WHEN outcome = 0 THEN amount * 3 // 10 END AS city_fen,
    CASE WHEN outcome = 0 THEN amount - amount * 3 // 10 END AS county_fen
FROM ({duckdb_sql.lines("id")})
"""


def _names(names: tuple[str, ...]) -> str:
    """A list in SQL whose first place is for none."""
    return "[" + ", ".join(f"'{name}'" for name in ("", *names)) + "]"
