"""``python -m bench.peers.compiled_before``: Duixian's kernel compiled onto the disk (预先编译), as after its first run on a machine."""

from __future__ import annotations

from bench.peers.duixian_kernel import prepare, run
from bench.peers.workload import AS_OF, city
from bench.world.enterprises import world_columns
from bench.world.tables import fact_tables
from bench.world.write import SEED
from duixian.kernel.kernel import Kernel

ENTERPRISES = 2_000


def main() -> None:
    """Run every way once on a small world; what is compiled already is loaded."""
    columns = world_columns(SEED, 0, ENTERPRISES)
    run(prepare(columns))
    Kernel(city()).determine(fact_tables(columns), AS_OF, with_marks=False)


if __name__ == "__main__":
    main()
