"""What long runs have compared so far (长跑记录): a small file beside the tests, and the table of the page that tells of it."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path

HERE = Path(__file__).resolve().parent
RECORD = HERE / "long_run.json"
PAGE = HERE.parents[1] / "docs" / "reference" / "engines-equal.md"
BEGIN, END = "<!-- long runs: written by python -m tests.engines.long_run -->", "<!-- end of long runs -->"
NOTHING_YET = "No long run is recorded yet."


@dataclass(frozen=True, slots=True)
class Units:
    """The size of a unit: so many cities, so many dossiers of each."""

    dockets: int
    dossiers: int

    @property
    def dossiers_each(self) -> int:
        """The dossiers of one unit."""
        return self.dockets * self.dossiers


@dataclass(frozen=True, slots=True)
class UnitResult:
    """What became of one unit; ``cases`` names the golden cases that it left."""

    number: int
    engines: tuple[str, ...]
    dossiers: int
    determinations: int
    differing: int
    breaking: int
    entangled: int
    cases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Run:
    """What the run of one seed has compared. ``done`` are the numbers of its units."""

    seed: str
    size: Units
    done: frozenset[int] = frozenset()
    engines: tuple[str, ...] = ()
    dossiers: int = 0
    determinations: int = 0
    differing: int = 0
    breaking: int = 0
    entangled: int = 0
    cases: tuple[str, ...] = ()
    seconds: int = 0

    @property
    def cities(self) -> int:
        """How many random cities there were."""
        return len(self.done) * self.size.dockets

    def with_unit(self, unit: UnitResult, seconds: int) -> Run:
        """The run with one more unit done."""
        return replace(
            self,
            done=self.done | {unit.number},
            engines=tuple(dict.fromkeys((*self.engines, *unit.engines))),
            dossiers=self.dossiers + unit.dossiers,
            determinations=self.determinations + unit.determinations,
            differing=self.differing + unit.differing,
            breaking=self.breaking + unit.breaking,
            entangled=self.entangled + unit.entangled,
            cases=tuple(dict.fromkeys((*self.cases, *unit.cases))),
            seconds=seconds,
        )


def read_runs(path: Path = RECORD) -> dict[str, Run]:
    """The runs of a record, by seed; none when there is no file."""
    if not path.is_file():
        return {}
    runs = [_read(each) for each in json.loads(path.read_text("utf-8"))]
    return {each.seed: each for each in runs}


def _read(entry: dict[str, object]) -> Run:
    fields = dict(entry)
    size, spans = fields.pop("size"), fields.pop("done")
    assert isinstance(size, dict)
    assert isinstance(spans, list)
    done = frozenset(number for first, last in spans for number in range(first, last + 1))
    lists = {name: tuple(value) for name, value in fields.items() if isinstance(value, list)}
    return Run(size=Units(**size), done=done, **{**fields, **lists})  # type: ignore[arg-type]


def write_runs(runs: Mapping[str, Run], path: Path = RECORD) -> None:
    """Write a record whole or not at all: a run may be stopped at any time."""
    entries = [asdict(each) | {"done": _spans(each.done)} for each in runs.values()]
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    part.write_text(json.dumps(entries, ensure_ascii=False, indent=1) + "\n", "utf-8")
    os.replace(part, path)


def _spans(numbers: Iterable[int]) -> list[list[int]]:
    """Numbers as first and last of each row of them."""
    spans: list[list[int]] = []
    for number in sorted(numbers):
        if spans and spans[-1][1] == number - 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    return spans


def table(runs: Mapping[str, Run]) -> str:
    """The runs as a table of the page."""
    if not runs:
        return NOTHING_YET
    head = "| seed | ways | cities | dossiers | determinations | left to the law | differences | hours |\n"
    head += "|---|---:|---:|---:|---:|---:|---:|---:|\n"
    return head + "\n".join(_line(each) for each in runs.values())


def _line(run: Run) -> str:
    numbers = (len(run.engines), run.cities, run.dossiers, run.determinations, run.entangled, run.differing)
    hours = f"{run.seconds // 3600}:{run.seconds % 3600 // 60:02d}"
    cells = (run.seed, *(f"{each:,}" for each in numbers), hours)
    return f"| {' | '.join(cells)} |"


def write_page(runs: Mapping[str, Run], path: Path = PAGE) -> None:
    """Write the table of the page anew; the rest of it is a person's."""
    path.write_text(paged(path.read_text("utf-8"), runs), "utf-8")


def paged(page: str, runs: Mapping[str, Run]) -> str:
    """The page with the table of these runs.

    Raises:
        ValueError: when the page has no place for the table.
    """
    start, end = page.index(BEGIN) + len(BEGIN), page.index(END)
    return f"{page[:start]}\n{table(runs)}\n{page[end:]}"
