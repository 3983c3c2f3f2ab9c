"""Reads and checks the policies once and prints how long each stage took, in ns; ``python -m bench.policy_stages``.

A program of its own, since the stages are those of a process that has imported nothing yet.
"""

from __future__ import annotations

import json
import sys
from time import perf_counter_ns

from bench.plan import POLICIES


def main() -> None:
    """Import, read, check; one JSON object on the output."""
    begin = perf_counter_ns()
    from duixian.checks.all_checks import check_city
    from duixian.source.city import read_city

    imported = perf_counter_ns()
    reading = read_city(POLICIES)
    read = perf_counter_ns()
    if reading.city is None or reading.has_errors:
        sys.exit("the policies have errors; duixian check tells them")
    check_city(reading.city)
    checked = perf_counter_ns()
    print(json.dumps({"import": imported - begin, "read": read - imported, "check": checked - read}))


if __name__ == "__main__":
    main()
