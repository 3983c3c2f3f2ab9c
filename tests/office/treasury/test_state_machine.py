"""Whatever happens in whatever order, the books balance to the fen and nobody is paid twice or too much."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from duixian.office.awards.models import Award, State
from duixian.office.refusal import Refusal
from duixian.office.treasury.batches import compute_rate, make_batch, publish_rate, take_out
from duixian.office.treasury.budgets import confirm_change, propose_change
from duixian.office.treasury.models import (
    Batch,
    BatchState,
    LedgerAccount,
    OrderState,
    PaymentOrder,
    Recovery,
)
from duixian.office.treasury.orders import order_batch
from duixian.office.treasury.recoveries import confirm_recovery, decide_recovery, refuse_recovery, take_return
from duixian.office.treasury.retry import cancel_order, retry_order
from duixian.office.treasury.verify import verify
from tests.office.treasury.world import COUNTY, DOCUMENT, OTHER_COUNTY, YEAR, World, make_world

FEN = st.one_of(st.integers(1, 12), st.integers(1, 10**7))
TREASURIES = st.sampled_from([("city", ""), ("county", COUNTY), ("county", OTHER_COUNTY)])
WORDS = st.sampled_from(["支付成功", "账号有误", "户名不符"])


class Treasury(RuleBasedStateMachine):
    """A treasury that lives through anything; each run is rolled back at its end."""

    world: World

    @initialize()
    def begin(self) -> None:
        self.around = transaction.atomic()
        self.around.__enter__()
        self.world = make_world()
        for level, area in (("city", ""), ("county", COUNTY), ("county", OTHER_COUNTY)):
            self.world.grant(10_000, level=level, area=area)
        for fen in (9_999, 20_001, 3):
            self.world.award(fen)

    def teardown(self) -> None:
        if hasattr(self, "around"):
            transaction.set_rollback(True)
            self.around.__exit__(None, None, None)

    def _try(self, what: Callable[..., Any], *arguments: Any, **named: Any) -> Any:
        """Do it; what cannot be done is refused with a clear word, and has changed nothing (the invariants look)."""
        try:
            with transaction.atomic():
                return what(*arguments, **named)
        except Refusal:
            return None

    def _any(self, data: st.DataObject, things: Any) -> Any:
        return data.draw(st.sampled_from(list(things.order_by("pk").values_list("pk", flat=True))))

    def _likely(self, data: st.DataObject, things: Any, **wanted: Any) -> Any:
        """Mostly one of those to which it can be done; now and then any."""
        likely = things.filter(**wanted)
        return self._any(data, likely if likely.exists() and data.draw(st.integers(0, 3)) else things)

    @rule(treasury=TREASURIES, fen=st.integers(-20_000, 10**7).filter(bool))
    def change_a_budget(self, treasury: tuple[str, str], fen: int) -> None:
        level, area = treasury
        change = propose_change(
            self.world.finance,
            year=YEAR,
            document=DOCUMENT,
            level=level,
            area=area,
            amount_fen=fen,
            reason="调整",
        )
        self._try(confirm_change, self.world.second, change.pk)

    @rule(fen=FEN, area=st.sampled_from([COUNTY, OTHER_COUNTY]))
    def approve_an_award(self, fen: int, area: str) -> None:
        self.world.award(fen, area=area)

    @precondition(lambda self: Award.objects.filter(state=State.APPROVED, batch_line=None).exists())
    @rule(
        payer=st.sampled_from(["each", "each", "city", "county"]),
        is_published=st.booleans(),
        is_ordered=st.booleans(),
    )
    def make_a_batch(self, payer: str, is_published: bool, is_ordered: bool) -> None:
        batch = make_batch(self.world.maker, title="批", document=DOCUMENT, year=YEAR, payer=payer)
        if self._try(compute_rate, self.world.maker, batch.pk) and is_published:
            publish_rate(self.world.publisher, batch.pk)
            if is_ordered:
                order_batch(self.world.finance, batch.pk)

    @precondition(lambda self: Batch.objects.filter(state=BatchState.DRAFT).exists())
    @rule(data=st.data(), is_computed=st.booleans())
    def publish_a_rate(self, data: st.DataObject, is_computed: bool) -> None:
        batch = self._any(data, Batch.objects.filter(state=BatchState.DRAFT))
        if is_computed:
            self._try(compute_rate, self.world.maker, batch)
        self._try(publish_rate, self.world.publisher, batch)

    @precondition(lambda self: Batch.objects.exclude(state=BatchState.DRAFT).exists())
    @rule(data=st.data())
    def order(self, data: st.DataObject) -> None:
        batch = self._any(data, Batch.objects.exclude(state=BatchState.DRAFT))
        self._try(order_batch, self.world.finance, batch)

    @precondition(lambda self: Award.objects.exclude(batch_line=None).exists())
    @rule(data=st.data())
    def take_an_award_out(self, data: st.DataObject) -> None:
        award = self._any(data, Award.objects.exclude(batch_line=None))
        batch = Award.objects.get(pk=award).batch_line.batch_id
        self._try(take_out, self.world.maker, batch, award, reason="更正")

    @precondition(lambda self: PaymentOrder.objects.filter(state=OrderState.RESERVED).exists())
    @rule(data=st.data())
    def send(self, data: st.DataObject) -> None:
        batch = self._any(data, Batch.objects.filter(orders__state=OrderState.RESERVED).distinct())
        self.world.send(Batch.objects.get(pk=batch))

    @precondition(lambda self: PaymentOrder.objects.exists())
    @rule(data=st.data())
    def hear_from_the_bank(self, data: st.DataObject) -> None:
        """Any orders in any order, sent or not, paid already or not, some of them twice and some with another amount."""
        sent = list(PaymentOrder.objects.filter(state=OrderState.SENT).order_by("pk"))
        is_expected = bool(sent) and data.draw(st.integers(0, 3)) > 0
        found = sent if is_expected else list(PaymentOrder.objects.order_by("pk"))
        chosen = data.draw(st.lists(st.sampled_from(found), min_size=1, max_size=5, unique=True))
        lines = {order: data.draw(WORDS) for order in chosen}
        for order in chosen:
            order.amount_fen += data.draw(st.sampled_from([0, 0, 0, 0, 1]))
        for _ in range(data.draw(st.integers(1, 2))):
            self.world.answer(lines)

    @precondition(lambda self: PaymentOrder.objects.exists())
    @rule(data=st.data())
    def retry(self, data: st.DataObject) -> None:
        order = self._likely(data, PaymentOrder.objects.all(), state=OrderState.FAILED)
        self._try(retry_order, self.world.finance, order, account_id=self.world.account().pk)

    @precondition(lambda self: PaymentOrder.objects.exists())
    @rule(data=st.data())
    def cancel(self, data: st.DataObject) -> None:
        order = self._likely(
            data, PaymentOrder.objects.all(), state__in=(OrderState.RESERVED, OrderState.FAILED)
        )
        self._try(cancel_order, self.world.finance, order, reason="撤")

    @precondition(lambda self: Award.objects.filter(state=State.PAID).exists())
    @rule(data=st.data(), fen=FEN)
    def decide_a_recovery(self, data: st.DataObject, fen: int) -> None:
        award = self._any(data, Award.objects.filter(state=State.PAID))
        paid = Award.objects.get(pk=award).payable_fen or 0
        fen = min(fen, paid) if data.draw(st.integers(0, 3)) else fen
        self._try(decide_recovery, self.world.maker, award, amount_fen=fen, reason="虚报")

    @precondition(lambda self: Recovery.objects.exists())
    @rule(data=st.data(), is_confirmed=st.booleans())
    def settle_a_recovery(self, data: st.DataObject, is_confirmed: bool) -> None:
        recovery = self._likely(data, Recovery.objects.all(), confirmed_by=None, is_refused=False)
        if is_confirmed:
            self._try(confirm_recovery, self.world.publisher, recovery)
        else:
            self._try(refuse_recovery, self.world.publisher, recovery, reason="不足")

    @precondition(lambda self: Recovery.objects.exclude(confirmed_by=None).exists())
    @rule(data=st.data(), fen=FEN, reference=st.integers(1, 4))
    def take_money_back(self, data: st.DataObject, fen: int, reference: int) -> None:
        recovery = Recovery.objects.get(pk=self._any(data, Recovery.objects.exclude(confirmed_by=None)))
        left = recovery.amount_fen - recovery.recovered_fen
        fen = min(fen, left) if data.draw(st.integers(0, 3)) else fen
        self._try(
            take_return, self.world.finance, recovery.pk, amount_fen=fen, bank_reference=str(reference),
            returned_on=date(YEAR, 7, 1),
        )  # fmt: skip

    @rule(data=st.data())
    def pay_an_award_to_the_end(self, data: st.DataObject) -> None:
        """The straight way, so that recoveries have something to recover."""
        self.world.grant(10**8)
        self.world.grant(10**8, level="county", area=COUNTY)
        award = self.world.award(data.draw(FEN))
        paid = self.world.paid(award, payer=data.draw(st.sampled_from(["each", "city", "county"])))
        assert paid.state == State.PAID

    @invariant()
    @precondition(lambda self: hasattr(self, "world"))
    def the_books_are_right(self) -> None:
        assert verify() == []
        assert sum(LedgerAccount.objects.values_list("balance_fen", flat=True)) == 0
        connection.check_constraints()


@pytest.mark.django_db
def test_the_books_balance_whatever_happens() -> None:
    run_state_machine_as_test(
        Treasury,
        settings=settings(
            max_examples=20, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
