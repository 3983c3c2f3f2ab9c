"""What Spark's failures mean, from its own exceptions."""

from __future__ import annotations

import pytest
from pyspark.errors import PySparkRuntimeError, PythonException

from duixian.kernel.spark_refusal import SparkRefusal, refusal_of, told_failures

TRACE = """An exception was thrown from the Python worker:
Traceback (most recent call last):
  File "/somewhere/duixian/kernel/runner.py", line 41, in decide
    raise Unsuitable("91320700MA1SECRET")
  File "/somewhere/duixian/kernel/widths.py", line 7, in check
    pass
duixian.kernel.widths.Unsuitable: 91320700MA1SECRET
of two lines
"""


def test_our_own_failure_is_told_by_its_last_place() -> None:
    refused = refusal_of(PythonException(TRACE))
    assert str(refused) == "spark.task-failed kind=duixian.kernel.widths.Unsuitable place=widths.py:7"


def test_another_python_on_the_workers_is_told() -> None:
    versions = {"worker_version": "3.9", "driver_version": "3.11"}
    error = PySparkRuntimeError(errorClass="PYTHON_VERSION_MISMATCH", messageParameters=versions)
    assert refusal_of(error).code == "spark.worker-python"


def test_a_failure_of_spark_itself_keeps_its_name() -> None:
    error = PySparkRuntimeError(errorClass="JAVA_GATEWAY_EXITED", messageParameters={})
    with pytest.raises(SparkRefusal) as refused, told_failures():
        raise error
    assert (refused.value.code, refused.value.blanks) == ("spark.failed", {"why": "JAVA_GATEWAY_EXITED"})
    assert refused.value.__cause__ is error


def test_other_exceptions_pass_through() -> None:
    with pytest.raises(ZeroDivisionError), told_failures():
        raise ZeroDivisionError
