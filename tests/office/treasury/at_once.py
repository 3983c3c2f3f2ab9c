"""Everybody does everything with the same money at the same time; the books are looked through again and again.

Run by itself, on a database of its own: ``DUIXIAN_HOME=… python -m tests.office.treasury.at_once ROUNDS``.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from threading import Barrier
from typing import Any

import django

if __name__ == "__main__":
    django.setup()

from django.core.management import call_command
from django.db import connection
from django.db.models import QuerySet

from duixian.office.audit import verify as chain
from duixian.office.awards.models import Award, State
from duixian.office.refusal import Refusal
from duixian.office.treasury.bank_results import take_results
from duixian.office.treasury.batches import compute_rate, make_batch, publish_rate
from duixian.office.treasury.budgets import confirm_change, propose_change
from duixian.office.treasury.models import (
    Batch,
    Budget,
    BudgetChange,
    JournalEntry,
    OrderState,
    PaymentOrder,
    Recovery,
)
from duixian.office.treasury.orders import order_batch
from duixian.office.treasury.payment_files import make_payment_file
from duixian.office.treasury.recoveries import confirm_recovery, decide_recovery, take_return
from duixian.office.treasury.retry import cancel_order, retry_order
from duixian.office.treasury.verify import verify
from tests.office.treasury.world import COUNTY, DOCUMENT, OTHER_COUNTY, YEAR, World, bank_csv, make_world

WORKERS, MOVING, DEEDS, AWARDS = 8, 7, 6, 4
VERIFIED = 5
"""After every so many rounds the books are looked through: what went wrong once stays to be seen."""
Deed = Callable[[random.Random], object]


def rounds(world: World, number: int) -> Counter[str]:
    """So many rounds; how often each deed was done, and each refusal given."""
    told: Counter[str] = Counter()
    for level, area in (("city", ""), ("county", COUNTY), ("county", OTHER_COUNTY)):
        world.grant(10_000_00, level=level, area=area)
    barrier = Barrier(WORKERS)
    with ThreadPoolExecutor(WORKERS) as pool:
        for place in range(number):
            deeds = Desk(world, _prepare(world)).deeds()
            seeds = [place * WORKERS + worker for worker in range(WORKERS)]
            for found in pool.map(lambda seed, deeds=deeds: _work(deeds, seed, barrier), seeds):
                told += found
            if place % VERIFIED == 0 or place == number - 1:
                assert verify() == [], place
        list(pool.map(lambda _: _go_home(barrier), range(WORKERS)))
    return told


def _go_home(barrier: Barrier) -> None:
    """Every worker closes its own connection."""
    barrier.wait()
    connection.close()


def _prepare(world: World) -> list[int]:
    """Two batches that want the same budgets, and a change of one budget that waits for confirmation."""
    world.grant(700_00)
    world.grant(700_00, level="county", area=COUNTY)
    world.grant(700_00, level="county", area=OTHER_COUNTY)
    propose_change(
        world.finance, year=YEAR, document=DOCUMENT, level="city", amount_fen=-100_00, reason="收回"
    )
    made = []
    for payer in ("each", "city"):
        awards = [world.award(100_00 + 1, area=area).pk for area in (COUNTY, OTHER_COUNTY) * (AWARDS // 2)]
        batch = make_batch(world.maker, title="批", document=DOCUMENT, year=YEAR, payer=payer, awards=awards)
        compute_rate(world.maker, batch.pk)
        made.append(batch.pk)
    return made


@dataclass(frozen=True, slots=True)
class Desk:
    """What anybody may do with the batches of a round (办理)."""

    world: World
    batches: Sequence[int]

    def deeds(self) -> list[Deed]:
        """First what gets money moving, in its order; then the rest."""
        return [
            self.publish, self.order, self.order, self.send, self.send, self.answer, self.answer, self.retry, self.cancel,
            self.decide, self.confirm, self.give_back, self.take_budget_back,
        ]  # fmt: skip

    def publish(self, chance: random.Random) -> object:
        """Compute the rate of a batch and publish it."""
        key = chance.choice(self.batches)
        compute_rate(self.world.maker, key)
        return publish_rate(self.world.publisher, key)

    def order(self, chance: random.Random) -> object:
        """Order a batch."""
        return order_batch(self.world.finance, chance.choice(self.batches))

    def send(self, chance: random.Random) -> object:
        """Send what one treasury pays."""
        budget = chance.choice(Budget.objects.order_by("pk"))
        batch = chance.choice(self.batches)
        return make_payment_file(self.world.finance, batch, level=budget.level, area=budget.area)

    def answer(self, chance: random.Random) -> object:
        """The bank tells of everything it has, in any order."""
        found = list(PaymentOrder.objects.filter(batch__in=self.batches, state=OrderState.SENT))
        chance.shuffle(found)
        lines = {order: "账号有误" if order.pk % 3 == order.attempt % 3 else "支付成功" for order in found}
        return take_results(self.world.finance, bank_csv(lines), "回执.csv")

    def retry(self, chance: random.Random) -> object:
        """Try a failed order again."""
        return retry_order(self.world.finance, self._order(chance, OrderState.FAILED))

    def cancel(self, chance: random.Random) -> object:
        """Give an order up."""
        key = self._order(chance, OrderState.RESERVED, OrderState.FAILED)
        return cancel_order(self.world.finance, key, reason="撤")

    def decide(self, chance: random.Random) -> object:
        """Want money back."""
        paid = Award.objects.filter(batch_line__batch__in=self.batches, state=State.PAID)
        return decide_recovery(self.world.maker, _some(paid, chance), amount_fen=50_00, reason="虚报")

    def confirm(self, chance: random.Random) -> object:
        """Confirm that."""
        return confirm_recovery(self.world.publisher, self._recovery(chance))

    def give_back(self, chance: random.Random) -> object:
        """Some of it comes, perhaps told twice."""
        reference, day = f"流水{chance.randint(1, 5)}", date(YEAR, 7, 1)
        key = self._recovery(chance)
        return take_return(
            self.world.finance, key, amount_fen=10_00, bank_reference=reference, returned_on=day
        )

    def take_budget_back(self, chance: random.Random) -> object:
        """Take money out of the budget that everybody wants."""
        waiting = BudgetChange.objects.filter(budget__level="city", is_confirmed=None)
        return confirm_change(self.world.second, _some(waiting, chance))

    def _order(self, chance: random.Random, *states: str) -> int:
        return _some(PaymentOrder.objects.filter(batch__in=self.batches, state__in=states), chance)

    def _recovery(self, chance: random.Random) -> int:
        return _some(Recovery.objects.filter(award__batch_line__batch__in=self.batches), chance)


def _some(found: QuerySet[Any], chance: random.Random) -> int:
    """Any of these; 0 where there is none, which is refused."""
    keys = list(found.values_list("pk", flat=True))
    return chance.choice(keys) if keys else 0


def _work(deeds: list[Deed], seed: int, barrier: Barrier) -> Counter[str]:
    """One worker's round: first what gets money moving, then anything."""
    chance, told = random.Random(seed), Counter[str]()
    barrier.wait()
    for deed in [*deeds[:MOVING], *chance.choices(deeds, k=DEEDS)]:
        try:
            deed(chance)
            told["done"] += 1
        except Refusal as refusal:
            told[refusal.code] += 1
    return told


def results() -> dict[str, int]:
    """What there is at the end."""
    orders = PaymentOrder.objects.all()
    return {
        "batches": Batch.objects.count(),
        "orders": orders.count(),
        "paid": orders.filter(state=OrderState.PAID).count(),
        "settled": JournalEntry.objects.filter(kind="settle").count(),
        "retried": orders.filter(attempt__gt=1).count(),
        "cancelled": orders.filter(state=OrderState.CANCELLED).count(),
        "recovered": JournalEntry.objects.filter(kind="recover").count(),
        "wrong in the chain": len(chain.verify()),
    }


if __name__ == "__main__":
    call_command("migrate", verbosity=0)
    told = rounds(make_world(), int(sys.argv[1]))
    for name, count in [*sorted(told.items()), *results().items()]:
        print(name, count)
