"""The outcomes as dots on a logarithmic axis (对比图), an SVG written by hand.

Dots, not bars: on a logarithmic axis there is no zero for a bar to begin at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from html import escape
from math import ceil, floor, log10
from pathlib import Path

from bench.figure import Unit, shown
from bench.peers.outcome import EQUAL, NOT_EQUAL, RUNS_DIFFER, Outcome
from bench.peers.table import panels, times

_WIDTH, _LEFT, _RIGHT = 960, 236, 700
_TIME_AT, _RATIO_AT = 800, 936
_ROW, _HEAD, _FOOT, _MARGIN = 30, 62, 26, 22
_INK, _PALE, _RULE, _OURS, _LIMIT, _OTHERS = "#1f2328", "#6b7280", "#e5e7eb", "#b3261e", "#6b7280", "#2f6f9f"
_FONT = "font-family='system-ui, -apple-system, Segoe UI, Noto Sans, sans-serif'"
_CAPTION = (
    "Dot: median over fresh processes of a warm run. Bar through it: from the fastest process to the slowest.",
    "Logarithmic axis: the strong upright lines are ten times apart, the weak ones at 2 and 5. Left is faster.",
    "All agree on every line, to the fen, but for those that are marked.",
)
_MARKS = {"†": "† not exact: amounts are float32.", "‡": "‡ differs where it should not: see the table."}
Along = Callable[[float], float]


def write_chart(path: Path, found: Sequence[Outcome]) -> None:
    """Write one panel for each way of running and size of world."""
    parts: list[str] = []
    top = _MARGIN
    for heading, some in panels(found):
        measured = sorted((each for each in some if each.runs), key=lambda each: each.warm_ns)
        if measured:
            parts.append(f"<g transform='translate(0 {top})'>{''.join(_panel(heading, measured))}</g>")
            top += _HEAD + len(measured) * _ROW + _FOOT + _MARGIN
    marks = {_mark(each) for each in found if each.runs}
    for sentence in (*_CAPTION, *(told for mark, told in _MARKS.items() if mark in marks)):
        parts.append(_text(24, top, sentence, size=12, colour=_PALE))
        top += 18
    height = top + 6
    path.write_text(
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {_WIDTH} {height}' width='{_WIDTH}' height='{height}' role='img'>"
        f"<title>How long each engine takes, on a logarithmic scale</title>"
        f"<rect width='{_WIDTH}' height='{height}' fill='#ffffff'/>{''.join(parts)}</svg>\n",
        "utf-8",
    )


def _panel(heading: str, measured: Sequence[Outcome]) -> Iterator[str]:
    low = floor(log10(min(min(each.warm) for each in measured)))
    high = max(ceil(log10(max(max(each.warm) for each in measured))), low + 1)
    bottom = _HEAD + len(measured) * _ROW

    def along(nanoseconds: float) -> float:
        return _LEFT + (_RIGHT - _LEFT) * (log10(nanoseconds) - low) / (high - low)

    ours = next((each for each in measured if each.name == "duixian"), None)
    yield _text(24, 18, heading, size=15, weight=600)
    yield _text(_TIME_AT, _HEAD - 16, "median", size=11, colour=_PALE, anchor="end")
    if ours:
        yield _text(_RATIO_AT, _HEAD - 16, "times Duixian's", size=11, colour=_PALE, anchor="end")
    yield from _grid(low, high, bottom, along)
    if ours:
        x = along(ours.warm_ns)
        yield _line(x, _HEAD - 8, x, bottom, _OURS, dash="2 4")
    for place, each in enumerate(measured):
        yield from _row(each, ours, _HEAD + place * _ROW, along)


def _grid(low: int, high: int, bottom: int, along: Along) -> Iterator[str]:
    for power in range(low, high + 1):
        x = along(10**power)
        yield _line(x, _HEAD - 8, x, bottom, "#d1d5db")
        yield _text(x, bottom + 16, _tick(power), size=11, colour=_PALE, anchor="middle")
        for times_ in (2, 5) if power < high else ():
            minor = along(times_ * 10**power)
            yield _line(minor, _HEAD - 4, minor, bottom, _RULE)


def _row(each: Outcome, ours: Outcome | None, top: int, along: Along) -> Iterator[str]:
    colour = _colour(each)
    is_ours = colour == _OURS
    middle = top + _ROW / 2
    if is_ours:
        yield f"<rect x='12' y='{top + 2}' width='{_WIDTH - 24}' height='{_ROW - 4}' rx='6' fill='{_OURS}' fill-opacity='0.06'/>"
    title = f"{each.title} {_mark(each)}".rstrip()
    weight = 600 if is_ours else 400
    yield _text(_LEFT - 14, middle + 4, title, anchor="end", weight=weight, colour=_OURS if is_ours else _INK)
    first, last, at = (along(time) for time in (min(each.warm), max(each.warm), each.warm_ns))
    yield (
        f"<line x1='{first:.1f}' x2='{last:.1f}' y1='{middle}' y2='{middle}' stroke='{colour}' stroke-width='5' "
        f"stroke-opacity='0.3' stroke-linecap='round'/>"
    )
    yield f"<circle cx='{at:.1f}' cy='{middle}' r='6' fill='{colour}' stroke='#ffffff' stroke-width='1.5'/>"
    yield _text(_TIME_AT, middle + 4, shown(each.warm_ns, Unit.TIME), anchor="end", weight=weight)
    if ours and each is not ours:
        yield _text(_RATIO_AT, middle + 4, times(each, ours), anchor="end", colour=_PALE)


def _mark(each: Outcome) -> str:
    """What stands beside an engine that does not give every line to the fen."""
    if each.agreement in (EQUAL, ""):
        return ""
    return "‡" if each.agreement.startswith((NOT_EQUAL, RUNS_DIFFER)) else "†"


def _colour(each: Outcome) -> str:
    if each.name.startswith("duixian"):
        return _OURS
    return _LIMIT if each.name.startswith("c") else _OTHERS


def _line(x1: float, y1: float, x2: float, y2: float, colour: str, dash: str = "") -> str:
    dashed = f" stroke-dasharray='{dash}'" if dash else ""
    return (
        f"<line x1='{x1:.1f}' x2='{x2:.1f}' y1='{y1}' y2='{y2}' stroke='{colour}' stroke-width='1'{dashed}/>"
    )


def _text(
    x: float,
    y: float,
    text: str,
    *,
    size: int = 13,
    colour: str = _INK,
    anchor: str = "start",
    weight: int = 400,
) -> str:
    return (
        f"<text x='{x:.1f}' y='{y}' {_FONT} font-size='{size}' fill='{colour}' text-anchor='{anchor}' "
        f"font-weight='{weight}'>{escape(text)}</text>"
    )


def _tick(power: int) -> str:
    for unit, name in ((9, "s"), (6, "ms"), (3, "µs")):
        if power >= unit:
            return f"{10 ** (power - unit):,} {name}"
    return f"{10**power} ns"
