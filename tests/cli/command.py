"""A command line run in the small city of these tests, and all that came of it as one text for the golden files."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

from duixian.cli.app import run
from duixian.exchange.results.version import version_of_duixian

DATA = Path(__file__).parent / "data"
SRC = Path(__file__).resolve().parents[2] / "src"
FACTS, HARBOUR = "facts", "policies/harbour"
_SETTINGS = ("COLUMNS", "DUIXIAN_LANG", "DUIXIAN_DEBUG", "FORCE_COLOR", "NO_COLOR", "TERM")


@dataclass(frozen=True)
class Spoken:
    """What a command said, and how it ended."""

    args: tuple[str, ...]
    code: int
    out: str
    err: str

    def told(self, *secrets: tuple[str, str]) -> str:
        """Input, command and output together; each secret (a folder, a version) is replaced by its name."""
        text = f"$ duixian {' '.join(self.args)}\n{self.out}"
        text += f"--- stderr\n{self.err}" if self.err else ""
        text += f"--- exit code {self.code}\n"
        for secret, name in (*secrets, (version_of_duixian(), "<version>")):
            text = text.replace(secret, name)
        return text


def duixian(*args: str, columns: int = 0, where: Path = DATA) -> Spoken:
    """Run a command in this process, in the folder of the small city."""
    out, err = io.StringIO(), io.StringIO()
    with _in(where, columns), redirect_stdout(out), redirect_stderr(err):
        code = run(args)
    return Spoken(args, code, out.getvalue(), err.getvalue())


def started(*args: str, where: Path = DATA, **environment: str) -> subprocess.Popen[str]:
    """Start a command as a process of its own."""
    kept = {name: value for name, value in os.environ.items() if name not in _SETTINGS}
    return subprocess.Popen(
        [sys.executable, "-m", "duixian.cli", *args],
        cwd=where,
        env=kept | {"PYTHONPATH": str(SRC), "PYTHONIOENCODING": "utf-8"} | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        preexec_fn=_heed_ctrl_c if os.name == "posix" else None,
    )


def _heed_ctrl_c() -> None:
    """As on a terminal: a process that runs in the background, and its children, ignore SIGINT."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def finished(*args: str, where: Path = DATA, **environment: str) -> Spoken:
    """Run a command as a process of its own, to its end."""
    with started(*args, where=where, **environment) as process:
        out, err = process.communicate()
    return Spoken(args, process.returncode, out, err)


@contextmanager
def _in(where: Path, columns: int) -> Iterator[None]:
    """A folder and an environment that no machine can change."""
    before, folder = dict(os.environ), Path.cwd()
    for name in _SETTINGS:
        os.environ.pop(name, None)
    if columns:
        os.environ["COLUMNS"] = str(columns)
    os.chdir(where)
    try:
        yield
    finally:
        os.chdir(folder)
        os.environ.clear()
        os.environ.update(before)
