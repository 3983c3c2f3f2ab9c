"""The outcomes as lines of a table (对比表), on the screen and in Markdown."""

from __future__ import annotations

from collections.abc import Sequence

from bench.figure import Unit, shown
from bench.peers.measure import NO_FILES
from bench.peers.outcome import Outcome

YARDSTICKS = ("c", "duixian")
"""The engines that times are given as multiples of."""
_COLUMNS = (
    ("cold", 10), ("of it prepare", 15), ("warm", 10), ("least", 10), ("most", 10), ("of C", 9), ("of Duixian", 12), ("processor", 11),
    ("peak memory", 13),
)  # fmt: skip
HEADER = f"  {'':<26}" + "".join(f"{name:>{width}}" for name, width in _COLUMNS) + "  result"


def line(each: Outcome, found: Sequence[Outcome]) -> str:
    """One engine as a line of the screen; see :data:`HEADER`."""
    if not each.runs:
        return f"  {each.title:<26}not available: {each.missing}"
    cells = zip(_cells(each, found), _COLUMNS, strict=True)
    return f"  {each.title:<26}{''.join(f'{text:>{width}}' for text, (_, width) in cells)}  {each.agreement}"


def markdown(way: str, found: Sequence[Outcome]) -> str:
    """All engines in one way as a table in Markdown."""
    rows = [
        f"| engine | {' | '.join(name for name, _ in _COLUMNS)} | result |",
        f"|---|{'--:|' * len(_COLUMNS)}---|",
    ]
    for each in (one for one in found if one.way == way):
        if each.runs:
            rows.append(f"| {each.title} | {' | '.join(_cells(each, found))} | {each.agreement} |")
        elif each.missing != NO_FILES:
            rows.append(f"| {each.title} |{' |' * len(_COLUMNS)} {each.missing} |")
    return "\n".join(rows)


def _cells(each: Outcome, found: Sequence[Outcome]) -> tuple[str, ...]:
    beside = {one.name: one for one in found if one.way == each.way and one.runs}
    times = (each.cold_ns, each.prepare_ns, each.warm_ns, min(each.warm), max(each.warm))
    return (
        *(shown(time, Unit.TIME) for time in times),
        *(f"{each.times_of(beside[name]):.2f} ×" if name in beside else "" for name in YARDSTICKS),
        shown(each.cpu_ns, Unit.TIME),
        shown(each.peak_kib, Unit.MEMORY),
    )
