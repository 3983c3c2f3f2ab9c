"""Orders: one for each treasury, made once, never above what is there, and only past all gates."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from duixian.office.awards.models import Award, State
from duixian.office.evidence.models import Evidence, EvidenceStop
from duixian.office.refusal import Clash
from duixian.office.registry.models import FactRecord
from duixian.office.treasury.batches import make_batch
from duixian.office.treasury.budgets import left_of
from duixian.office.treasury.models import Batch, BatchState, PaymentOrder
from duixian.office.treasury.orders import order_batch
from duixian.office.treasury.retry import cancel_order
from duixian.office.treasury.verify import verify
from tests.office.treasury.world import COUNTY, DOCUMENT, YEAR, World

pytestmark = pytest.mark.django_db


def test_an_award_becomes_an_order_of_the_city_and_one_of_the_county(world: World) -> None:
    city, county = world.grant(1_000_00), world.grant(2_000_00, level="county", area=COUNTY)
    award = world.award(999_99)
    made = world.ordered([award])
    assert not made.held
    assert [(order.level, order.area, order.amount_fen) for order in made.orders] == [
        ("city", "", 29999), ("county", COUNTY, 70000),
    ]  # fmt: skip
    assert left_of(city).reserved_fen == 29999
    assert left_of(county).available_fen == 2_000_00 - 70000
    assert Award.objects.get(pk=award.pk).state == State.IN_PAYMENT
    assert verify() == []


def test_ordering_a_batch_again_makes_no_second_order(world: World) -> None:
    world.grant(1_000_00), world.grant(1_000_00, level="county", area=COUNTY)
    first = world.ordered([world.award(100_00)])
    again = order_batch(world.finance, first.orders[0].batch_id)
    assert again.orders == ()
    assert PaymentOrder.objects.count() == 2


def test_nothing_is_ordered_before_the_rate_is_published(world: World) -> None:
    batch = make_batch(world.maker, title="批", document=DOCUMENT, year=YEAR, awards=[world.award(100_00).pk])
    with pytest.raises(Clash) as refused:
        order_batch(world.finance, batch.pk)
    assert refused.value.code == "batch-not-published"


def test_what_holds_one_award_back_does_not_hold_the_others(world: World) -> None:
    world.grant(1_000_00), world.grant(1_000_00, level="county", area=COUNTY)
    good, bad = world.award(100_00), world.award(100_00)
    batch = world.published([good, bad])
    Award.objects.filter(pk=bad.pk).update(account=None)
    made = order_batch(world.finance, batch.pk)
    assert {order.award_id for order in made.orders} == {good.pk}
    assert {key: refusal.code for key, refusal in made.held.items()} == {bad.pk: "account-missing"}
    assert Batch.objects.get(pk=batch.pk).state == BatchState.PUBLISHED
    Award.objects.filter(pk=bad.pk).update(account=good.account_id)
    assert len(order_batch(world.finance, batch.pk).orders) == 2
    assert Batch.objects.get(pk=batch.pk).state == BatchState.ORDERED
    assert verify() == []


def test_an_award_whose_notice_was_withdrawn_is_held_back(world: World) -> None:
    world.grant(1_000_00), world.grant(1_000_00, level="county", area=COUNTY)
    award = world.award(100_00)
    batch = world.published([award])
    notice = award.notice_items.get().notice
    notice.withdrawn_at = notice.published_at
    notice.save()
    made = order_batch(world.finance, batch.pk)
    assert made.held[award.pk].code == "notice-withdrawn"
    assert made.orders == ()


def test_an_enterprise_with_a_record_within_the_window_is_held_back(world: World) -> None:
    world.grant(1_000_00), world.grant(1_000_00, level="county", area=COUNTY)
    award = world.award(100_00)
    batch = world.published([award])
    FactRecord.objects.create(
        kind="负面记录", number="N1", enterprise_id=award.enterprise_id, values={"编号": "N1"}, content_hash="1" * 64,
        source=world.source, happened_on=timezone.localdate() - timedelta(days=30),
    )  # fmt: skip
    made = order_batch(world.finance, batch.pk)
    assert made.orders == ()
    assert made.held[award.pk].code in ("exclusion-found", "excluded-by-text")
    assert award.exclusion_checks.filter(stage="payment").exists()


def test_an_amount_that_was_approved_anew_is_not_paid_by_the_published_rate(world: World) -> None:
    world.grant(1_000_00), world.grant(1_000_00, level="county", area=COUNTY)
    award = world.award(100_00)
    batch = world.published([award])
    Award.objects.filter(pk=award.pk).update(approved_fen=99_00)
    assert order_batch(world.finance, batch.pk).held[award.pk].code == "line-outdated"


def test_a_part_of_nought_makes_no_order(world: World) -> None:
    world.grant(1_000_00), world.grant(1_000_00, level="county", area=COUNTY)
    made = world.ordered([world.award(1)])
    assert [(order.level, order.amount_fen) for order in made.orders] == [("county", 1)]


def test_one_treasury_may_pay_for_both(world: World) -> None:
    city = world.grant(1_000_00)
    made = world.ordered([world.award(100_00)], payer="city")
    assert {order.budget_id for order in made.orders} == {city.pk}
    assert left_of(city).reserved_fen == 100_00


def test_an_award_whose_evidence_is_disputed_is_held_back(world: World) -> None:
    world.grant(1_000_00), world.grant(1_000_00, level="county", area=COUNTY)
    award, other = world.award(100_00), world.award(100_00)
    batch = world.published([award])
    first, second = (
        Evidence.objects.create(
            award=each, kind="invoice", name="发票", fingerprint="f", added_by_id=world.enterprise.account_id
        )
        for each in (other, award)
    )
    EvidenceStop.objects.create(first=first, second=second)
    made = order_batch(world.finance, batch.pk)
    assert (made.orders, made.held[award.pk].code) == ((), "evidence-stopped")


def test_a_part_that_was_given_up_is_ordered_again_while_the_other_is_paid(world: World) -> None:
    world.grant(1_000_00), world.grant(1_000_00, level="county", area=COUNTY)
    award = world.award(100_00)
    city, county = world.ordered([award]).orders
    cancel_order(world.finance, county.pk, reason="改期")
    world.send(city.batch)
    world.answer({PaymentOrder.objects.get(pk=city.pk): "支付成功"})
    assert Award.objects.get(pk=award.pk).state == State.IN_PAYMENT
    again = order_batch(world.finance, city.batch_id).orders
    assert [(order.level, order.amount_fen) for order in again] == [("county", 70_00)]
    world.send(city.batch)
    world.answer({PaymentOrder.objects.get(pk=again[0].pk): "支付成功"})
    assert Award.objects.get(pk=award.pk).state == State.PAID
    assert verify() == []
