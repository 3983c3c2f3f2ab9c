"""``python -m bench.peers.scale``: Duixian alone, from 10,000 enterprises on, and what its kernel must keep beside."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict

from bench.figure import HEADER, Figure, Unit, shown
from bench.machine import describe_machine
from bench.peers.growth import Grown, grow, markdown
from bench.peers.kernel_figures import BENCHMARKS
from bench.plan import FULL, QUICK, ROOT, NotAvailable, Plan
from bench.world.write import SEED

GROWTH = ROOT / "build" / "peers" / "growth.json"
"""What was found last; the page of the side-by-side runs takes its tables from here."""


def main() -> int:
    """Measure, print, and keep for the page; 1 when something could not be measured, else 0."""
    options = _options()
    machine = describe_machine()
    print("\n".join(f"{key:<10}{text}" for key, text in machine.items()), end="\n\n")
    figures, missing = ({}, 0) if options.growth_only else _figures(QUICK if options.quick else FULL)
    found: list[Grown] = []
    for each in grow(options.sizes, options.seed, options.rounds, options.runs):
        time, memory = shown(each.time_ns, Unit.TIME), shown(each.peak_kib, Unit.MEMORY)
        print(f"{each.way:<20}{each.enterprises:>12,} enterprises{time:>12}{memory:>14}", flush=True)
        found.append(each)
    document = {
        "machine": machine,
        "growth": [asdict(each) for each in found],
        "figures": {heading: [each.as_json() for each in some] for heading, some in figures.items()},
        "markdown": page_part(found, figures),
    }
    GROWTH.parent.mkdir(parents=True, exist_ok=True)
    GROWTH.write_text(json.dumps(document, ensure_ascii=False, indent=2) + "\n", "utf-8")
    print(document["markdown"])
    return 1 if missing else 0


def _figures(plan: Plan) -> tuple[dict[str, list[Figure]], int]:
    """All figures by heading, printed as soon as they are taken, and how many headings had none."""
    found: dict[str, list[Figure]] = {}
    missing = 0
    print(HEADER, flush=True)
    for heading, benchmark in BENCHMARKS:
        print(heading, flush=True)
        try:
            for figure in benchmark(plan):
                print(figure.line(), flush=True)
                found.setdefault(heading, []).append(figure)
        except NotAvailable as why:
            print(f"  NOT AVAILABLE: {why}", flush=True)
            missing += 1
    return found, missing


def page_part(found: Sequence[Grown], figures: dict[str, list[Figure]]) -> str:
    """What the page shows of it."""
    parts = [f"## Growth\n\n{markdown(found)}"]
    for heading, some in figures.items():
        rows = ["| | median | least | most | runs | bound |", "|---|--:|--:|--:|--:|---|", *map(_row, some)]
        parts.append(f"## {heading}\n\n" + "\n".join(rows))
    return "\n\n".join(parts)


def _row(each: Figure) -> str:
    numbers = (each.median, min(each.values), max(each.values))
    bound = "" if each.bound is None else shown(each.bound, each.unit)
    return f"| {each.name} | {' | '.join(shown(number, each.unit) for number in numbers)} | {len(each.values)} | {bound} |"


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m bench.peers.scale", description="How Duixian grows with the world."
    )
    parser.add_argument(
        "--sizes",
        type=_sizes,
        default=[10_000, 100_000, 1_000_000],
        metavar="N,N",
        help="enterprises; 10000,100000,1000000",
    )
    parser.add_argument("--rounds", type=int, default=3, help="fresh processes for each size; 3")
    parser.add_argument("--runs", type=int, default=5, help="warm runs in each process; 5")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument(
        "--growth-only", action="store_true", help="neither starting, one dossier nor parameter sets"
    )
    parser.add_argument(
        "--quick", action="store_true", help="few runs of these, only to see that all of it runs"
    )
    return parser.parse_args()


def _sizes(text: str) -> list[int]:
    return sorted(int(each) for each in text.split(","))


if __name__ == "__main__":
    sys.exit(main())
