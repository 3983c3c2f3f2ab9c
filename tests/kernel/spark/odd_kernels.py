"""Kernels to which something happens on the way. They run in worker processes, so they have a module of their own."""

from __future__ import annotations

import os
import signal
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa  # type: ignore[import-untyped]

from duixian.kernel.batch import Batch
from duixian.kernel.kernel import Kernel


@dataclass(frozen=True)
class Sound:
    """Decides as the kernel does."""

    kernel: Kernel

    def determine(self, tables: Mapping[str, Any], as_of: date, *, threads: int | None = None) -> Batch:
        return self.kernel.determine(tables, as_of, threads=threads)


class WhereItRan(Sound):
    """Tells in place of the reason the process that decided, and the executor's process behind it."""

    def determine(self, tables: Mapping[str, Any], as_of: date, *, threads: int | None = None) -> Batch:
        found = super().determine(tables, as_of, threads=threads)
        where = pa.array([f"{os.getpid()} {os.getppid()}"] * found.table.num_rows, pa.string())
        place = found.table.column_names.index("reason")
        return found._replace(table=found.table.set_column(place, "reason", where))


class Failing(Sound):
    """Cannot decide any enterprise, and its message holds what nobody else shall read."""

    def determine(self, tables: Mapping[str, Any], as_of: date, *, threads: int | None = None) -> Batch:
        if tables:
            raise LookupError("91320700MA1SECRET")
        return super().determine(tables, as_of)


class LeavesOne(Sound):
    """Leaves an enterprise to the reference engine."""

    def determine(self, tables: Mapping[str, Any], as_of: date, *, threads: int | None = None) -> Batch:
        return super().determine(tables, as_of, threads=threads)._replace(entangled=("91320700MA1SECRET",))


@dataclass(frozen=True)
class Lost(Sound):
    """Takes its worker process down: the first time, or every time."""

    memory: Path
    is_stubborn: bool = False

    def determine(self, tables: Mapping[str, Any], as_of: date, *, threads: int | None = None) -> Batch:
        if tables and (self.is_stubborn or not self.memory.exists()):
            self.memory.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return super().determine(tables, as_of, threads=threads)
