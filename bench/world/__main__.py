"""``python -m bench.world --enterprises 1000000 --out DIR``: write a world as typed fact tables in Parquet."""

from __future__ import annotations

import argparse
from pathlib import Path
from time import perf_counter

from bench.world.write import SEED, write_world


def main() -> None:
    """Write the world and say how large it is."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.world", description="Write a seeded world of enterprises as Parquet."
    )
    parser.add_argument("--enterprises", type=int, required=True, help="10000 to 10000000")
    parser.add_argument(
        "--out", type=Path, required=True, metavar="DIR", help="the folder for one file a kind"
    )
    parser.add_argument("--seed", type=int, default=SEED)
    options = parser.parse_args()
    begin = perf_counter()
    rows = write_world(options.out, options.seed, options.enterprises)
    size = sum(file.stat().st_size for file in options.out.glob("*.parquet"))
    told = ", ".join(f"{kind} {count:,}" for kind, count in rows.items())
    print(f"{told}; {size >> 20:,} MiB in {perf_counter() - begin:.1f} s")


if __name__ == "__main__":
    main()
