"""What Spark cannot do for us, as one exception with a stable code (拒绝执行); its words are the command's business."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

_LAST_LINE = re.compile(r"^(?P<kind>[A-Za-z_][\w.]*)(?::|$)")
_FRAME = re.compile(r'File "[^"]*?(?P<file>[^"/\\]+\.py)", line (?P<line>\d+)')
_MISSING = re.compile(r"No module named '(?P<module>[\w.]+)'")


class SparkRefusal(Exception):
    """Spark cannot run this, and whoever asked can change that (拒绝执行).

    ``code`` is stable, ``blanks`` fill its words. No blank ever holds data of an enterprise.

    ========================== ==================== ===========================================================
    code                       blanks               meaning
    ========================== ==================== ===========================================================
    ``spark.not-installed``    module               pyspark, or pandas which its Arrow functions ask for, is missing
    ``spark.no-java``          –                    there is no Java to run Spark's own part
    ``spark.java-failed``      –                    Java is there and could not run Spark: it is older than 17, say
    ``spark.master-unknown``   master               this is no address of a Spark master
    ``spark.master-unreachable`` master             nobody answers at that address
    ``spark.already-running``  –                    this process has a Spark session of its own: hand that one over
    ``spark.cannot-start``     why                  the master answered and the session did not start
    ``spark.worker-lacks``     module               the workers' Python lacks a module
    ``spark.worker-python``    –                    the workers' Python is of another version than ours
    ``spark.worker-died``      –                    a worker process ended in the middle of its work: memory, mostly
    ``spark.left-open``        –                    an enterprise needs the reference engine, and the workers have none
    ``spark.task-failed``      kind, place          our own code failed in a worker: a bug, or facts of a wrong type
    ``spark.failed``           why                  Spark itself failed
    ========================== ==================== ===========================================================
    """

    def __init__(self, code: str, /, **blanks: str) -> None:
        super().__init__(code, blanks)
        self.code, self.blanks = code, blanks

    def __str__(self) -> str:
        return " ".join((self.code, *(f"{name}={value}" for name, value in self.blanks.items())))


@contextmanager
def told_failures() -> Iterator[None]:
    """Run Spark's work; what Spark raises comes out as a :class:`SparkRefusal`, with Spark's own words as its cause."""
    from py4j.protocol import Py4JError  # type: ignore[import-untyped]
    from pyspark.errors import PySparkException

    try:
        yield
    except (PySparkException, Py4JError) as error:
        raise refusal_of(error) from error


def refusal_of(error: Exception) -> SparkRefusal:
    """What the failure of a job means for whoever started it."""
    text = str(error)
    if missing := _MISSING.search(text):
        return SparkRefusal("spark.worker-lacks", module=missing["module"])
    if "PYTHON_VERSION_MISMATCH" in text:
        return SparkRefusal("spark.worker-python")
    if "Traceback (most recent call last)" in text:
        if _kind(text).endswith(".LeftOpen"):
            return SparkRefusal("spark.left-open")
        return SparkRefusal("spark.task-failed", kind=_kind(text), place=_place(text))
    if "Python worker exited unexpectedly" in text or "ExecutorLostFailure" in text:
        return SparkRefusal("spark.worker-died")
    return SparkRefusal("spark.failed", why=_condition(error))


def _kind(text: str) -> str:
    """The kind of the exception that ended the worker's task. Its message is left out: it may hold data."""
    trace = text[text.rindex("Traceback (most recent call last)") :]
    kinds = [found["kind"] for line in trace.splitlines()[1:] if (found := _LAST_LINE.match(line))]
    return kinds[0] if kinds else "Exception"


def _place(text: str) -> str:
    """Where it was raised: file and line."""
    frames = _FRAME.findall(text)
    return ":".join(frames[-1]) if frames else ""


def _condition(error: Exception) -> str:
    """Spark's own name for what went wrong, or at least the kind of exception."""
    condition = getattr(error, "getCondition", None)
    return (condition() if condition else None) or type(error).__name__
