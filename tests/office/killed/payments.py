"""A batch is paid (兑付): orders, files for the banks, results, failed lines once more, and money got back."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.db.models import Max, Sum

from duixian.credit_code import make_code
from duixian.office.api.models import KeptAnswer
from duixian.office.audit.models import AuditEvent
from duixian.office.awards.models import Award, ExclusionCheck, Step
from duixian.office.registry.models import Source
from duixian.office.runs.models import Run, StoredDetermination
from duixian.office.treasury.models import (
    BankResult,
    Batch,
    JournalEntry,
    LedgerAccount,
    PaymentAttempt,
    PaymentFile,
    PaymentOrder,
    Posting,
    Recovery,
    RecoveryReturn,
)
from tests.office.killed.deed import PEOPLE, Desk, State, person
from tests.office.treasury.world import COUNTY, OTHER_COUNTY, YEAR, World, bank_csv

_FAILING, _RECOVERED = 20, 2
"""One order in so many fails at first; so many awards are got back."""
_TREASURIES = (("city", ""), ("county", COUNTY), ("county", OTHER_COUNTY))
_LESS_FEN = 1_00


@dataclass(frozen=True, slots=True)
class Payments:
    """So many approved awards of a published batch become money in accounts, and some of it comes back (兑付与追回)."""

    awards: int
    name: str = "payment"

    def open(self) -> None:
        """Nothing: every batch has a year and budgets of its own."""

    def prepare(self, number: int) -> None:
        """A published batch of awards; the city's budget is short, so that α is below one."""
        with transaction.atomic():
            world, year = _world(), YEAR + number
            code = _code(number)
            awards = [
                world.award(100_00 + 7 * each, area=(COUNTY, OTHER_COUNTY)[each % 2], code=code)
                for each in range(self.awards)
            ]
            for (level, area), each_fen in zip(_TREASURIES, (25_01, 50_00, 50_00), strict=True):
                world.grant(each_fen * self.awards, level=level, area=area, year=year)
            world.published(awards, year=year)

    def do(self, number: int, desk: Desk) -> None:
        """Pay it, and get some of it back."""
        batch = _batch(number).pk
        desk.post("finance", f"/batches/{batch}/orders")
        self._send(desk, batch, _TREASURIES)
        orders = list(PaymentOrder.objects.filter(batch=batch).order_by("pk"))
        self._answer(desk, orders, 1)
        failed = orders[::_FAILING]
        for order in failed:
            desk.post("finance", f"/orders/{order.pk}/retry")
        self._send(desk, batch, sorted({(order.budget.level, order.budget.area) for order in failed}))
        self._answer(desk, failed, 2)
        awards = Award.objects.filter(batch_line__batch=batch).order_by("pk")
        for award in awards[:_RECOVERED]:
            self._get_back(desk, award)

    def _send(self, desk: Desk, batch: int, treasuries: Iterable[tuple[str, str]]) -> None:
        for level, area in treasuries:
            desk.post("finance", f"/batches/{batch}/payment-files", {"level": level, "area": area})

    def _answer(self, desk: Desk, orders: list[PaymentOrder], attempt: int) -> None:
        """What the bank says of an attempt: the same file whenever it comes."""
        told = {}
        for place, order in enumerate(orders):
            order.reference = PaymentAttempt.objects.get(order=order, attempt=attempt).reference
            told[order] = "账号有误" if attempt == 1 and place % _FAILING == 0 else "支付成功"
        desk.send("finance", "/bank-results", file=SimpleUploadedFile("回执.csv", bank_csv(told)))

    def _get_back(self, desk: Desk, award: Award) -> None:
        fen = (award.payable_fen or 0) - _LESS_FEN
        recovery = desk.post("maker", f"/awards/{award.pk}/recoveries", {"amount_fen": fen, "reason": "虚报"})
        desk.post("publisher", f"/recoveries/{recovery['id']}/confirm")
        for place, part in enumerate((fen // 3, fen - fen // 3)):
            desk.post(
                "finance",
                f"/recoveries/{recovery['id']}/returns",
                {"amount_fen": part, "bank_reference": f"R{place}", "returned_on": "2026-07-01"},
            )

    def state(self, number: int) -> State:
        """Everything about the batch, to the fen."""
        batch, code = _batch(number), _code(number)
        awards = Award.objects.filter(batch_line__batch=batch)
        orders = PaymentOrder.objects.filter(batch=batch).order_by("award", "level")
        entries = JournalEntry.objects.filter(award__in=awards)
        files = PaymentFile.objects.filter(batch=batch).order_by("pk")
        accounts = LedgerAccount.objects.filter(budget__year=batch.year).order_by("pk")
        events = AuditEvent.objects.filter(enterprise=code)
        of_batch = AuditEvent.objects.filter(subject_type="Batch", subject_id=str(batch.pk))
        return {
            "batch": [batch.state, batch.version, f"{batch.rate_numerator}/{batch.rate_denominator}"],
            "awards": list(awards.order_by("pk").values_list("state", "payable_fen", "version")),
            "steps": _counted(Step.objects.filter(award__in=awards).values_list("action", flat=True)),
            "checks": ExclusionCheck.objects.filter(award__in=awards).count(),
            "orders": list(orders.values_list("level", "amount_fen", "state", "attempt", "failure", "version")),
            "attempts": PaymentAttempt.objects.filter(order__in=orders).count(),
            "results": list(
                BankResult.objects.filter(order__in=orders)
                .order_by("order__award", "order__level", "attempt")
                .values_list("attempt", "is_paid", "reason")
            ),
            "files": [[each.level, each.area, each.orders.count()] for each in files],
            "entries": _counted(entries.values_list("kind", flat=True)),
            "postings": list(
                Posting.objects.filter(entry__in=entries, amount_fen__gt=0)
                .values_list("entry__kind", "account__kind")
                .annotate(total=Sum("amount_fen"))
                .order_by("entry__kind", "account__kind")
            ),
            "balances": list(accounts.values_list("level", "area", "kind", "balance_fen")),
            "recoveries": list(
                Recovery.objects.filter(award__in=awards).order_by("pk").values_list("amount_fen", "recovered_fen", "version")
            ),
            "returns": list(
                RecoveryReturn.objects.filter(recovery__award__in=awards).order_by("pk").values_list("amount_fen", "bank_reference")
            ),
            "events": _counted(events.values_list("action", flat=True)),
            "events of the batch": _counted(of_batch.values_list("action", flat=True)),
            "answers": KeptAnswer.objects.filter(key__startswith=f"{self.name}-{number}-").count(),
        }  # fmt: skip

    def between(self, states: list[State]) -> list[tuple[int, State]]:
        """Each request is a step."""
        return list(enumerate(states))

    def wrong(self, number: int) -> list[str]:
        """Nothing that the books do not say."""
        return []


def _counted(words: Iterable[str]) -> list[tuple[str, int]]:
    return sorted(Counter(words).items())


def _batch(number: int) -> Batch:
    return Batch.objects.get(year=YEAR + number)


def _code(number: int) -> str:
    return make_code("91", "320723", 500_000 + number)


def _world() -> World:
    """The people of the office, and what awards hang on."""
    run = Run.objects.get(title="认定")
    last = StoredDetermination.objects.filter(run=run).aggregate(last=Max("position"))["last"]
    numbers = itertools.count((last or 0) + 1)
    maker, publisher, finance, second, auditor, enterprise = map(person, PEOPLE)
    source = Source.objects.get(title="来源")
    return World(maker, publisher, finance, second, auditor, enterprise, run, source, numbers)
