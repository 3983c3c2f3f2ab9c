"""Which machine and which versions were measured (测量环境): a figure without them says nothing."""

from __future__ import annotations

import os
import platform
import re
from datetime import date
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path


def describe_machine() -> dict[str, str]:
    """The machine, how busy it is, the versions of everything that runs, and the day."""
    return {
        "date": date.today().isoformat(),
        "processor": f"{_processor()}, {os.cpu_count()} logical cores",
        "memory": f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') >> 20:,} MiB",
        "system": platform.platform(),
        "load": f"{os.getloadavg()[0]:.1f} processes running or waiting in the last minute",
        "python": f"{platform.python_implementation()} {platform.python_version()}",
        "versions": ", ".join(_versions()),
    }


def _processor() -> str:
    """The processor's name: ``platform`` knows it on some systems only."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text().splitlines() if info.is_file() else []
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, "") or platform.processor() or platform.machine()


def _versions() -> list[str]:
    """Duixian and what it needs to run, with their versions."""
    try:
        needed = [each for each in requires("duixian") or () if "extra ==" not in each]
        names = ["duixian", *(re.split(r"[^\w.-]", each)[0] for each in needed)]
        return [f"{name} {version(name)}" for name in names]
    except PackageNotFoundError as error:
        return [f"{error.name} is not installed"]
