"""A command in a fresh process (新进程): how long it took by the clock, the most memory it held, what it printed."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter_ns

from bench.figure import SECOND
from bench.plan import ROOT, NotAvailable

_KIB_OF_MAXRSS = 1024 if sys.platform == "darwin" else 1
"""``ru_maxrss`` counts bytes on macOS and KiB elsewhere."""


@dataclass(frozen=True, slots=True)
class Ended:
    """How a process ended (进程结果). On a busy machine ``wall_ns`` grows and ``cpu_ns`` hardly does."""

    wall_ns: int
    cpu_ns: int
    peak_kib: int
    output: str


def run(command: Sequence[str], may_end_with: Collection[int] = (0,)) -> Ended:
    """Run a command from the project's root, its two outputs in one file so that no pipe can fill up.

    Raises:
        NotAvailable: when it cannot start, or ends with another code.
    """
    with tempfile.TemporaryFile() as output:
        begin = perf_counter_ns()
        try:
            child = subprocess.Popen(
                command, cwd=ROOT, env=_environment(), stdout=output, stderr=subprocess.STDOUT
            )
        except OSError as error:
            raise NotAvailable(f"{Path(command[0]).name} does not start: {error.strerror}") from None
        # Unlike getrusage(RUSAGE_CHILDREN), which keeps the greatest of all children, this tells of the one.
        _, status, usage = os.wait4(child.pid, 0)
        wall_ns = perf_counter_ns() - begin
        child.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        text = output.read().decode(errors="replace").strip()
    if child.returncode not in may_end_with:
        said = text.splitlines()[-1] if text else "nothing"
        raise NotAvailable(f"`{_told(command)}` ended with {child.returncode}, its last line: {said}")
    cpu_ns = round((usage.ru_utime + usage.ru_stime) * SECOND)
    return Ended(wall_ns, cpu_ns, usage.ru_maxrss // _KIB_OF_MAXRSS, text)


def _environment() -> dict[str, str]:
    """This one; Python keeps what it compiles, as it does for a user, even where somebody told it not to."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def duixian(*arguments: object) -> list[str]:
    """The command ``duixian`` that is installed beside this Python, with arguments."""
    return [str(Path(sys.executable).with_name("duixian")), *map(str, arguments)]


def _told(command: Sequence[str]) -> str:
    return " ".join((Path(command[0]).name, *command[1:2]))
