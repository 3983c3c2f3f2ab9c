"""What every test may use: golden files, and the two rules that keep a test run honest.

- ``golden(name, text)`` compares text with a file beside the test; ``--accept`` (``make accept``) writes it anew.
- In CI a skipped test is a failed test: nothing that was promised goes unrun.
- Property tests have no deadline (a busy machine proves nothing) and, in CI, always draw the same examples.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Generator
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis.database import DirectoryBasedExampleDatabase

IN_CI = os.environ.get("CI", "").lower() not in {"", "0", "false"}
ROOT = Path(__file__).resolve().parent.parent

settings.register_profile(
    "duixian",
    deadline=None,
    derandomize=IN_CI,
    database=None if IN_CI else DirectoryBasedExampleDatabase(ROOT / "build" / "hypothesis"),
)
settings.register_profile("long", settings.get_profile("duixian"), max_examples=5_000)
settings.load_profile("duixian")

Golden = Callable[[str | Path, str], None]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add ``--accept``."""
    parser.addoption("--accept", action="store_true", help="rewrite the golden files")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """``golden(name, text)``: the text must equal the file ``name`` (beside the test, or an absolute path)."""
    accept = bool(request.config.getoption("--accept"))

    def compare(name: str | Path, text: str) -> None:
        path = request.path.parent / name
        if accept:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode())
        assert path.is_file(), f"{path.name} is missing; `make accept` writes it, then read it"
        # Bytes, not text mode: a golden file also holds its line ends.
        assert text == path.read_bytes().decode(), (
            f"{path.name} differs; is the new text right? `make accept`"
        )

    return compare


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> object:
    """Tests that share a Spark cluster run one after the other in one process; all others wherever there is room."""
    if config.getoption("dist") != "load":
        return None
    from xdist.scheduler import LoadScopeScheduling  # type: ignore[import-untyped]

    class OneCluster(LoadScopeScheduling):  # type: ignore[misc]
        """What belongs together: a cluster's tests; any other test belongs to itself."""

        def _split_scope(self, nodeid: str) -> str:
            return "spark" if nodeid.startswith("tests/kernel/spark/") else nodeid

    return OneCluster(config, log)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """In CI, turn a skipped test into a failed one."""
    report = yield
    if IN_CI and report.skipped and not hasattr(report, "wasxfail"):
        _fail(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """In CI, turn a module that skips itself into a failed one."""
    report = yield
    if IN_CI and report.skipped:
        _fail(report)
    return report


def _fail(report: pytest.TestReport | pytest.CollectReport) -> None:
    why = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
    report.outcome = "failed"
    report.longrepr = f"A skipped test is a failed test in CI: {why}"
