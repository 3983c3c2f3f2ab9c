"""Bank results: each line counts once, good ones go on, bad ones are told; a failed payment is tried again."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from duixian.office.awards.models import Award, State
from duixian.office.refusal import Clash, NotAllowed
from duixian.office.treasury.bank_results import Taken, take_results
from duixian.office.treasury.budgets import left_of
from duixian.office.treasury.models import BankResult, Batch, BatchState, PaymentOrder
from duixian.office.treasury.retry import cancel_order, retry_order
from duixian.office.treasury.verify import verify
from tests.office.treasury.world import COUNTY, World, bank_csv

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(world: World) -> tuple[PaymentOrder, PaymentOrder]:
    """The two orders of one award, at the bank."""
    world.grant(1_000_00), world.grant(1_000_00, level="county", area=COUNTY)
    made = world.ordered([world.award(100_00)]).orders
    world.send(made[0].batch)
    return PaymentOrder.objects.get(pk=made[0].pk), PaymentOrder.objects.get(pk=made[1].pk)


Sent = tuple[PaymentOrder, PaymentOrder]


def _codes(taken: Taken) -> list[str]:
    return [problem.code for problem in taken.problems]


def test_once_both_orders_are_paid_the_award_is(world: World, sent: Sent) -> None:
    city, county = sent
    world.answer({city: "支付成功"})
    assert Award.objects.get().state == State.IN_PAYMENT
    taken = world.answer({county: "支付成功"})
    assert (taken.paid, taken.failed, taken.problems) == (1, 0, [])
    assert Award.objects.get().state == State.PAID
    assert Award.objects.get().payable_fen == 100_00
    assert Batch.objects.get().state == BatchState.CLOSED
    assert left_of(city.budget).paid_fen == city.amount_fen
    assert verify() == []


def test_the_same_file_again_changes_nothing(world: World, sent: Sent) -> None:
    world.answer({sent[0]: "支付成功", sent[1]: "账号有误"})
    again = world.answer({sent[0]: "支付成功", sent[1]: "账号有误"})
    assert (again.paid, again.failed, again.known, again.problems) == (0, 0, 2, [])
    assert BankResult.objects.count() == 2
    assert verify() == []


def test_a_failed_payment_keeps_its_money_and_says_why(world: World, sent: Sent) -> None:
    world.answer({sent[0]: "账号有误", sent[1]: "支付成功"})
    order = PaymentOrder.objects.get(pk=sent[0].pk)
    assert (order.state, order.failure) == ("failed", "账号有误")
    assert left_of(order.budget).reserved_fen == order.amount_fen
    assert Award.objects.get().state == State.IN_PAYMENT


def test_a_retry_has_another_reference_and_the_corrected_account(world: World, sent: Sent) -> None:
    city = sent[0]
    world.answer({city: "账号有误", sent[1]: "支付成功"})
    corrected = world.account(number="6222020200007654321")
    tried = retry_order(world.finance, city.pk, account_id=corrected.pk)
    assert (tried.attempt, tried.account) == (2, corrected)
    assert tried.reference != city.reference
    world.send(tried.batch)
    world.answer({PaymentOrder.objects.get(pk=city.pk): "支付成功"})
    assert Award.objects.get().state == State.PAID
    assert verify() == []


def test_a_late_success_of_a_failed_attempt_is_told_and_pays_nothing_twice(world: World, sent: Sent) -> None:
    city = sent[0]
    world.answer({city: "账号有误"})
    retry_order(world.finance, city.pk)
    taken = world.answer({city: "支付成功"})
    assert _codes(taken) == ["treasury.contradicts-earlier"]
    assert left_of(city.budget).paid_fen == 0
    assert verify() == []


def test_a_line_with_another_amount_is_told_and_the_others_go_on(world: World, sent: Sent) -> None:
    other = PaymentOrder.objects.get(pk=sent[0].pk)
    other.amount_fen += 1
    taken = world.answer({other: "支付成功", sent[1]: "支付成功"})
    assert _codes(taken) == ["treasury.amount-differs"]
    assert taken.problems[0].place.line == 2
    assert taken.paid == 1


def test_unknown_references_are_told(world: World, sent: Sent) -> None:
    stranger = PaymentOrder.objects.get(pk=sent[0].pk)
    stranger.reference = "DX2026-009999-S01-00"
    assert _codes(world.answer({stranger: "支付成功"})) == ["treasury.unknown-reference"]


def test_contradicting_lines_of_one_file_count_for_nothing(world: World, sent: Sent) -> None:
    lines = bank_csv({sent[0]: "支付成功"}) + bank_csv({sent[0]: "账号有误"}).split(b"\n", 1)[1]
    taken = take_results(world.finance, lines, "回执.csv")
    assert _codes(taken) == ["treasury.contradicting-lines"] * 2
    assert not BankResult.objects.exists()


def test_equal_lines_of_one_file_count_once(world: World, sent: Sent) -> None:
    lines = bank_csv({sent[0]: "支付成功"}) + bank_csv({sent[0]: "支付成功"}).split(b"\n", 1)[1]
    taken = take_results(world.finance, lines, "回执.csv")
    assert (taken.paid, _codes(taken)) == (1, ["treasury.repeated-line"])


def test_a_result_that_nobody_understands_is_told(world: World, sent: Sent) -> None:
    lines = bank_csv({sent[0]: "支付成功"}).replace("支付成功".encode(), "处理中".encode())
    assert _codes(take_results(world.finance, lines, "回执.csv")) == ["treasury.unknown-result"]


def test_no_result_counts_before_the_order_went_to_the_bank(world: World) -> None:
    world.grant(1_000_00), world.grant(1_000_00, level="county", area=COUNTY)
    order = world.ordered([world.award(100_00)]).orders[0]
    assert _codes(world.answer({order: "支付成功"})) == ["treasury.not-sent"]


def test_columns_may_be_mapped(world: World, sent: Sent) -> None:
    text = (
        f"凭证,实付（元）,办理情况,日子\n{sent[0].reference},30.00,成功,{timezone.localdate():%Y年%m月%d日}\n"
    )
    mapping = {"凭证": "支付编号", "实付": "金额", "办理情况": "结果", "日子": "日期"}
    taken = take_results(world.finance, text.encode("gb18030"), "回执.csv", mapping=mapping)
    assert taken.paid == 1


def test_an_order_at_the_bank_is_not_cancelled(world: World, sent: Sent) -> None:
    with pytest.raises(Clash) as refused:
        cancel_order(world.finance, sent[0].pk, reason="改期")
    assert refused.value.code == "order-not-cancellable"


def test_a_cancelled_order_gives_its_money_back_and_may_be_ordered_again(world: World) -> None:
    city = world.grant(1_000_00)
    world.grant(1_000_00, level="county", area=COUNTY)
    made = world.ordered([world.award(100_00)]).orders
    for order in made:
        cancel_order(world.finance, order.pk, reason="企业更名")
    assert left_of(city).available_fen == 1_000_00
    assert Award.objects.get().state == State.APPROVED
    from duixian.office.treasury.orders import order_batch

    again = order_batch(world.finance, made[0].batch_id).orders
    assert {order.reference for order in again}.isdisjoint(order.reference for order in made)
    assert verify() == []


def test_only_a_failed_order_is_tried_again(world: World, sent: Sent) -> None:
    with pytest.raises(Clash) as refused:
        retry_order(world.finance, sent[0].pk)
    assert refused.value.code == "order-not-failed"


def test_nobody_pays_to_an_account_that_he_entered(world: World, sent: Sent) -> None:
    world.answer({sent[0]: "账号有误"})
    account = world.account()
    account.given_by_id = world.finance.account_id
    account.save()
    with pytest.raises(NotAllowed) as refused:
        retry_order(world.finance, sent[0].pk, account_id=account.pk)
    assert refused.value.code == "own-entry"


def test_another_enterprises_account_is_refused(world: World, sent: Sent) -> None:
    world.answer({sent[0]: "账号有误"})
    with pytest.raises(Clash) as refused:
        retry_order(world.finance, sent[0].pk, account_id=world.account("91320723MA1XXXXX0Y").pk)
    assert refused.value.code == "account-missing"


@pytest.mark.parametrize("days", [-1, 1])
def test_nothing_is_paid_before_its_order_nor_after_today(world: World, sent: Sent, days: int) -> None:
    day = timezone.localdate() + timedelta(days)
    text = f"支付编号,金额,结果,日期\n{sent[0].reference},30.00,成功,{day}\n"
    taken = take_results(world.finance, text.encode(), "回执.csv")
    assert (_codes(taken), taken.paid) == (["treasury.impossible-day"], 0)
