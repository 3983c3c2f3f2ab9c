"""All engines that can take part (参比引擎名录), by the name that ``--engines`` takes; each is made by a function of its module.

A module is imported only in the process that measures it, so that a package that is not installed is told and stops nobody else.
"""

from __future__ import annotations

from importlib import import_module

from bench.peers.engine import Engine
from bench.plan import NotAvailable

ENGINES = {
    "c": "bench.peers.c_engine:c_kernel",
    "c-reused": "bench.peers.c_engine:c_kernel_reused",
    "duixian": "bench.peers.duixian_kernel:duixian",
    "duixian-unchecked": "bench.peers.duixian_kernel:unchecked",
    "duckdb": "bench.peers.duckdb_plan:narrowed",
    "duckdb-naive": "bench.peers.duckdb_plan:naive",
    "openfisca": "bench.peers.openfisca_engine:by_measures",
    "openfisca-tables": "bench.peers.openfisca_engine:by_steps",
    "openfisca-numpy": "bench.peers.openfisca_engine:by_sorting",
    "zen": "bench.peers.zen_engine:batched",
    "zen-single": "bench.peers.zen_engine:single",
}
"""Name → module:function that returns the :class:`Engine`."""
YARDSTICKS = ("c", "duixian")
"""The engines that times are given as multiples of; they run beside the others on every size of world."""
SMALLER = {"zen-single": 100_000}
"""Engines that are measured on a smaller world, of so many enterprises at most; none of them goes from files to files."""


def engine(name: str) -> Engine:
    """The engine of this name.

    Raises:
        NotAvailable: when its module needs a package that is not installed.
    """
    module, _, function = ENGINES[name].partition(":")
    try:
        made = getattr(import_module(module), function)()
    except ModuleNotFoundError as error:
        raise NotAvailable(f"{error.name} is not installed") from None
    assert isinstance(made, Engine)
    return made
