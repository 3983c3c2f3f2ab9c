"""Which versions of the other engines were measured (参比引擎版本)."""

from __future__ import annotations

import shutil
import subprocess
from importlib.metadata import PackageNotFoundError, version

_PACKAGES = ("numba", "numpy", "duckdb", "openfisca-core", "zen-engine")


def peer_versions() -> str:
    """Everything that computes beside Duixian, and what compiles the C kernel."""
    return ", ".join([*(_package(each) for each in _PACKAGES), _compiler()])


def _package(name: str) -> str:
    try:
        return f"{name} {version(name)}"
    except PackageNotFoundError:
        return f"no {name}"


def _compiler() -> str:
    compiler = shutil.which("cc")
    if compiler is None:
        return "no C compiler"
    told = subprocess.run([compiler, "--version"], capture_output=True, encoding="utf-8", check=False)
    return next(iter(told.stdout.splitlines()), "cc")
