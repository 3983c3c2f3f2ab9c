"""The outcomes as lines of a table (对比表), on the screen and in Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import median

from bench.figure import SECOND, Unit, shown
from bench.peers.measure import NO_FILES, NO_MEMORY
from bench.peers.outcome import Outcome
from bench.peers.registry import YARDSTICKS

_COLUMNS = (
    ("warm", 10), ("least to most", 20), ("of Duixian", 22), ("of C", 9), ("facts/s", 10), ("processor", 11), ("cold", 10),
    ("of it prepare", 15), ("memory", 12),
)  # fmt: skip
HEADER = f"  {'':<26}" + "".join(f"{name:>{width}}" for name, width in _COLUMNS) + "  result"
_C, _DUIXIAN = YARDSTICKS


def lines(some: Sequence[Outcome]) -> str:
    """The engines of one way on one world as lines of the screen; engines that have no such way are left out."""
    return "\n".join(line(each, some) for each in some if each.missing not in (NO_FILES, NO_MEMORY))


def line(each: Outcome, found: Sequence[Outcome]) -> str:
    """One engine as a line of the screen; see :data:`HEADER`."""
    if not each.runs:
        return f"  {each.title:<26}not available: {each.missing}"
    cells = zip(_cells(each, found), _COLUMNS, strict=True)
    return f"  {each.title:<26}{''.join(f'{text:>{width}}' for text, (_, width) in cells)}  {each.agreement}"


def markdown(some: Sequence[Outcome], found: Sequence[Outcome]) -> str:
    """The engines of one way on one world as a table in Markdown; engines that have no such way are left out."""
    rows = [
        f"| engine | {' | '.join(name for name, _ in _COLUMNS)} | result |",
        f"|---|{'--:|' * len(_COLUMNS)}---|",
    ]
    for each in some:
        if each.runs:
            rows.append(f"| {each.title} | {' | '.join(_cells(each, found))} | {each.agreement} |")
        elif each.missing not in (NO_FILES, NO_MEMORY):
            rows.append(f"| {each.title} |{' |' * len(_COLUMNS)} {each.missing} |")
    return "\n".join(rows)


def panels(found: Sequence[Outcome]) -> Iterator[tuple[str, list[Outcome]]]:
    """What stands in one table: the engines that ran in one way on one world, under their heading."""
    for way, enterprises in dict.fromkeys((each.way, each.enterprises) for each in found):
        yield (
            f"{way[0].upper()}{way[1:]}, {enterprises:,} enterprises",
            [each for each in found if (each.way, each.enterprises) == (way, enterprises)],
        )


def _cells(each: Outcome, found: Sequence[Outcome]) -> tuple[str, ...]:
    beside = {one.name: one for one in found if each.goes_with(one)}
    return (
        shown(each.warm_ns, Unit.TIME),
        f"{shown(min(each.warm), Unit.TIME)} – {shown(max(each.warm), Unit.TIME)}",
        times(each, beside.get(_DUIXIAN), with_spread=True),
        times(each, beside.get(_C)),
        _rate(each),
        shown(each.cpu_ns, Unit.TIME),
        shown(each.cold_ns, Unit.TIME),
        shown(each.prepare_ns, Unit.TIME) if each.prepare_ns else "",
        shown(each.peak_kib, Unit.MEMORY),
    )


def times(each: Outcome, yardstick: Outcome | None, *, with_spread: bool = False) -> str:
    """How many times as long as a yardstick: the median over rounds, and the least and greatest."""
    if yardstick is None or not yardstick.runs:
        return ""
    found = each.times_of(yardstick)
    spread = f" ({_short(min(found))}–{_short(max(found))})" if with_spread and each is not yardstick else ""
    return f"{_short(median(found))} ×{spread}"


def _short(ratio: float) -> str:
    return f"{ratio:,.0f}" if ratio >= 100 else f"{ratio:.1f}" if ratio >= 10 else f"{ratio:.2f}"


def _rate(each: Outcome) -> str:
    facts = each.runs[0].get("facts", 0)
    rate = facts / each.warm_ns * SECOND
    return "" if not facts else f"{rate / 1e6:.1f} M" if rate >= 1e6 else f"{rate / 1e3:,.0f} k"
