"""``duixian demo``: a synthetic city to try everything on (虚构城市)."""

from __future__ import annotations

from pathlib import Path

from duixian.cli.exit_codes import ExitCode
from duixian.cli.refusal import Refusal
from duixian.cli.screen import Screen
from duixian.exchange.demo.write import FEWEST, MOST, write_demo_city
from duixian.wording import Language


def write_demo(language: Language, out: Path, seed: int, enterprises: int) -> int:
    """Write the demo city and say where it is."""
    if not FEWEST <= enterprises <= MOST:
        raise Refusal("error.demo-size", fewest=FEWEST, most=MOST, value=enterprises)
    screen = Screen(language)
    summary = write_demo_city(out, seed, enterprises)
    screen.say(
        "demo.written",
        enterprises=summary.enterprises,
        facts=summary.fact_count,
        facts_folder=summary.facts,
        seed=seed,
    )
    for kind, count in summary.rows.items():
        screen.line(f"  {kind}  {count}")
    screen.say("demo.synthetic")
    screen.say("demo.next", facts=summary.facts, out=out / "out")
    return ExitCode.OK
