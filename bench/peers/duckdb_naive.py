"""The plain plan in SQL (直白写法): what one writes first, each demand a window over all lines; for comparison with the narrowed one."""

from __future__ import annotations

from bench.peers.duckdb_sql import PROJECTED, SUPPORTED, TAKEN, YEAR, force, project_lines

LINES = f"""
WITH met AS (
    SELECT fact_.enterprise, fact_.fact, day, rule.* EXCLUDE (title, round, name, level, grade, round_name), {YEAR} * a_year::INT AS year,
        CASE WHEN document = 0 THEN {force("b")} ELSE {force("a")} END AS in_force,
        may_be_barred AND supported.about IS NOT NULL AS is_barred, maker.size AS size,
        row_number() OVER (PARTITION BY fact_.enterprise, first_row ORDER BY day, fact_.fact) AS turn,
        min(day) FILTER (is_factory) OVER (PARTITION BY fact_.enterprise) AS since
    FROM recognition AS fact_
    JOIN title_rule AS rule USING (title, round)
    JOIN enterprise AS maker ON maker.enterprise = fact_.enterprise
    LEFT JOIN supported ON supported.about = fact_.fact
), judged AS (
    SELECT *, CASE WHEN refuses OR (wants_first AND turn > 1) OR (wants_factory AND (since IS NULL OR since > day))
        OR (wants_software AND size <> 1) THEN 3 WHEN NOT in_force THEN 4 WHEN is_barred THEN 5 ELSE 0 END AS way
    FROM met
), compared AS (
    SELECT *,
        row_number() OVER (PARTITION BY fact ORDER BY way = 0 DESC, fen DESC, document) AS rank_of_fact,
        row_number() OVER (PARTITION BY enterprise, measure, year ORDER BY way = 0 DESC, fen DESC, day, fact) AS rank_of_measure,
        CAST(sum(CASE WHEN way = 0 THEN fen ELSE 0 END) OVER (
            PARTITION BY enterprise, measure, year ORDER BY day, fact ROWS UNBOUNDED PRECEDING) AS BIGINT) AS upto
    FROM judged
), cut AS (
    SELECT *, CASE WHEN summed THEN least(fen, greatest(most_fen - (upto - fen), 0)) ELSE fen END AS amount FROM compared
)
SELECT enterprise, measure, row, fact,
    CASE WHEN way = 5 THEN 3 WHEN way > 0 THEN way WHEN rank_of_fact > 1 THEN 1
        WHEN (counted AND rank_of_measure > 1) OR amount = 0 THEN 2 ELSE 0 END AS outcome,
    CASE WHEN way = 3 THEN -1 ELSE fen END AS ceiling, amount
FROM cut
UNION ALL
{project_lines()}
"""

STAGES = (SUPPORTED, PROJECTED, TAKEN)
"""Projects are few: their part is the same in both plans."""
