"""What an engine came to over all rounds (参比结果): medians, peak memory, and how its totals compare with the first engine's."""

from __future__ import annotations

from dataclasses import dataclass, field
from statistics import median
from typing import Any

SUMS = ("paid_fen", "city_fen", "county_fen")
EQUAL, NOT_EQUAL, RUNS_DIFFER = "equal, every line", "NOT equal", "its own runs differ"


@dataclass(slots=True)
class Outcome:
    """The processes of one engine in one way (参比结果): ``runs`` holds what each told, ``missing`` why there is none.

    Times in ns, memory in KiB. ``cold`` is a fresh process: import, prepare and the first run; the world is there already.
    """

    name: str
    title: str
    note: str
    way: str
    enterprises: int
    runs: list[dict[str, Any]] = field(default_factory=list)
    missing: str = ""
    agreement: str = ""

    @property
    def cold_ns(self) -> float:
        """The median over processes of import, preparation and first run."""
        return self._median("import_ns", "prepare_ns", "first_ns")

    @property
    def prepare_ns(self) -> float:
        """The median over processes of the preparation: from the columns to what the engine keeps."""
        return self._median("prepare_ns")

    @property
    def warm(self) -> list[float]:
        """For each process the median of its warm runs."""
        return [median(each["warm_ns"]) for each in self.runs]

    @property
    def warm_ns(self) -> float:
        """The median of :attr:`warm`."""
        return median(self.warm)

    def times_of(self, other: Outcome) -> list[float]:
        """How many times as long as another engine it takes, round by round, so that a busy round meets both."""
        return [mine / its for mine, its in zip(self.warm, other.warm, strict=False)]

    def goes_with(self, other: Outcome) -> bool:
        """Whether another engine ran in the same way on the same world."""
        return (self.way, self.enterprises) == (other.way, other.enterprises) and bool(other.runs)

    @property
    def cpu_ns(self) -> float:
        """The median over processes of the processor time of a warm run, all threads together: a busy machine hardly moves it."""
        busy: list[float] = [median(each["cpu_ns"]) for each in self.runs]
        return median(busy)

    @property
    def peak_kib(self) -> float:
        """The median of the greatest memory of each process, the world's columns included."""
        return self._median("peak_kib")

    def _median(self, *names: str) -> float:
        told: list[int] = [sum(each[name] for name in names) for each in self.runs]
        return median(told)

    @property
    def totals(self) -> dict[str, Any]:
        """What the engine gave; all its runs must give the same."""
        told: dict[str, Any] = self.runs[0]["totals"]
        return told

    def compare(self, truth: dict[str, Any]) -> None:
        """Say how the totals compare with those of an engine that is held for right."""
        if any(each["totals"] != self.totals for each in self.runs):
            self.agreement = RUNS_DIFFER
        elif "mix" in self.totals and self.runs[0].get("is_exact", True):
            same = self.totals == truth
            self.agreement = EQUAL if same else f"{NOT_EQUAL}: {_off(self.totals, truth)}"
        elif "mix" in self.totals:
            same = self.totals["outcomes"] == truth["outcomes"]
            self.agreement = f"outcomes {'equal' if same else 'not equal'}, {_off(self.totals, truth)}"
        else:
            self.agreement = f"sums only: {_off(self.totals, truth)}"

    def as_json(self) -> dict[str, Any]:
        """The outcome as an object of the JSON file."""
        told: dict[str, Any] = {
            "engine": self.name,
            "title": self.title,
            "note": self.note,
            "way": self.way,
            "enterprises": self.enterprises,
        }
        if self.missing:
            return told | {"not_available": self.missing}
        medians = {
            "cold_ns": self.cold_ns,
            "warm_ns": self.warm_ns,
            "prepare_ns": self.prepare_ns,
            "cpu_ns": self.cpu_ns,
            "peak_kib": self.peak_kib,
        }
        return told | medians | {"agreement": self.agreement, "runs": self.runs}

    @classmethod
    def of_json(cls, told: dict[str, Any]) -> Outcome:
        """The outcome that :meth:`as_json` told."""
        return cls(
            told["engine"],
            told["title"],
            told["note"],
            told["way"],
            told["enterprises"],
            told.get("runs", []),
            told.get("not_available", ""),
            told.get("agreement", ""),
        )


def _off(totals: dict[str, Any], truth: dict[str, Any]) -> str:
    """By how many fen the sums are off, or that they are not."""
    off = {name: totals[name] - truth[name] for name in SUMS if totals.get(name) is not None}
    wrong = [f"{name.removesuffix('_fen')} by {amount:+,} fen" for name, amount in off.items() if amount]
    return (
        "off: " + ", ".join(wrong)
        if wrong
        else f"{', '.join(name.removesuffix('_fen') for name in off)} equal to the fen"
    )
