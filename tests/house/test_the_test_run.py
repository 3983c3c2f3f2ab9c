"""The test run itself keeps its word: golden files bind, and CI lets no test be skipped."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.tree import ROOT


def run_pytest(folder: Path, test: str, *options: str, ci: bool = False) -> subprocess.CompletedProcess[str]:
    """Run one test file in an empty folder, under the project's own conftest."""
    (folder / "conftest.py").write_bytes((ROOT / "tests" / "conftest.py").read_bytes())
    (folder / "test_one.py").write_text(test, "utf-8")
    outside = ("PYTEST_", "COV_", "DJANGO_")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(outside)}
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *options, str(folder)],
        cwd=folder,
        env=environment | {"CI": "true" if ci else ""},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


GOLDEN = "def test_page(golden): golden('golden/page.txt', '八十万元\\n')\n"
SKIPPED_TEST = "import pytest\n@pytest.mark.skip(reason='later')\ndef test_page(): pass\n"
SKIPPED_MODULE = "import pytest\npytest.skip('later', allow_module_level=True)\n"


def test_a_missing_or_different_golden_file_fails_until_it_is_accepted(tmp_path: Path) -> None:
    page = tmp_path / "golden" / "page.txt"
    assert "`make accept` writes it" in run_pytest(tmp_path, GOLDEN).stdout
    page.parent.mkdir()
    page.write_text("六十万元\n", "utf-8")
    assert "page.txt differs" in run_pytest(tmp_path, GOLDEN).stdout
    assert run_pytest(tmp_path, GOLDEN, "--accept").returncode == 0
    assert page.read_text("utf-8") == "八十万元\n"
    assert run_pytest(tmp_path, GOLDEN).returncode == 0


@pytest.mark.parametrize("test", [SKIPPED_TEST, SKIPPED_MODULE], ids=["test", "module"])
def test_a_skipped_test_fails_in_ci(tmp_path: Path, test: str) -> None:
    run = run_pytest(tmp_path, test, ci=True)
    assert run.returncode != 0
    assert "A skipped test is a failed test in CI" in run.stdout
    assert "later" in run.stdout


def test_a_skipped_test_is_only_skipped_elsewhere(tmp_path: Path) -> None:
    assert run_pytest(tmp_path, SKIPPED_TEST).returncode == 0
