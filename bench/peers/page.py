"""The page of the last side-by-side run (对比页): ``docs/reference/peers.md``, written by ``python -m bench.peers --page``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bench.peers.outcome import EQUAL, Outcome
from bench.peers.table import markdown

_TEXT = Path(__file__).with_name("page.md")


def write_page(path: Path, document: Mapping[str, Any], found: Sequence[Outcome]) -> None:
    """Write the page: its text stands in ``page.md``, the tables are those of a run."""
    size = f"{document['enterprises']:,} enterprises"
    tables = [
        f"## {way[0].upper()}{way[1:]}, {size}\n\n{markdown(way, found)}"
        for way in dict.fromkeys(each.way for each in found)
    ]
    machine = "\n".join(f"{key:<10}{text}" for key, text in document["machine"].items())
    text = _TEXT.read_text("utf-8").format(tables="\n\n".join(tables), totals=_totals(found), machine=machine)
    path.write_text(text, "utf-8")


def _totals(found: Sequence[Outcome]) -> str:
    """What all engines with lines agree on."""
    agreed = next((each.totals for each in found if each.runs and each.agreement == EQUAL), None)
    if agreed is None:
        return ""
    return (
        f"Agreed: {agreed['lines']:,} lines, {agreed['outcomes'][0]:,} awards, {agreed['paid_fen']:,} fen, "
        f"of them city {agreed['city_fen']:,} and county {agreed['county_fen']:,}; checksum `{agreed['mix']}`."
    )
