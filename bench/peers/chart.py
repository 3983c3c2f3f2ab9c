"""The outcomes as bars (对比图): warm times on a logarithmic axis, an SVG written by hand."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from math import ceil, floor, log10
from pathlib import Path

from bench.figure import Unit, shown
from bench.peers.outcome import Outcome

_LEFT, _WIDTH, _RIGHT, _BAR, _GAP, _TOP = 210, 470, 90, 20, 8, 34
_COLOURS = {"duixian": "#b3261e", "c": "#5f6368", "c-reused": "#9aa0a6"}
_OTHERS = "#3c6e9f"
_TEXT = "font-family='system-ui, sans-serif' font-size='12' fill='#202124'"


def write_chart(path: Path, enterprises: int, found: Sequence[Outcome]) -> None:
    """Write one panel of bars for each way of running."""
    panels: list[str] = []
    top = 0
    for way in dict.fromkeys(each.way for each in found):
        measured = sorted(
            (each for each in found if each.way == way and each.runs), key=lambda each: each.warm_ns
        )
        if measured:
            panels.append(
                f"<g transform='translate(0 {top})'>{_panel(f'{way}, {enterprises:,} enterprises', measured)}</g>"
            )
            top += _height(measured)
    width = _LEFT + _WIDTH + _RIGHT
    path.write_text(
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {width} {top}' width='{width}' height='{top}' role='img'>"
        f"<title>Warm run, median; logarithmic scale</title><rect width='{width}' height='{top}' fill='#ffffff'/>{''.join(panels)}</svg>\n",
        "utf-8",
    )


def _height(measured: Sequence[Outcome]) -> int:
    return _TOP + len(measured) * (_BAR + _GAP) + 34


def _panel(heading: str, measured: Sequence[Outcome]) -> str:
    low = floor(log10(min(each.warm_ns for each in measured)) - 0.05)
    high = max(ceil(log10(max(each.warm_ns for each in measured))), low + 1)
    bottom = _height(measured) - 30

    def along(nanoseconds: float) -> float:
        return _LEFT + _WIDTH * (log10(nanoseconds) - low) / (high - low)

    parts = [f"<text x='12' y='20' {_TEXT} font-weight='600'>{escape(heading)}: warm run, median</text>"]
    for power in range(low, high + 1):
        x = along(10**power)
        parts.append(f"<line x1='{x:.1f}' x2='{x:.1f}' y1='{_TOP - 4}' y2='{bottom}' stroke='#dadce0'/>")
        parts.append(
            f"<text x='{x:.1f}' y='{bottom + 14}' {_TEXT} text-anchor='middle'>{_tick(power)}</text>"
        )
    for place, each in enumerate(measured):
        y = _TOP + place * (_BAR + _GAP)
        x = along(each.warm_ns)
        colour = _COLOURS.get(each.name, _OTHERS)
        parts.append(
            f"<text x='{_LEFT - 8}' y='{y + 14}' {_TEXT} text-anchor='end'>{escape(each.title)}</text>"
        )
        parts.append(f"<rect x='{_LEFT}' y='{y}' width='{x - _LEFT:.1f}' height='{_BAR}' fill='{colour}'/>")
        parts.append(f"<text x='{x + 6:.1f}' y='{y + 14}' {_TEXT}>{shown(each.warm_ns, Unit.TIME)}</text>")
    return "".join(parts)


def _tick(power: int) -> str:
    for unit, name in ((9, "s"), (6, "ms"), (3, "µs")):
        if power >= unit:
            return f"{10 ** (power - unit):,} {name}"
    return f"{10**power} ns"
