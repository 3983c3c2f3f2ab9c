"""What is known on the day (已知事实): where the facts of each kind lie that were recorded by then."""

from __future__ import annotations

from duixian.kernel import words as w
from duixian.kernel.compiled import compiled
from duixian.kernel.machine import RANGES
from duixian.kernel.words import Words


@compiled
def lay_ranges(image: Words, facts: Words, low: int, high: int, as_of: int, desk: Words) -> None:
    """Where the known facts of each kind lie."""
    for number in range(2 * image[w.H_KIND_COUNT]):
        desk[RANGES + number] = 0
    width = image[w.H_FACT_WORDS]
    fact = low
    while fact < high:
        kind = facts[fact + w.F_SHAPE] >> w.KIND_SHIFT
        if facts[fact + w.F_DATE] <= as_of:
            if desk[RANGES + 2 * kind + 1] == 0:
                desk[RANGES + 2 * kind] = fact
            desk[RANGES + 2 * kind + 1] = fact + width
        fact += width
