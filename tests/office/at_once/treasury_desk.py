"""What anybody may do with the batches of a round and the money behind them (拨付办理)."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from duixian.office.awards.models import Award, State
from duixian.office.treasury.bank_results import take_results
from duixian.office.treasury.batches import compute_rate, publish_rate
from duixian.office.treasury.budgets import confirm_change
from duixian.office.treasury.models import Budget, BudgetChange, OrderState, PaymentOrder, Recovery
from duixian.office.treasury.orders import order_batch
from duixian.office.treasury.payment_files import make_payment_file
from duixian.office.treasury.recoveries import confirm_recovery, decide_recovery, take_return
from duixian.office.treasury.retry import cancel_order, retry_order
from tests.office.treasury.world import YEAR, World, bank_csv


@dataclass(frozen=True, slots=True)
class TreasuryDesk:
    """Ordering, sending, answering, trying again, getting back (办理)."""

    world: World
    batches: Sequence[int]

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
