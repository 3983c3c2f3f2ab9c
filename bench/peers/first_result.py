"""``python -m bench.peers.first_result FACTS POLICIES DAY``: a fresh process on its way to all results (首次结果)."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path


def main() -> None:
    """Read the policies, compile them, read the facts, decide; prints how many results there are."""
    facts, policies, day = sys.argv[1:]
    from duixian.exchange.columns.block_reading import read_blocks
    from duixian.kernel.kernel import Kernel
    from duixian.source.city import read_city

    city = read_city(Path(policies)).city
    assert city is not None
    kernel = Kernel(city)
    results = 0
    for block in read_blocks(Path(facts), city):
        results += kernel.determine(block.tables, date.fromisoformat(day), with_marks=False).table.num_rows
    print(results)


if __name__ == "__main__":
    main()
