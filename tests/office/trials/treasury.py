"""Trials of budgets, batches, orders, the bank, recoveries and settlements."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from duixian.office.treasury.batches import compute_rate, make_batch
from duixian.office.treasury.budgets import propose_change
from duixian.office.treasury.models import Batch, Payer, PaymentFile, PaymentOrder, Recovery
from duixian.office.treasury.orders import order_batch
from duixian.office.treasury.recoveries import confirm_recovery, decide_recovery
from tests.office.treasury.world import COUNTY, DOCUMENT, YEAR, World, bank_csv
from tests.office.trials.trial import Build, Stage, Trial, plain

CHANGE = {"year": YEAR, "document": DOCUMENT, "level": "city", "amount_fen": 100_00, "reason": "预算文件"}
BECAUSE = {"reason": "情况有变"}


def _rich(stage: Stage) -> World:
    """A treasury with money in all its budgets."""
    world = stage.world
    world.grant(10**8)
    world.grant(10**8, level="county", area=COUNTY)
    return world


def _draft(stage: Stage) -> Batch:
    world = _rich(stage)
    return make_batch(world.maker, title="批", document=DOCUMENT, year=YEAR, awards=[world.award(100_00).pk])


def _of_draft(path: Callable[[Batch], dict[str, object]], body: object = None) -> Build:
    return lambda stage: Trial(path(_draft(stage)), body=body, is_nobodys=True)


def _rated(stage: Stage) -> Trial:
    batch = _draft(stage)
    compute_rate(stage.world.maker, batch.pk)
    return Trial({"batch_id": batch.pk}, is_nobodys=True)


def _added(stage: Stage) -> Trial:
    # A draft has more awards put in by its maker only: whoever calls has made it.
    batch = _draft(stage)
    body = {"awards": [stage.world.award(1_00).pk]}

    def own(user: object) -> object:
        Batch.objects.filter(pk=batch.pk).update(made_by=user)
        return body

    return Trial({"batch_id": batch.pk}, body_of=own, is_nobodys=True)


def _published(stage: Stage) -> Trial:
    world = _rich(stage)
    return Trial({"batch_id": world.published([world.award(100_00)]).pk}, is_nobodys=True)


def _orders(stage: Stage) -> tuple[PaymentOrder, ...]:
    world = _rich(stage)
    return order_batch(world.finance, world.published([world.award(100_00)]).pk).orders


def _county_order(stage: Stage) -> Trial:
    return Trial({"order_id": _orders(stage)[1].pk})


def _to_send(stage: Stage) -> Trial:
    return Trial({"batch_id": _orders(stage)[0].batch_id}, body={"level": "city"}, is_nobodys=True)


def _sent(stage: Stage) -> tuple[PaymentOrder, ...]:
    made = _orders(stage)
    stage.world.send(made[0].batch)
    return tuple(PaymentOrder.objects.filter(pk__in=[order.pk for order in made]).order_by("pk"))


def _failed(stage: Stage) -> Trial:
    order = _sent(stage)[0]
    stage.world.answer({order: "账号有误"})
    return Trial({"order_id": order.pk}, body={}, is_nobodys=True)


def _file(stage: Stage) -> Trial:
    _sent(stage)
    return Trial({"file_id": PaymentFile.objects.latest("pk").pk}, is_nobodys=True)


class _SentAgain(SimpleUploadedFile):
    """A file that everybody in turn may send."""

    def read(self, size: int | None = -1) -> bytes:
        self.seek(0)
        return bytes(super().read(size))


def _bank(stage: Stage) -> Trial:
    content = bank_csv({_sent(stage)[0]: "支付成功"})
    return Trial(form={"file": _SentAgain("回执.csv", content, "text/csv")}, is_nobodys=True)


def _paid(stage: Stage) -> int:
    world = _rich(stage)
    return world.paid(world.award(100_00)).pk


def _decided(stage: Stage) -> Recovery:
    return decide_recovery(stage.world.maker, _paid(stage), amount_fen=50_00, reason="虚报")


def _of_recovery(body: object = None, *, is_nobodys: bool = True) -> Build:
    return lambda stage: Trial({"recovery_id": _decided(stage).pk}, body=body, is_nobodys=is_nobodys)


def _claimed(stage: Stage) -> Trial:
    recovery = confirm_recovery(stage.world.publisher, _decided(stage).pk)
    body = {"amount_fen": 1_00, "bank_reference": "流水1", "returned_on": str(timezone.localdate())}
    return Trial({"recovery_id": recovery.pk}, body=body, is_nobodys=True)


def _change(body: object = None) -> Build:
    def build(stage: Stage) -> Trial:
        change = propose_change(
            stage.world.finance, year=YEAR, document=DOCUMENT, level="city", amount_fen=1, reason="预算文件"
        )
        return Trial({"change_id": change.pk}, body=body, is_nobodys=True)

    return build


def _year_end(stage: Stage) -> Trial:
    world = stage.world
    world.grant(10**8)
    world.paid(world.award(100_00), payer=Payer.CITY)
    stage.scene.clock.move_to(datetime(YEAR + 1, 1, 15, 10, tzinfo=ZoneInfo("Asia/Shanghai")))
    return Trial(body={"year": YEAR, "area": COUNTY}, is_nobodys=True)


TRIALS: dict[str, Build] = {
    "GET /budgets": plain(),
    "GET /budget-changes": plain(),
    "POST /budget-changes": plain(CHANGE),
    "POST /budget-changes/{change_id}/confirm": _change(),
    "POST /budget-changes/{change_id}/refuse": _change(BECAUSE),
    "GET /batches": plain(),
    "POST /batches": lambda stage: Trial(
        body={"title": "批", "document": DOCUMENT, "year": YEAR, "awards": [stage.world.award(1_00).pk]},
        is_nobodys=True,
    ),
    "GET /batches/{batch_id}": _of_draft(lambda batch: {"batch_id": batch.pk}),
    "GET /batches/{batch_id}/lines": _of_draft(lambda batch: {"batch_id": batch.pk}),
    "POST /batches/{batch_id}/awards": _added,
    "POST /batches/{batch_id}/awards/{award_id}/take-out": _of_draft(
        lambda batch: {"batch_id": batch.pk, "award_id": batch.lines.get().award_id}, BECAUSE
    ),
    "POST /batches/{batch_id}/rate": _of_draft(lambda batch: {"batch_id": batch.pk}),
    "POST /batches/{batch_id}/publish": _rated,
    "POST /batches/{batch_id}/orders": _published,
    "GET /orders": plain(),
    "GET /orders/{order_id}": _county_order,
    "POST /orders/{order_id}/retry": _failed,
    "POST /orders/{order_id}/cancel": lambda stage: Trial(
        {"order_id": _orders(stage)[0].pk}, body=BECAUSE, is_nobodys=True
    ),
    "GET /batches/{batch_id}/payment-files": _of_draft(lambda batch: {"batch_id": batch.pk}),
    "POST /batches/{batch_id}/payment-files": _to_send,
    "GET /payment-files/{file_id}/workbook": _file,
    "GET /payment-files/{file_id}/text": _file,
    "POST /bank-results": _bank,
    "GET /recoveries": plain(),
    "GET /recoveries/{recovery_id}": _of_recovery(is_nobodys=False),
    "POST /awards/{award_id}/recoveries": lambda stage: Trial(
        {"award_id": _paid(stage)}, body={"amount_fen": 1_00, "reason": "虚报"}, is_nobodys=True
    ),
    "POST /recoveries/{recovery_id}/confirm": _of_recovery(),
    "POST /recoveries/{recovery_id}/refuse": _of_recovery(BECAUSE),
    "POST /recoveries/{recovery_id}/returns": _claimed,
    "GET /settlements/{year}/{area}": lambda stage: Trial({"year": YEAR, "area": COUNTY}),
    "POST /settlements": _year_end,
    "GET /reports/execution": plain(query=f"year={YEAR}"),
    "GET /reports/trial-balance": plain(),
    "GET /entries": plain(),
    "GET /awards/{award_id}/money": lambda stage: Trial({"award_id": _paid(stage)}),
}
