"""``python -m bench``: measure everything, print every figure beside its bound. A slow machine fails nothing."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from bench.deciding import measure_deciding
from bench.demo_city import measure_demo_city
from bench.figure import HEADER, Figure
from bench.machine import describe_machine
from bench.plan import FULL, QUICK, Benchmark, NotAvailable, Plan
from bench.policies import measure_policies
from bench.reading import measure_reading
from bench.starting import measure_starting


def benchmarks(plan: Plan) -> tuple[tuple[str, Benchmark], ...]:
    """Headings and what is measured under them.

    Fresh processes come first: a process counts its peak memory from that of its parent, which is still small then.
    """
    return (
        ("Starting the command", measure_starting),
        ("Reading and checking both policies in a fresh process", measure_policies),
        (f"The demo city of {plan.enterprises:,} enterprises, command by command", measure_demo_city),
        (f"Reading the tables of {plan.enterprises:,} enterprises", measure_reading),
        ("Deciding a dossier of 12 facts, rules loaded, full trace", measure_deciding),
    )


def main() -> int:
    """Run all benchmarks; 1 when something could not be measured, else 0."""
    options = _options()
    machine = describe_machine()
    print("\n".join(f"{key:<10}{text}" for key, text in machine.items()), end="\n\n")
    figures, missing = _measure(QUICK if options.quick else FULL)
    if options.json:
        document = {
            "machine": machine,
            "figures": [each.as_json() for each in figures],
            "not_available": missing,
        }
        options.json.write_text(json.dumps(document, ensure_ascii=False, indent=2) + "\n", "utf-8")
    return 1 if missing else 0


def _measure(plan: Plan) -> tuple[list[Figure], dict[str, str]]:
    """Every figure, printed as soon as it is taken, and by heading why others could not be."""
    figures: list[Figure] = []
    missing: dict[str, str] = {}
    print(HEADER, flush=True)
    for heading, benchmark in benchmarks(plan):
        print(heading, flush=True)
        try:
            for figure in benchmark(plan):
                print(figure.line(), flush=True)
                figures.append(figure)
        except NotAvailable as why:
            print(f"  NOT AVAILABLE: {why}", flush=True)
            missing[heading] = str(why)
    return figures, missing


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m bench", description="Measure, and print the figures beside their bounds."
    )
    parser.add_argument(
        "--quick", action="store_true", help="few runs on a small city, only to see that all of it runs"
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures to a file too")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
