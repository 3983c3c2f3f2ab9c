"""The guide to Spark names what the code has."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from duixian.kernel import spark_refusal, spark_session
from duixian.kernel.spark_refusal import SparkRefusal
from tests.house.acted_guide import fences
from tests.house.tree import ROOT

GUIDE = (ROOT / "docs" / "guide" / "spark.zh-CN.md").read_text("utf-8")
_CODE = r"spark\.[a-z]+(?:-[a-z]+)*"


def raised() -> set[str]:
    """Every code with which the modules refuse."""
    modules = [
        ast.parse(Path(module.__file__ or "").read_text("utf-8")) for module in (spark_refusal, spark_session)
    ]
    calls = [node for module in modules for node in ast.walk(module) if isinstance(node, ast.Call)]
    return {
        str(call.args[0].value)
        for call in calls
        if ast.unparse(call.func) == "SparkRefusal" and call.args and isinstance(call.args[0], ast.Constant)
    }


def test_the_guide_and_the_exception_list_every_refusal() -> None:
    listed = re.findall(rf"^\| `({_CODE})`", GUIDE, re.MULTILINE)
    documented = re.findall(rf"``({_CODE})``", SparkRefusal.__doc__ or "")
    assert sorted(listed) == sorted(documented) == sorted(raised())


def test_the_programs_of_the_guide_use_names_that_exist() -> None:
    programs = ["\n".join(fence.body) for fence in fences(GUIDE.split("\n")) if fence.info == ("python",)]
    assert programs
    for program in programs:
        imports = [line for line in program.split("\n") if line.startswith("from duixian")]
        exec("\n".join(imports), {})
        compile(program, "guide", "exec")
