"""Spark for the tests that run on it: one cluster, kept until they are done."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

ROOT = Path(__file__).resolve().parents[3]
MODULES = os.pathsep.join([str(ROOT), str(ROOT / "src")])
"""Where worker processes find the tests' own modules, and ours."""


@pytest.fixture(scope="session")
def java() -> None:
    """Java, without which Spark cannot run: in CI its absence is a failure, as every skip is."""
    if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        pytest.skip(
            "the Spark engine is not tested: there is no Java on this machine (Debian: default-jre-headless)"
        )


@pytest.fixture(scope="session")
def brisk_java() -> Iterator[None]:
    """Java that starts soon rather than runs long: every process of these tests lives for seconds only."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -XX:-UsePerfData")
        yield


@pytest.fixture(scope="module")
def spark(java: None, brisk_java: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SparkSession]:
    """A session on a cluster of two workers with one core each, which find the tests' own modules."""
    from duixian.kernel.spark_session import spark_session
    from tests.kernel.spark.cluster import cluster

    settings = {
        "spark.executorEnv.PYTHONPATH": MODULES,
        "spark.executor.memory": "512m",
        # Once more, not three times: enough to see that a second attempt is the same as the first.
        "spark.task.maxFailures": "2",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
    }
    with cluster(tmp_path_factory.mktemp("cluster")) as master, spark_session(master, settings) as session:
        yield session
