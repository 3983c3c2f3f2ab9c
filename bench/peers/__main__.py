"""``python -m bench.peers --enterprises 1000000``: every engine on the same world, side by side, totals compared to the fen."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from bench.machine import describe_machine
from bench.peers.chart import write_chart
from bench.peers.outcome import NOT_EQUAL, RUNS_DIFFER, Outcome
from bench.peers.page import write_page
from bench.peers.registry import ENGINES, SMALLER, YARDSTICKS
from bench.peers.rounds import FILES, IN_MEMORY, outcomes
from bench.peers.scale import GROWTH
from bench.peers.table import HEADER, lines
from bench.peers.versions import peer_versions
from bench.plan import ROOT
from bench.world.write import SEED

DOCS = ROOT / "docs" / "reference"


def main() -> int:
    """Measure all engines that are asked for, or take the last run again; 1 when engines with lines do not agree, else 0."""
    options = _options()
    if not options.again:
        document = _measured(options)
        options.json.parent.mkdir(parents=True, exist_ok=True)
        options.json.write_text(json.dumps(document, ensure_ascii=False, indent=2) + "\n", "utf-8")
    document = json.loads(options.json.read_text("utf-8"))
    found = [Outcome.of_json(each) for each in document["outcomes"]]
    if options.page or options.again:
        write_page(DOCS / "peers.md", document, found, GROWTH)
        write_chart(DOCS / "peers.svg", found)
    return int(any(each.agreement.startswith((NOT_EQUAL, RUNS_DIFFER)) for each in found))


def _measured(options: argparse.Namespace) -> dict[str, object]:
    """Run everything and show it, table by table."""
    machine = describe_machine() | {"peers": peer_versions()}
    print("\n".join(f"{key:<10}{text}" for key, text in machine.items()), end="\n\n")
    found: list[Outcome] = []
    for enterprises, names in worlds(options.engines, options.enterprises).items():
        # On a smaller world there are those that have no files, and the yardsticks, which are seen on the greater one.
        is_whole = enterprises == options.enterprises and not options.memory_only
        ways = (IN_MEMORY, FILES) if is_whole else (IN_MEMORY,)
        for measured in outcomes(names, options.seed, enterprises, options.rounds, options.runs, ways):
            print(f"{measured[0].way}, {enterprises:,} enterprises\n{HEADER}")
            print(lines(measured), flush=True)
            found += measured
    return {"machine": machine, "seed": options.seed, "outcomes": [each.as_json() for each in found]}


def worlds(names: list[str], enterprises: int) -> dict[int, list[str]]:
    """Which engines run on worlds of which size: slow ones on a smaller one, and the yardsticks beside them there."""
    found: dict[int, list[str]] = {}
    for name in names:
        found.setdefault(min(enterprises, SMALLER.get(name, enterprises)), []).append(name)
    yardsticks = [name for name in YARDSTICKS if name in names]
    return {size: list(dict.fromkeys(yardsticks + some)) for size, some in found.items()}


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m bench.peers", description="Every engine on the same world, side by side."
    )
    parser.add_argument("--enterprises", type=int, default=100_000)
    parser.add_argument(
        "--engines", type=_names, default=list(ENGINES), metavar="A,B", help=f"of {', '.join(ENGINES)}; all"
    )
    parser.add_argument("--rounds", type=int, default=5, help="fresh processes for each engine, by turns; 5")
    parser.add_argument("--runs", type=int, default=5, help="warm runs in each process; 5")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--memory-only", action="store_true", help="no runs from Parquet to Parquet")
    parser.add_argument("--json", type=Path, default=ROOT / "build" / "peers" / "peers.json", metavar="FILE")
    parser.add_argument("--page", action="store_true", help="write docs/reference/peers.md and peers.svg")
    parser.add_argument(
        "--again", action="store_true", help="write them from the JSON of the last run, and measure nothing"
    )
    options = parser.parse_args()
    if options.again and not options.json.is_file():
        parser.error(f"there is no last run: {options.json}")
    return options


def _names(text: str) -> list[str]:
    names = text.split(",")
    strange = [each for each in names if each not in ENGINES]
    if strange:
        raise argparse.ArgumentTypeError(f"no such engine: {', '.join(strange)}")
    return names


if __name__ == "__main__":
    sys.exit(main())
