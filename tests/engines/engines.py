"""The engines that are held against the law, in the ways in which each can be asked."""

from __future__ import annotations

from tests.engines.decides import DecidesAll, Reference
from tests.engines.fact_tables import ThroughTables
from tests.engines.kernel_engine import KernelEngine
from tests.engines.kernel_tables import KernelTables

LAW, LAW_WITH_MARKS, STRICT_LAW = Reference(), Reference(has_marks=True), Reference(is_strict=True)


def others(law: Reference = LAW) -> tuple[DecidesAll, ...]:
    """Every other engine, asked as this law is; and the law itself on dossiers that went through fact tables."""
    by_dossiers = KernelEngine(law.has_marks, law.is_strict)
    by_tables = (KernelTables(law.has_marks, law.is_strict, threads) for threads in (2, 1))
    if law.has_marks or law.is_strict:
        return by_dossiers, *by_tables
    return by_dossiers, *by_tables, KernelEngine(is_single=True), ThroughTables(law)


class InTurn:
    """The other engines in turn: the next of the quick ones for each docket, and all of them for one in so many."""

    QUICK = 3

    def __init__(self, law: Reference = LAW, *, all_in: int = 10, first: int = 0) -> None:
        self.all, self._all_in, self._next = others(law), all_in, first

    def of(self, number: int) -> tuple[DecidesAll, ...]:
        """Those for the docket of a number."""
        if number % self._all_in == 0:
            return self.all
        self._next += 1
        return (self.all[self._next % self.QUICK],)
