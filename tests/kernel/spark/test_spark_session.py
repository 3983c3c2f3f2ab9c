"""A session on this machine alone, and every reason why there can be none."""

from __future__ import annotations

import os
import socket
import sys
import venv
from pathlib import Path

import pytest

from duixian.kernel.spark import determine, gathered
from duixian.kernel.spark_blocks import plain
from duixian.kernel.spark_feed import ParquetFeed
from duixian.kernel.spark_refusal import SparkRefusal, told_failures
from duixian.kernel.spark_session import spark_session
from tests.kernel.spark.cases import AS_OF, CODE, kernel, local_run, some_facts, written
from tests.kernel.spark.conftest import MODULES


def refusal(master: str | None) -> SparkRefusal:
    with pytest.raises(SparkRefusal) as refused, spark_session(master):
        pass
    return refused.value


def test_threads_of_this_machine_decide_the_same(
    java: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", MODULES)
    before = [os.environ.get(name) for name in ("PYSPARK_PYTHON", "SPARK_LOCAL_IP")]
    with spark_session("local[2]") as spark:
        assert [os.environ.get(name) for name in ("PYSPARK_PYTHON", "SPARK_LOCAL_IP")] == before
        paths = written(tmp_path, some_facts())
        feeds = [ParquetFeed(kind, CODE, spark, some) for kind, some in paths.items()]
        results = gathered(determine(spark, feeds, kernel(), AS_OF))
        assert refusal("local[2]").code == "spark.already-running"
    assert results.equals(plain(local_run().table))


def test_workers_without_our_modules_are_told(
    java: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    venv.create(tmp_path / "bare")
    monkeypatch.setenv("PYSPARK_PYTHON", str(tmp_path / "bare" / "bin" / "python"))
    with spark_session("local[1]") as spark, pytest.raises(SparkRefusal) as refused, told_failures():
        spark.range(1).mapInArrow(lambda batches: batches, "id long").collect()
    assert refused.value.code == "spark.worker-lacks"
    assert refused.value.blanks["module"] == "pyarrow"


def test_without_java_there_is_no_spark(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("JAVA_HOME", raising=False)
    assert refusal("local[1]").code == "spark.no-java"
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    assert refusal("local[1]").code == "spark.no-java"


@pytest.mark.parametrize("module", ["pyspark", "pandas"])
def test_without_its_modules_there_is_no_spark(module: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    refused = refusal("local[1]")
    assert (refused.code, refused.blanks) == ("spark.not-installed", {"module": module})


def test_a_master_that_nobody_hears_is_refused_at_once(java: None) -> None:
    with socket.socket() as unheard:  # bound, and not listening
        unheard.bind(("127.0.0.1", 0))
        master = f"spark://127.0.0.1:{unheard.getsockname()[1]}"
        assert str(refusal(master)) == f"spark.master-unreachable master={master}"


@pytest.mark.parametrize("master", ["", "sparc://h:7077", "spark://", "local[", "http://h"])
def test_what_is_no_master_is_refused(java: None, master: str) -> None:
    assert refusal(master).code == "spark.master-unknown"


@pytest.mark.parametrize(
    "master", ["spark://127.0.0.1:port", "spark://127.0.0.1:99999999", "k8s://https://127.0.0.1:1"]
)
def test_an_address_that_leads_nowhere_is_refused(java: None, master: str) -> None:
    assert refusal(master).code == "spark.master-unreachable"
