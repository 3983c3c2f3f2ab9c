"""The points at which a process dies (断点): each is a real process of its own, ended by SIGKILL at any moment of its deed.

Whoever looks afterwards is a process of its own too, and so is what was done undisturbed. They are forked from one that has the office
in its memory and no connection to the database, so that two hundred points take minutes.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from random import Random
from typing import Any, NamedTuple

from django.core.management import call_command
from django.urls import get_resolver

from duixian.office.audit.models import AuditEvent
from duixian.office.city import city
from tests.office.killed.deed import Deed, Desk, State, give_tokens
from tests.office.killed.imports import Lists, Tables
from tests.office.killed.look import stored_files, unfinished_files, wait_for_the_dead, wrong
from tests.office.killed.payments import Payments
from tests.office.killed.processes import Broke, died, forked
from tests.office.killed.runs import RequestedRuns, Runs
from tests.office.treasury.world import make_world

KINDS = ("run", "requested-run", "roster", "tables", "payment")
"""What is done. Runs come first: what the others put into the registry is not theirs to decide."""


def deeds(kinds: Sequence[str], *, is_small: bool) -> list[Deed]:
    """The deeds of these kinds; small ones are soon done."""
    rows, awards = (200, 12) if is_small else (2_000, 60)
    every: tuple[Deed, ...] = (Runs(), RequestedRuns(), Lists(rows), Tables(rows), Payments(awards))
    return [deed for deed in every if deed.name in kinds]


@dataclass(slots=True)
class Found:
    """What was seen of one kind of deed (所见): each point's place among the states on the way, and everything that is wrong."""

    name: str
    states: int
    seconds: float
    undisturbed: float
    points: int = 0
    inside: int = 0
    untold: int = 0
    waited: float = 0.0
    places: list[int] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    @property
    def slower(self) -> float:
        """How much slower the machine is now than when the deed was done undisturbed."""
        return self.seconds / self.undisturbed

    def as_text(self) -> str:
        """A line of the report."""
        middle = sum(0 < place < self.states - 1 for place in self.places)
        return (
            f"{self.name}: {self.points} points within about {self.seconds:.1f} s; {self.inside} died inside; restarted at the beginning "
            f"{self.places.count(0)}, in the middle {middle} ({len(set(self.places))} of {self.states} states), at the end "
            f"{self.places.count(self.states - 1)}; done and not told {self.untold}; server noticed within {self.waited:.2f} s; "
            f"wrong {len(self.wrong)}"
        )


class Seen(NamedTuple):
    """A state that may be seen from outside, and how many answers were given before it (中间状态)."""

    answers: int
    state: State


def kill_everywhere(wanted: Sequence[Deed], points: int, seed: int) -> bool:
    """Kill each deed at its share of points, and say what was found; whether all is well."""
    forked(_open)
    _warm()
    chance, is_well = Random(seed), True
    for place, deed in enumerate(wanted):
        begin = time.monotonic()
        found = _killed_at(deed, len(range(place, points, len(wanted))), chance)
        print(found.as_text(), f"({time.monotonic() - begin:.0f} s)", flush=True)
        for sentence in found.wrong:
            print("  WRONG", sentence, flush=True)
        is_well = is_well and not found.wrong
    files, unfinished = len(list(stored_files())), len(list(unfinished_files()))
    print(
        f"{forked(AuditEvent.objects.count)} audit events, {files} files in the store, {unfinished} unfinished beside it"
    )
    return is_well


def _killed_at(deed: Deed, points: int, chance: Random) -> Found:
    """Do it undisturbed, then kill it at so many points."""
    forked(deed.open)
    steps, states = forked(partial(_undisturbed, deed))
    path = [Seen(told, state) for told, state in states]
    found = Found(deed.name, len(path), sum(steps), sum(steps))
    for number in range(1, 1 + points):
        # Every step in its turn, each time in another part of it, so that few points see as much as can be.
        step, turn, turns = (number - 1) % len(steps), (number - 1) // len(steps), -(-points // len(steps))
        after = found.slower * steps[step] * (turn + chance.random()) / turns
        try:
            _kill_once(deed, number, step, after, path, found)
        except Broke as fault:
            found.wrong.append(f"{deed.name} {number}, killed {after:.3f} s after {step} answers: {fault}")
    return found


def _kill_once(deed: Deed, number: int, step: int, after: float, path: list[Seen], found: Found) -> None:
    """Kill it once, look, do it again, look."""
    found.points += 1
    forked(partial(deed.prepare, number))
    end = died(partial(_ready, deed, number), step, after)
    restarted, done = forked(partial(_look, deed, number)), forked(partial(_again, deed, number))
    found.inside += end.is_killed
    found.waited = max(found.waited, restarted["waited"])
    if end.answers == 0 and restarted["state"] != path[-1].state:
        # All of it was done again: so long it takes as busy as the machine is now.
        found.seconds = done["seconds"]
    where = f"{deed.name} {number}, killed {after:.3f} s after {step} answers, at {end.answers}"
    found.wrong += _after_kill(path, end.answers, restarted, where, found)
    found.wrong += _ended(path, done, f"{where}, done again")


def _ready(deed: Deed, number: int, answered: Callable[[], None]) -> Callable[[], None]:
    return partial(deed.do, number, Desk(f"{deed.name}-{number}", answered))


def _undisturbed(deed: Deed) -> tuple[list[float], list[tuple[int, State]]]:
    """How long each step takes of a deed that nobody disturbs, and every state on its way; looking at them takes no time."""
    deed.prepare(0)
    states, steps = [deed.state(0)], [0.0]

    def look() -> None:
        steps[-1] += time.monotonic()
        states.append(deed.state(0))
        steps.append(-time.monotonic())

    desk = Desk(f"{deed.name}-0", look)
    steps[-1] -= time.monotonic()
    deed.do(0, desk)
    steps[-1] += time.monotonic()
    # What is left after the last answer is no step of its own, unless there was no answer at all.
    return steps[:-1] or steps, deed.between(states)


def _look(deed: Deed, number: int) -> dict[str, Any]:
    """What is there after a restart."""
    waited = wait_for_the_dead()
    return {"waited": waited, "state": deed.state(number), "wrong": [*wrong(), *deed.wrong(number)]}


def _again(deed: Deed, number: int) -> dict[str, Any]:
    """What is there once the deed was done again."""
    desk, begin = Desk(f"{deed.name}-{number}", lambda: None), time.monotonic()
    deed.do(number, desk)
    return {"seconds": time.monotonic() - begin, **_look(deed, number)}


def _after_kill(
    path: list[Seen], answers: int, seen: dict[str, Any], where: str, found: Found
) -> Iterator[str]:
    """After a kill the office is as after the last step that was told, or after the next one: nothing between, nothing less."""
    yield from (f"{where}: {sentence}" for sentence in seen["wrong"])
    allowed = [place for place, each in enumerate(path) if each.answers in (answers, answers + 1)]
    there = [place for place in allowed if path[place].state == seen["state"]]
    if not there:
        yield f"{where}: not as after a whole step: {_difference(path[allowed[0]].state, seen['state'])}"
        return
    found.places.append(there[0])
    found.untold += path[there[0]].answers > answers


def _ended(path: list[Seen], seen: dict[str, Any], where: str) -> Iterator[str]:
    """At its end a deed has come to what it comes to undisturbed."""
    yield from (f"{where}: {sentence}" for sentence in seen["wrong"])
    if seen["state"] != path[-1].state:
        yield f"{where}: not as if undisturbed: {_difference(path[-1].state, seen['state'])}"


def _difference(wanted: State, there: State) -> str:
    return "; ".join(
        f"{name}: {there.get(name)} instead of {wanted[name]}"
        for name in wanted
        if wanted[name] != there.get(name)
    )


def _open() -> None:
    """Tables, people, and a token for each."""
    call_command("migrate", verbosity=0)
    make_world()
    give_tokens()


def _warm() -> None:
    """Have in memory what every process would read anew; the database is none of it."""
    city()
    assert get_resolver().url_patterns[0]
    Desk("warm", lambda: None)
