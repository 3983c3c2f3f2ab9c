"""``python -m bench.peers.first_result FACTS POLICIES DAY``: a fresh process on its way to all results (首次结果).

Arrow imports pandas wherever it finds it. Duixian does not bring it, only its development and Spark do, so here it is not found.
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path


class _WithoutPandas:
    """Finds everything as usual, and no pandas."""

    def find_spec(self, name: str, path: object = None, target: object = None) -> None:
        """Leave everything else to the others.

        Raises:
            ModuleNotFoundError: for pandas.
        """
        if name.partition(".")[0] == "pandas":
            raise ModuleNotFoundError(name)


def main() -> None:
    """Read the policies, compile them, read the facts, decide; prints how many results there are."""
    facts, policies, day = sys.argv[1:]
    sys.meta_path.insert(0, _WithoutPandas())
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
