"""A Spark session for one run (Spark 会话), on any master, and every reason why there can be none."""

from __future__ import annotations

import os
import re
import shutil
import socket
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from duixian.kernel.spark_refusal import SparkRefusal

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

NEEDED = ("pyspark", "pandas", "pyarrow")
"""pandas is never used: pyspark asks for it before it lets Arrow through (``pyspark[sql]``)."""

ANSWER_SECONDS = 5.0
"""How long a master may take to accept a connection. Spark itself would try for a minute and then say little."""

_LOCAL = re.compile(r"local(-cluster)?(\[.*\])?")
_STANDALONE = re.compile(r"spark://(?P<addresses>[^/]+)")
_KUBERNETES = re.compile(r"k8s://(?:https?://)?(?P<addresses>[^/]+)")
_LOGGING = Path(__file__).with_name("spark_log4j2.properties")

SETTINGS: Mapping[str, str] = {
    "spark.sql.session.timeZone": "UTC",
    "spark.ui.enabled": "false",
    # Facts come to our functions in Arrow batches; of the default 10,000 rows each costs as much as its rows.
    "spark.sql.execution.arrow.maxRecordsPerBatch": "65536",
    "spark.sql.parquet.compression.codec": "zstd",
}


@contextmanager
def spark_session(
    master: str | None = None, settings: Mapping[str, str] | None = None
) -> Iterator[SparkSession]:
    """A session on ``master`` (``local[4]``, ``local-cluster[2,1,1024]``, ``spark://host:7077``, ``yarn``, ``k8s://…``).

    Without a master, whatever ``spark-submit`` or ``spark-defaults.conf`` names, else all cores of this machine.
    Workers use the Python that runs this, unless ``PYSPARK_PYTHON`` names another. Ends with the block; raises
    :class:`~duixian.kernel.spark_refusal.SparkRefusal`.
    """
    _require_modules()
    _require_java()
    if master is not None:
        _require_answer(master)
    with _environment(_is_local(master)):
        session = _started(master, {**_fitting(master), **(settings or {})})
    try:
        yield session
    finally:
        session.stop()


def _started(master: str | None, settings: Mapping[str, str]) -> SparkSession:
    from py4j.protocol import Py4JError  # type: ignore[import-untyped]
    from pyspark.errors import PySparkException, PySparkRuntimeError
    from pyspark.sql import SparkSession

    if SparkSession.getActiveSession() is not None:
        raise SparkRefusal("spark.already-running")
    builder = SparkSession.builder.appName("duixian")
    for name, value in settings.items():
        builder = builder.config(name, value)
    try:
        return (builder.master(master) if master is not None else builder).getOrCreate()
    except PySparkRuntimeError as error:
        raise SparkRefusal("spark.java-failed") from error
    except (PySparkException, Py4JError) as error:
        why = getattr(getattr(error, "java_exception", None), "getMessage", lambda: None)()
        raise SparkRefusal(
            "spark.cannot-start", why=str(why or type(error).__name__).splitlines()[0]
        ) from error


def _require_modules() -> None:
    for module in NEEDED:
        if find_spec(module) is None:
            raise SparkRefusal("spark.not-installed", module=module)


def _require_java() -> None:
    """The same search as Spark's own scripts do. Under ``spark-submit`` Java runs already."""
    if "PYSPARK_GATEWAY_PORT" in os.environ:
        return
    home = os.environ.get("JAVA_HOME")
    if shutil.which("java" if not home else str(Path(home, "bin", "java"))) is None:
        raise SparkRefusal("spark.no-java")


def _require_answer(master: str) -> None:
    """Somebody must listen at one of the master's addresses."""
    if _LOCAL.fullmatch(master) or master == "yarn":
        return
    found = _STANDALONE.fullmatch(master) or _KUBERNETES.match(master)
    if found is None:
        raise SparkRefusal("spark.master-unknown", master=master)
    usual = 7077 if master.startswith("spark") else 443
    if not any(_answers(address, usual) for address in found["addresses"].split(",")):
        raise SparkRefusal("spark.master-unreachable", master=master)


def _answers(address: str, usual_port: int) -> bool:
    host, _, port = address.rpartition(":") if ":" in address else (address, "", str(usual_port))
    try:
        with socket.create_connection((host, int(port)), timeout=ANSWER_SECONDS):
            return True
    except (OSError, ValueError, OverflowError):
        return False


def _is_local(master: str | None) -> bool:
    return master is not None and _LOCAL.fullmatch(master) is not None


def _fitting(master: str | None) -> dict[str, str]:
    """The settings for this master: a local one needs no network, and only a person wants to see the bar."""
    found = {**SETTINGS, "spark.ui.showConsoleProgress": str(sys.stderr.isatty()).lower()}
    if _is_local(master):
        found |= {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}
    if "SPARK_CONF_DIR" not in os.environ:
        found["spark.driver.extraJavaOptions"] = f"-Dlog4j2.configurationFile={_LOGGING.as_uri()}"
    if cache := os.environ.get("NUMBA_CACHE_DIR"):
        found["spark.executorEnv.NUMBA_CACHE_DIR"] = cache
    return found


@contextmanager
def _environment(is_local: bool) -> Iterator[None]:
    """What Spark reads from the environment while it starts; put back afterwards."""
    wanted = {"PYSPARK_PYTHON": sys.executable} | ({"SPARK_LOCAL_IP": "127.0.0.1"} if is_local else {})
    added = [name for name in wanted if name not in os.environ]
    os.environ.update({name: wanted[name] for name in added})
    try:
        yield
    finally:
        for name in added:
            del os.environ[name]
