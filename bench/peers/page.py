"""The page of the last side-by-side run (对比页): ``docs/reference/peers.md``, written by ``python -m bench.peers --page``."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from bench.figure import Unit, shown
from bench.peers.outcome import EQUAL, Outcome
from bench.peers.table import markdown, panels, times

_TEXT = Path(__file__).with_name("page.md")


def write_page(path: Path, document: Mapping[str, Any], found: Sequence[Outcome], growth: Path) -> None:
    """Write the page: its text stands in ``page.md``, the tables are those of this run and of the last run of ``scale``."""
    tables = [f"## {heading}\n\n{markdown(some, found)}" for heading, some in panels(found)]
    machine = "\n".join(f"{key:<10}{text}" for key, text in document["machine"].items())
    text = _TEXT.read_text("utf-8").format(
        headline="\n".join(_headline(found)),
        tables="\n\n".join(tables),
        totals=_totals(found),
        growth=_growth(growth),
        machine=machine,
    )
    path.write_text(text, "utf-8")


def _headline(found: Sequence[Outcome]) -> Iterator[str]:
    """For each table one sentence: how long Duixian takes, and how many times as long the others."""
    for heading, some in panels(found):
        ours = next((each for each in some if each.name == "duixian" and each.runs), None)
        if ours is not None:
            others = [each for each in some if each.runs and each is not ours]
            told = "; ".join(f"{each.title} {times(each, ours)}" for each in others)
            yield f"- **{heading}**: Duixian {shown(ours.warm_ns, Unit.TIME)}. Times as long: {told or 'none'}."


def _totals(found: Sequence[Outcome]) -> str:
    """What all engines with lines agree on."""
    return "\n\n".join(
        f"Agreed on {size:,} enterprises: {agreed['lines']:,} lines, {agreed['outcomes'][0]:,} awards, {agreed['paid_fen']:,} fen, "
        f"of them city {agreed['city_fen']:,} and county {agreed['county_fen']:,}; checksum `{agreed['mix']}`."
        for size, agreed in _agreed(found).items()
    )


def _agreed(found: Sequence[Outcome]) -> dict[int, dict[str, Any]]:
    return {each.enterprises: each.totals for each in found if each.runs and each.agreement == EQUAL}


def _growth(path: Path) -> str:
    """The tables of the last run of ``python -m bench.peers.scale``, as it wrote them."""
    if not path.is_file():
        return "Not measured yet: `python -m bench.peers.scale`."
    told: dict[str, str] = json.loads(path.read_text("utf-8"))
    return told["markdown"]
