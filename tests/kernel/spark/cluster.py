"""A real Spark cluster on this machine: a master and two workers, each a process of its own, on loopback ports."""

from __future__ import annotations

import os
import re
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pyspark

HOME = Path(pyspark.__file__).parent
DAEMON = HOME / "bin" / "spark-class"
PATIENCE = 60.0


@contextmanager
def cluster(folder: Path, workers: int = 2) -> Iterator[str]:
    """The address of the master. Workers keep what they write within ``folder``."""
    quiet = folder / "spark.conf"
    quiet.write_text("spark.master.rest.enabled false\n")
    common = ["--host", "127.0.0.1", "--port", "0", "--webui-port", "0", "--properties-file", str(quiet)]
    with ExitStack() as running:
        master = running.enter_context(_daemon("master.Master", common, folder / "master.log"))
        address = _said(master, folder / "master.log", r"Starting Spark master at (spark://\S+)")
        started = []
        for number in range(workers):
            log, room = folder / f"worker-{number}.log", folder / f"worker-{number}"
            options = [*common, "--cores", "1", "--memory", "1g", "--work-dir", str(room), address]
            started.append((running.enter_context(_daemon("worker.Worker", options, log)), log))
        for worker, log in started:
            _said(worker, log, "Successfully registered with master")
        yield address


@contextmanager
def _daemon(role: str, options: list[str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    environment = {
        **os.environ,
        "SPARK_HOME": str(HOME),
        "SPARK_LOCAL_IP": "127.0.0.1",
        "SPARK_DAEMON_MEMORY": "256m",
    }
    command = [str(DAEMON), f"org.apache.spark.deploy.{role}", *options]
    with (
        log.open("wb") as output,
        subprocess.Popen(command, stdout=output, stderr=output, env=environment) as process,
    ):
        try:
            yield process
        finally:
            process.terminate()


def _said(process: subprocess.Popen[bytes], log: Path, words: str) -> str:
    """Wait until a daemon has said these words."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        if found := re.search(words, log.read_text("utf-8", "replace")):
            return found[found.re.groups]
        time.sleep(0.05)
    raise AssertionError(f"Spark's daemon did not come up:\n{log.read_text('utf-8', 'replace')}")
