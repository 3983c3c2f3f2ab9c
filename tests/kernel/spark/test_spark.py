"""The kernel on a real cluster: several worker processes, whole enterprises, the same bytes as on one machine."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]
import pytest

from duixian.kernel.compiled import cache_folder
from duixian.kernel.kernel import Kernel
from duixian.kernel.spark import determine, gathered, in_order, parts_of, read_back, write_parquet
from duixian.kernel.spark_blocks import plain
from duixian.kernel.spark_feed import Feed, FrameFeed, ParquetFeed
from duixian.kernel.spark_refusal import SparkRefusal, told_failures
from duixian.kernel.spark_task import of_all_blocks, packed
from tests.kernel.spark.cases import (
    AS_OF,
    CODE,
    SUBJECT,
    all_facts,
    kernel,
    lianyungang,
    local_run,
    on_one_machine,
    some_facts,
    the_bytes,
    written,
)
from tests.kernel.spark.odd_kernels import Failing, LeavesOne, Lost, WhereItRan

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


def files(spark: SparkSession, paths: Mapping[str, Sequence[str]]) -> list[Feed]:
    return [ParquetFeed(kind, CODE, spark, some) for kind, some in paths.items()]


def frames(spark: SparkSession, paths: Mapping[str, Sequence[str]]) -> list[Feed]:
    return [FrameFeed(kind, CODE, spark.read.parquet(*some)) for kind, some in paths.items()]


def in_memory(spark: SparkSession, tables: Mapping[str, Any]) -> list[Feed]:
    return [FrameFeed(kind, CODE, spark.createDataFrame(plain(table))) for kind, table in tables.items()]


def another_option() -> dict[str, str]:
    """A ruling that changes something."""
    mark = kernel().determine(all_facts(), AS_OF).marks.to_pylist()[0]
    return {mark["interpretation"]: mark["option"]}


# ---- the same as on one machine ----


@pytest.mark.parametrize(
    ("rulings", "is_strict"),
    [(dict, False), (another_option, True)],
    ids=["as decided", "otherwise and strict"],
)
def test_all_worked_cases_are_the_local_run_byte_for_byte(
    spark: SparkSession, tmp_path: Path, rulings: Callable[[], dict[str, str]], is_strict: bool
) -> None:
    ours = Kernel(lianyungang(), rulings(), strict=is_strict)
    feeds, out = files(spark, written(tmp_path, all_facts())), tmp_path / "out"
    rows = write_parquet(spark, feeds, ours, AS_OF, out, blocks=4)
    assert sorted(each.name for each in out.iterdir()) == [
        f"{name}-0000{number}.parquet" for name in ("marks", "results") for number in range(4)
    ]
    local, (results, marks) = on_one_machine(ours, all_facts()), read_back(out)
    assert rows == local.table.num_rows > 600
    assert (results.schema, marks.schema) == (local.table.schema, local.marks.schema)
    assert the_bytes(results, tmp_path / "spark") == the_bytes(local.table, tmp_path / "local")
    assert the_bytes(marks, tmp_path / "spark") == the_bytes(local.marks, tmp_path / "local")


def test_each_block_is_what_the_kernel_gave(spark: SparkSession, tmp_path: Path) -> None:
    feeds = files(spark, written(tmp_path, some_facts()))
    write_parquet(spark, feeds, kernel(), AS_OF, tmp_path / "out", blocks=3)
    parts = list(parts_of(tmp_path / "out"))
    assert len(parts) == 3
    for results, marks in parts:
        codes = results["enterprise"].to_pylist()
        assert codes == sorted(codes)
        here = {
            kind: table.filter(pc.is_in(table[CODE], pa.array(codes))) for kind, table in some_facts().items()
        }
        alone = kernel().determine(here, AS_OF)
        assert plain(of_all_blocks(results)).equals(plain(of_all_blocks(alone.table)))
        assert plain(marks).equals(plain(alone.marks))


def test_what_spark_reads_and_hands_back_is_the_local_run_byte_for_byte(
    spark: SparkSession, tmp_path: Path
) -> None:
    feeds = frames(spark, written(tmp_path, some_facts(), pieces=3))
    results = gathered(determine(spark, feeds, kernel(), AS_OF, blocks=4))
    assert the_bytes(results, tmp_path / "spark") == the_bytes(local_run().table, tmp_path / "local")


def test_parts_in_any_order_are_the_local_run_after_sorting(spark: SparkSession, tmp_path: Path) -> None:
    feeds = files(spark, written(tmp_path, some_facts()))
    write_parquet(spark, feeds, kernel(), AS_OF, tmp_path / "out", blocks=3)
    parts = sorted((tmp_path / "out").glob("results-*"), reverse=True)
    results = in_order(of_all_blocks(pq.read_table(part)) for part in parts)
    assert the_bytes(results, tmp_path / "spark") == the_bytes(local_run().table, tmp_path / "local")


def test_facts_scattered_over_many_files_meet_at_their_enterprise(
    spark: SparkSession, tmp_path: Path
) -> None:
    feeds = files(spark, written(tmp_path, some_facts(), pieces=12))
    results = gathered(determine(spark, feeds, kernel(), AS_OF, blocks=6))
    assert results.equals(plain(local_run().table))


def test_several_worker_processes_decide(spark: SparkSession, tmp_path: Path) -> None:
    feeds = files(spark, written(tmp_path, some_facts()))
    where = {row.reason for row in determine(spark, feeds, WhereItRan(kernel()), AS_OF, blocks=8).collect()}
    workers, executors = zip(*(each.split() for each in where), strict=True)
    assert len(set(workers)) >= 2
    assert len(set(executors)) >= 2


def test_workers_load_what_is_compiled_already(spark: SparkSession, tmp_path: Path) -> None:
    local_run()
    before = sorted(cache_folder().rglob("*.o"))
    feeds = files(spark, written(tmp_path, some_facts()))
    assert determine(spark, feeds, kernel(), AS_OF, blocks=4).count() == local_run().table.num_rows
    assert before
    assert sorted(cache_folder().rglob("*.o")) == before


def test_a_kernel_travels_as_city_and_rulings() -> None:
    assert len(packed(kernel())) < 400_000


# ---- little and nothing ----


def test_more_blocks_than_enterprises_change_nothing(spark: SparkSession) -> None:
    few = {kind: table.slice(0, 4) for kind, table in some_facts().items()}
    results = gathered(determine(spark, in_memory(spark, few), kernel(), AS_OF, blocks=64))
    assert results.equals(plain(on_one_machine(kernel(), few).table))


@pytest.mark.parametrize("kinds", [(), (SUBJECT, "认定")], ids=["none", "two"])
def test_empty_tables_give_no_results_and_all_columns(
    spark: SparkSession, tmp_path: Path, kinds: Sequence[str]
) -> None:
    empty = in_memory(spark, {kind: all_facts()[kind].slice(0, 0) for kind in kinds})
    table, marks = local_run().table.schema.empty_table(), local_run().marks.schema.empty_table()
    assert gathered(determine(spark, empty, kernel(), AS_OF)).equals(plain(table))
    assert write_parquet(spark, empty, kernel(), AS_OF, tmp_path / "out") == 0
    assert [each.schema for each in read_back(tmp_path / "out")] == [table.schema, marks.schema]


def test_a_kind_without_facts_does_not_hinder_the_others(spark: SparkSession) -> None:
    tables = {**some_facts(), "投资项目": some_facts()["投资项目"].slice(0, 0)}
    results = gathered(determine(spark, in_memory(spark, tables), kernel(), AS_OF))
    assert set(results["fact_kind"].to_pylist()) == {"认定"}


def test_results_are_never_written_over_others(spark: SparkSession, tmp_path: Path) -> None:
    with pytest.raises(FileExistsError):
        write_parquet(spark, [], kernel(), AS_OF, tmp_path)


# ---- what goes wrong on the workers ----


def test_a_failing_worker_is_told_by_kind_and_place_and_never_by_its_data(
    spark: SparkSession, tmp_path: Path
) -> None:
    feeds = files(spark, written(tmp_path, some_facts()))
    with pytest.raises(SparkRefusal) as refused:
        write_parquet(spark, feeds, Failing(kernel()), AS_OF, tmp_path / "out")
    assert refused.value.code == "spark.task-failed"
    assert refused.value.blanks["kind"] == "LookupError"
    assert refused.value.blanks["place"].startswith("odd_kernels.py:")
    assert "SECRET" not in str(refused.value)
    assert not (tmp_path / "out").exists(), "half a run must not be taken for a whole one"


def test_an_enterprise_that_nobody_on_the_workers_can_decide_is_told(
    spark: SparkSession, tmp_path: Path
) -> None:
    feeds = files(spark, written(tmp_path, some_facts()))
    with pytest.raises(SparkRefusal) as refused:
        write_parquet(spark, feeds, LeavesOne(kernel()), AS_OF, tmp_path / "out")
    assert str(refused.value) == "spark.left-open"


def test_a_fact_without_a_credit_code_stops_the_run(spark: SparkSession) -> None:
    nameless = {"认定": pa.table({"编号": ["R1", "R2"], CODE: ["91320700MA00000000", None]})}
    with pytest.raises(SparkRefusal) as refused, told_failures():
        determine(spark, in_memory(spark, nameless), kernel(), AS_OF).collect()
    assert (refused.value.code, refused.value.blanks["kind"]) == ("spark.task-failed", "ValueError")


def test_a_worker_lost_on_the_way_changes_nothing(spark: SparkSession, tmp_path: Path) -> None:
    losing = Lost(kernel(), tmp_path / "lost")
    write_parquet(spark, files(spark, written(tmp_path, some_facts())), losing, AS_OF, tmp_path / "out")
    assert losing.memory.exists()
    assert plain(read_back(tmp_path / "out")[0]).equals(plain(local_run().table))


def test_a_block_that_kills_every_worker_is_told(spark: SparkSession, tmp_path: Path) -> None:
    fatal = Lost(kernel(), tmp_path / "lost", is_stubborn=True)
    feeds = files(spark, written(tmp_path, some_facts()))
    with pytest.raises(SparkRefusal) as refused, told_failures():
        determine(spark, feeds, fatal, AS_OF, blocks=1).collect()
    assert refused.value.code == "spark.worker-died"
