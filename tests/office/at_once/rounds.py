"""The rounds (轮次): eight people begin each at the same moment, and do the same things in mixes of their own."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from threading import Barrier
from time import perf_counter

import time_machine
from django.core.management import call_command
from django.db import connection

from duixian.office.refusal import Refusal
from tests.office.at_once.award_desk import AwardDesk
from tests.office.at_once.import_desk import ImportDesk
from tests.office.at_once.look import wrong_in_office, wrong_in_round
from tests.office.at_once.town import Round, Town, make_town
from tests.office.at_once.treasury_desk import TreasuryDesk
from tests.office.awards.scene import at

WORKERS, LANES, OTHER_DEEDS = 8, 2, 1
MORNING = at(date(2026, 10, 12))
"""When the rounds begin: a Monday of a year whose holidays are known."""
LOOKS = 10
"""How often in all everything is looked through; what one round alone can get wrong is looked for in each."""
Deed = Callable[[random.Random], object]
"""Something that a desk lets people do (办理动作)."""


def work_together(rounds: int, progress: Path | None = None) -> bool:
    """So many rounds on an empty office; prints what was done. Whether nothing was wrong."""
    told: Counter[str] = Counter()
    wrong: list[str] = []
    call_command("migrate", verbosity=0)
    with time_machine.travel(MORNING), ThreadPoolExecutor(WORKERS) as pool:
        town, barrier, begin = make_town(), Barrier(WORKERS), perf_counter()
        things = None
        for number in range(rounds):
            things = town.new_round(number, things.batches if things else ())
            seeds = [number * WORKERS + worker for worker in range(WORKERS)]
            for done in pool.map(
                lambda seed, things=things: _work(town, things, seed, barrier),
                seeds,
            ):
                told += done
            wrong += wrong_in_round(things)
            if number % max(rounds // LOOKS, 1) == 0 or number == rounds - 1:
                wrong += wrong_in_office()
            if progress is not None:
                seconds = perf_counter() - begin
                progress.write_text(f"{number + 1} rounds in {seconds:.0f} s, wrong: {wrong}\n")
        seconds = perf_counter() - begin
        list(pool.map(lambda _: _go_home(barrier), range(WORKERS)))
    wrong += [f"{count} × {name}" for name, count in told.items() if name.startswith("error")]
    _tell(rounds, seconds, told, wrong)
    return not wrong


def _tell(rounds: int, seconds: float, told: Counter[str], wrong: Sequence[str]) -> None:
    for name, count in sorted(told.items()):
        print(f"{name:<40}{count:>8}")
    print(f"{rounds} rounds in {seconds:.0f} s, {rounds / seconds:.2f} a second")
    for each in wrong:
        print(f"WRONG {each}")
    print(f"wrong: {len(wrong)}")


def _go_home(barrier: Barrier) -> None:
    """Every worker closes its own connection."""
    barrier.wait()
    connection.close()


def _work(town: Town, things: Round, seed: int, barrier: Barrier) -> Counter[str]:
    """One person's round: how often each deed was done, and each refusal given. Anything but a refusal is an error."""
    chance, told = random.Random(seed), Counter[str]()
    deeds = list(_mixed(_lanes(town, things, chance), chance))
    barrier.wait()
    for deed in deeds:
        name = getattr(deed, "__qualname__", str(deed))
        try:
            deed(chance)
            told[f"done {name}"] += 1
        except Refusal as refusal:
            told[f"refused {refusal.code}"] += 1
        except Exception as error:
            told[f"error {name}: {type(error).__name__} {str(error).splitlines()[0][:90]}"] += 1
    return told


def _lanes(town: Town, things: Round, chance: random.Random) -> list[list[Deed]]:
    """Two of three kinds of work, each in the order in which it leads somewhere; and some of what hinders the others."""
    lists, awards = ImportDesk(town, things), AwardDesk(town, things)
    money = TreasuryDesk(town.world, things.batches)
    others: list[Deed] = [
        money.cancel, money.take_budget_back,
        awards.withdraw_notice, awards.correct, awards.add_to_batch, lists.undo,
    ]  # fmt: skip
    lanes: list[list[Deed]] = [
        [lists.upload, lists.preview, lists.commit],
        [
            awards.open, awards.give_account, awards.accept, awards.county_check, awards.city_check, awards.publish,
            awards.let_days_pass, awards.end_notice, awards.approve, awards.make_batch,
        ],
        [
            money.publish, money.order, money.send, money.send, money.answer, money.retry, money.answer, money.decide,
            money.confirm, money.give_back,
        ],
    ]  # fmt: skip
    return [*chance.sample(lanes, LANES), chance.choices(others, k=OTHER_DEEDS)]


def _mixed(lanes: list[list[Deed]], chance: random.Random) -> Iterator[Deed]:
    """All of them, each lane in its order."""
    turns = [place for place, lane in enumerate(lanes) for _ in lane]
    chance.shuffle(turns)
    waiting = [iter(lane) for lane in lanes]
    return (next(waiting[place]) for place in turns)
