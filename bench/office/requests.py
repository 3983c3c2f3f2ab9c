"""``python -m bench.office.requests --rate 300 --seconds 30``: mixed requests at a fixed rate, on PostgreSQL, and how long they wait.

An empty database of the server that ``DATABASE_URL`` names is filled, or of an embedded one. Server, database and client share the machine.
"""

from __future__ import annotations

import argparse
import json
import os
import socket
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from bench.machine import describe_machine
from bench.office.load.mix import SHARES, needed
from bench.plan import POLICIES, ROOT
from tests.office.on_postgresql import postgresql

BOUND_MS = 150
"""What 99 of 100 requests may wait at most."""
WARMING_SECONDS, WARMING_RATE = 6, 60
"""Before it counts, every worker has answered everything once."""


def main() -> int:
    """Fill, serve, ask, report; 1 when the bound is not kept or an answer was wrong."""
    parser = argparse.ArgumentParser(prog="python -m bench.office.requests", description=__doc__)
    parser.add_argument("--rate", type=int, default=300)
    parser.add_argument("--seconds", type=int, default=30)
    parser.add_argument("--workers", type=int, default=2)
    given = parser.parse_args()
    with postgresql() as address, TemporaryDirectory(prefix="duixian-bench-") as home:
        environment = _environment(address, home)
        known = _filled(environment, given.rate * given.seconds + WARMING_RATE * WARMING_SECONDS)
        with _served(environment, given.workers) as (port, server):
            _asked(environment, port, WARMING_RATE, WARMING_SECONDS, 1, known)
            for name, used in needed(WARMING_RATE * WARMING_SECONDS).items():
                known[name] = known[name][:-used]
            before = _processor_seconds(server)
            told = _asked(environment, port, given.rate, given.seconds, 2, known)
            taken = {name: after - before[name] for name, after in _processor_seconds(server).items()}
    return _report(told, taken, given.rate)


def _environment(address: str, home: str) -> dict[str, str]:
    return {
        **os.environ,
        "DATABASE_URL": address,
        "DUIXIAN_HOME": home,
        "DUIXIAN_CITY": str(POLICIES),
        "DUIXIAN_PROXIES": "1",
        "DJANGO_SETTINGS_MODULE": "duixian.office.settings",
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
        "PYTHONIOENCODING": "utf-8",
        "PYTHONWARNINGS": "ignore",
    }


def _filled(environment: Mapping[str, str], requests: int) -> dict[str, Any]:
    print("filling the office", flush=True)
    command = [sys.executable, "-m", "bench.office.load.fill", str(requests)]
    done = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, check=True)
    known: dict[str, Any] = json.loads(done.stdout)
    return known


@contextmanager
def _served(environment: Mapping[str, str], workers: int) -> Iterator[tuple[int, int]]:
    """The office as ``duixian office serve`` starts it: port, and the number of its process."""
    from duixian.office.commands import gunicorn_options

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    options = gunicorn_options("127.0.0.1", port, workers)
    server = subprocess.Popen([sys.executable, "-m", "gunicorn", *options], cwd=ROOT, env=environment)
    try:
        _wait_for(port)
        yield port, server.pid
    finally:
        server.terminate()
        server.wait()


def _wait_for(port: int) -> None:
    for _ in range(300):
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            return
        except ConnectionError:
            time.sleep(0.1)
    raise TimeoutError("the server does not answer")


def _asked(
    environment: Mapping[str, str], port: int, rate: int, seconds: int, seed: int, known: Mapping[str, Any]
) -> list[list[Any]]:
    words = [str(each) for each in (port, rate, seconds, seed)]
    done = subprocess.run(
        [sys.executable, "-m", "bench.office.load.client", *words],
        cwd=ROOT, env=environment, input=json.dumps(known).encode(), stdout=subprocess.PIPE, check=True,
    )  # fmt: skip
    told: list[list[Any]] = json.loads(done.stdout)
    return told


def _processor_seconds(server: int) -> dict[str, float]:
    """What the server's workers have used so far, and all processes of PostgreSQL on this machine."""
    parents, names, used = dict[int, int](), dict[int, str](), dict[int, float]()
    for folder in Path("/proc").iterdir():
        with suppress(OSError, ValueError):
            head, _, rest = (folder / "stat").read_text().rpartition(") ")
            number, _, name = head.partition(" (")
            fields = rest.split()
            parents[int(number)], names[int(number)] = int(fields[1]), name
            used[int(number)] = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    office = [each for each, parent in parents.items() if parent == server]
    database = [each for each, name in names.items() if name.startswith("postgres")]
    return {"office": sum(used[each] for each in office), "database": sum(used[each] for each in database)}


def _report(told: Sequence[Sequence[Any]], taken: Mapping[str, float], rate: int) -> int:
    by_route = defaultdict[str, list[float]](list)
    for route, _, _, nanoseconds in told:
        by_route[route].append(nanoseconds / 1e6)
    wrong = sum(not is_right for _, _, is_right, _ in told)
    for name in ("processor", "load", "python"):
        print(f"  {name:<12}{describe_machine()[name]}")
    print(f"\n  {'':<28}{'requests':>10}{'median':>12}{'p95':>12}{'p99':>12}")
    for route in SHARES:
        print(_line(route, by_route[route]))
    waits = [each for route in by_route.values() for each in route]
    print(_line("all", waits))
    for name, seconds in taken.items():
        print(f"  processor time of the {name} for a request: {1000 * seconds / len(waits):.2f} ms")
    slow = _at(waits, 99)
    print(
        f"  {rate} requests a second: p99 {slow:.0f} ms, {'within' if slow <= BOUND_MS else 'BEYOND'} {BOUND_MS} ms"
    )
    print(f"  answers that were not as expected: {wrong}")
    return 0 if slow <= BOUND_MS and not wrong else 1


def _line(name: str, waits: Sequence[float]) -> str:
    if not waits:
        return f"  {name:<28}{0:>10}"
    numbers = "".join(f"{each:>9.1f} ms" for each in (median(waits), _at(waits, 95), _at(waits, 99)))
    return f"  {name:<28}{len(waits):>10,}{numbers}"


def _at(waits: Sequence[float], percent: int) -> float:
    """So many of a hundred waited no longer."""
    ordered = sorted(waits)
    return ordered[min(len(ordered) - 1, len(ordered) * percent // 100)]


if __name__ == "__main__":
    sys.exit(main())
