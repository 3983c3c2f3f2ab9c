"""Help comes at once: nothing heavy is imported before a command runs."""

from __future__ import annotations

import subprocess
import sys

from tests.cli.command import DATA, SRC

HEAVY = (
    "polars",
    "pyarrow",
    "rich.table",
    "xlsxwriter",
    "python_calamine",
    "lark",
    "yaml",
    "rapidfuzz",
    "markdown_it",
)
_PROBE = """
import sys
from duixian.cli.app import run
run(["determine", "--help"])
print(sorted(set({heavy!r}) & set(sys.modules)), file=sys.stderr)
"""


def test_help_imports_nothing_heavy() -> None:
    probe = subprocess.run(
        [sys.executable, "-c", _PROBE.format(heavy=HEAVY)],
        cwd=DATA,
        env={"PYTHONPATH": str(SRC), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    assert probe.stderr.strip() == "[]"
