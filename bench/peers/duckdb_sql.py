"""The plan in SQL (查询语句), for DuckDB: integers only, ``//`` on BIGINT, sums of BIGINT cast back from HUGEINT.

The same text serves the integer columns in memory and the typed tables in Parquet: what differs is only how facts and enterprises are
keyed, by numbers or by the texts that stand in the files. Days are days since 1970-01-01 in both.
"""

from __future__ import annotations

from bench.peers.workload import rules

YEAR = "((day >= 20454)::INT + (day >= 20819)::INT)"
"""The year as 0, 1, 2: days 20454 and 20819 begin 2026 and 2027."""


def force(letter: str) -> str:
    """Whether a document is in force on ``day``."""
    document = "ba".index(letter)
    return f"day BETWEEN {rules().first_day[document]} AND {rules().last_day[document]}"


SUPPORTED = "CREATE OR REPLACE TEMP TABLE supported AS SELECT DISTINCT about FROM support WHERE level > 0"

# Only a part of the facts must look at others: each demand is asked of those facts alone, and who fails it is kept.
REPEATED = """
CREATE OR REPLACE TEMP TABLE repeated AS
SELECT enterprise, first_row, (min(day::BIGINT << 32 | fact) & 4294967295)::INT AS first_fact
FROM recognition JOIN title_rule USING (title, round) WHERE first_row >= 0 GROUP BY enterprise, first_row HAVING count(*) > 1
"""
FACTORY = """
CREATE OR REPLACE TEMP TABLE factory AS
SELECT enterprise, min(day) AS since
FROM recognition JOIN title_rule USING (title, round) WHERE is_factory GROUP BY enterprise
"""
FAILED = """
CREATE OR REPLACE TEMP TABLE failed AS
SELECT fact FROM recognition JOIN title_rule USING (title, round) JOIN repeated USING (enterprise, first_row)
WHERE wants_first AND fact <> first_fact
UNION ALL
SELECT fact FROM recognition JOIN title_rule USING (title, round) LEFT JOIN factory USING (enterprise)
WHERE wants_factory AND (since IS NULL OR since > day)
UNION ALL
SELECT fact FROM recognition JOIN title_rule USING (title, round)
LEFT JOIN enterprise AS maker ON maker.enterprise = recognition.enterprise AND size = 1
WHERE wants_software AND maker.enterprise IS NULL
"""

# What is limited is a small part too: only there do windows run. ``cut`` is what is left to each award that is cut, 0 for none.
CUT = f"""
CREATE OR REPLACE TEMP TABLE cut AS
WITH limited AS (
    SELECT enterprise, fact, day, measure, {YEAR} * a_year::INT AS year, fen, most_fen, counted
    FROM recognition JOIN title_rule USING (title, round)
    WHERE (counted OR summed) AND NOT refuses AND {force("a")} AND fact NOT IN (SELECT fact FROM failed)
)
SELECT fact, 0::BIGINT AS left_fen FROM (
    SELECT fact, row_number() OVER (PARTITION BY enterprise, measure, year ORDER BY fen DESC, day, fact) AS place FROM limited WHERE counted
) WHERE place > 1
UNION ALL
SELECT fact, least(fen, greatest(most_fen - (upto - fen), 0)) FROM (
    SELECT fact, fen, most_fen, CAST(sum(fen) OVER (
        PARTITION BY enterprise, measure, year ORDER BY day, fact ROWS UNBOUNDED PRECEDING) AS BIGINT) AS upto
    FROM limited WHERE NOT counted
) WHERE upto > most_fen
"""

PROJECTED = f"""
CREATE OR REPLACE TEMP TABLE projected AS
WITH asked AS (
    SELECT fact_.*, {YEAR} AS year, rule.* EXCLUDE (category), supported.about IS NOT NULL AS is_supported,
        least(invested_fen * bp_b // 10000, cap_b) AS full_b, least(invested_fen * bp_a // 10000, cap_a) AS full_a
    FROM project AS fact_
    JOIN project_rule AS rule USING (category)
    LEFT JOIN supported ON supported.about = fact_.fact
), decided AS (
    SELECT asked.* EXCLUDE (invested_fen, existing, full_b, full_a),
        CASE WHEN row_b < 0 OR invested_fen BETWEEN 0 AND least_b - 1 THEN 3 WHEN NOT ({force("b")}) THEN 4
            WHEN is_supported THEN 3 WHEN invested_fen < 0 THEN 6 ELSE 0 END AS outcome_b,
        CASE WHEN NOT existing OR is_supported OR invested_fen BETWEEN 0 AND least_a - 1 THEN 3 WHEN NOT ({force("a")}) THEN 4
            WHEN invested_fen < 0 THEN 6 ELSE 0 END AS outcome_a,
        CASE WHEN row_b < 0 OR invested_fen < least_b THEN -1 ELSE full_b END AS ceiling_b,
        CASE WHEN NOT existing OR is_supported OR invested_fen < least_a THEN -1 ELSE full_a END AS ceiling_a
    FROM asked
)
SELECT *, measure_a >= 0 AND outcome_a = 0 AS alive_a, outcome_b = 0 AS alive_b,
    ceiling_a - CASE WHEN outcome_b = 0 THEN ceiling_b ELSE 0 END AS gain
FROM decided
"""

# One A09 a year: the greatest gain; of equal ones without a living B43 before with one, then the first, or with one the last.
TAKEN = """
CREATE OR REPLACE TEMP TABLE taken AS
SELECT fact FROM (
    SELECT fact, gain, row_number() OVER (PARTITION BY enterprise, year ORDER BY gain DESC, alive_b, at_first, at_last DESC) AS place FROM (
        SELECT *, CASE WHEN alive_b THEN NULL ELSE (day, fact) END AS at_first, CASE WHEN alive_b THEN (day, fact) END AS at_last
        FROM projected WHERE alive_a)
) WHERE place = 1 AND gain > 0
"""


def project_lines(fact: str = "fact") -> str:
    """The lines of projects, each told by the column ``fact``."""
    return f"""
SELECT enterprise, measure_b AS measure, row_b AS row, {fact} AS fact,
    CASE WHEN taken.fact IS NOT NULL AND alive_b THEN 1 ELSE outcome_b END AS outcome, ceiling_b AS ceiling, ceiling_b AS amount
FROM projected LEFT JOIN taken USING (fact)
UNION ALL
SELECT enterprise, measure_a, row_a, {fact},
    CASE WHEN NOT alive_a OR taken.fact IS NOT NULL THEN outcome_a WHEN alive_b THEN 1 ELSE 2 END, ceiling_a, ceiling_a
FROM projected LEFT JOIN taken USING (fact) WHERE measure_a >= 0
"""


def lines(fact: str = "fact") -> str:
    """All lines: every recognition under each document, against the other document's award for it, and the projects."""
    return f"""
WITH decided AS (
    SELECT fact_.*, measure, row, fen, rival_fen, document, left_fen,
        refuses OR fact_.fact IN (SELECT fact FROM failed) AS is_out,
        CASE WHEN document = 0 THEN {force("b")} ELSE {force("a")} END AS in_force,
        CASE WHEN document = 0 THEN {force("a")} ELSE {force("b")} END AS rival_in_force,
        may_be_barred, rival_refuses, rival_may_be_barred, fact_.fact IN (SELECT about FROM supported) AS is_supported
    FROM recognition AS fact_
    JOIN title_rule AS rule USING (title, round)
    LEFT JOIN cut ON cut.fact = fact_.fact
)
SELECT enterprise, measure, row, {fact} AS fact,
    CASE WHEN is_out THEN 3 WHEN NOT in_force THEN 4 WHEN may_be_barred AND is_supported THEN 3
        WHEN NOT rival_refuses AND rival_in_force AND NOT (rival_may_be_barred AND is_supported)
            AND (rival_fen > fen OR (rival_fen = fen AND document = 1)) THEN 1
        WHEN left_fen = 0 THEN 2 ELSE 0 END AS outcome,
    CASE WHEN is_out THEN -1 ELSE fen END AS ceiling, coalesce(left_fen, fen) AS amount
FROM decided
UNION ALL
{project_lines(fact)}
"""


STAGES = (SUPPORTED, REPEATED, FACTORY, FAILED, CUT, PROJECTED, TAKEN)
"""What runs before the lines, each into a table of its own."""
