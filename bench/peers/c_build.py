"""The C kernel compiled and loaded (编译): once for each text of ``c_kernel.c``, under ``build/peers``."""

from __future__ import annotations

import ctypes
import hashlib
import shutil
import subprocess
from functools import cache
from pathlib import Path

from bench.plan import ROOT, NotAvailable

SOURCE = Path(__file__).with_name("c_kernel.c")
FLAGS = (
    "-O3",
    "-march=native",
    "-std=c11",
    "-Wall",
    "-Wextra",
    "-Werror",
    "-shared",
    "-fPIC",
    "-pthread",
    "-fno-tree-vectorize",
)
"""Without vectors: its loops take two or three turns, and setting vectors up for them costs more than they save."""


@cache
def library() -> ctypes.CDLL:
    """The compiled kernel.

    Raises:
        NotAvailable: when there is no C compiler, or it refuses the text.
    """
    compiler = shutil.which("cc")
    if compiler is None:
        raise NotAvailable("no C compiler: cc is not installed")
    key = hashlib.sha256(SOURCE.read_bytes() + " ".join(FLAGS).encode()).hexdigest()[:16]
    target = ROOT / "build" / "peers" / f"c_kernel-{key}.so"
    if not target.is_file():
        target.parent.mkdir(parents=True, exist_ok=True)
        ended = subprocess.run(
            [compiler, *FLAGS, str(SOURCE), "-o", str(target)],
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        if ended.returncode:
            errors = [line for line in ended.stderr.splitlines() if "error" in line]
            raise NotAvailable(f"cc refuses {SOURCE.name}: {errors[0] if errors else 'no reason given'}")
    return ctypes.CDLL(str(target))
