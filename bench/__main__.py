"""``python -m bench``: measure everything, print every figure beside its bound. A slow machine fails nothing."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from bench.figure import HEADER, Figure
from bench.machine import describe_machine
from bench.plan import FULL, QUICK, Benchmark, NotAvailable, Plan


def benchmarks(plan: Plan) -> tuple[tuple[str, Benchmark], ...]:
    """Headings and what is measured under them, in this order."""
    from bench.deciding import measure_deciding
    from bench.demo_city import measure_demo_city
    from bench.policies import measure_policies
    from bench.reading import measure_reading
    from bench.starting import measure_starting

    return (
        ("Starting the command", measure_starting),
        ("Reading and checking both policies in a fresh process", measure_policies),
        (f"The demo city of {plan.enterprises:,} enterprises, command by command", measure_demo_city),
        ("Reading tables of facts", measure_reading),
        ("Deciding a dossier of 12 facts, rules loaded, full trace", measure_deciding),
    )


def main() -> int:
    """Run all benchmarks; 1 when something could not be measured, else 0."""
    options = _options()
    plan = QUICK if options.quick else FULL
    machine = describe_machine()
    print("\n".join(f"{key:<10}{text}" for key, text in machine.items()), end="\n\n")
    print(HEADER, flush=True)
    figures: list[Figure] = []
    missing: dict[str, str] = {}
    for heading, benchmark in benchmarks(plan):
        print(heading, flush=True)
        try:
            for figure in benchmark(plan):
                print(figure.line(), flush=True)
                figures.append(figure)
        except NotAvailable as why:
            print(f"  NOT AVAILABLE: {why}", flush=True)
            missing[heading] = str(why)
    if options.json:
        document = {"machine": machine, "figures": [each.as_json() for each in figures], "not_available": missing}
        options.json.write_text(json.dumps(document, ensure_ascii=False, indent=2) + "\n", "utf-8")
    return 1 if missing else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measure, and print the figures beside their bounds.")
    parser.add_argument("--quick", action="store_true", help="few runs on a small city, only to see that all of it runs")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures to a file too")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
