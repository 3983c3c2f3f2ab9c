"""Bank results (银行回执): each good line settles or fails its order; a line, or the whole file, may come as often as it likes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import F
from django.utils import timezone

from duixian.errors import Problem, Severity, sorted_problems
from duixian.office.accounts.actor import Actor
from duixian.office.accounts.permissions import demand
from duixian.office.acting import acting, tell
from duixian.office.awards.models import Award, State
from duixian.office.evidence.models import StoredFile
from duixian.office.evidence.store import keep
from duixian.office.refusal import Refusal
from duixian.office.treasury.bank_table import BankLine, read_bank_lines
from duixian.office.treasury.chart import accounts_of
from duixian.office.treasury.ledger import lock_accounts
from duixian.office.treasury.models import (
    BankResult,
    Batch,
    BatchState,
    OrderState,
    PaymentAttempt,
    PaymentOrder,
)
from duixian.office.treasury.settle import between_accounts, settle

ROOM = "treasury"
_LONGEST_REASON = 200


@dataclass(slots=True)
class Taken:
    """What became of a bank's file (导入结果): how many lines paid, failed or were known; what is wrong; which awards wait still."""

    file: str
    paid: int = 0
    failed: int = 0
    known: int = 0
    problems: list[Problem] = field(default_factory=list)
    held: dict[int, Refusal] = field(default_factory=dict)

    def add(
        self, code: str, line: BankLine, *, expected: str = "", severity: Severity = Severity.ERROR
    ) -> None:
        """Put down what is wrong with a line; the other lines go on."""
        self.problems.append(Problem(f"{ROOM}.{code}", line.place, severity, "", line.reference, expected))


def take_results(
    actor: Actor, content: bytes, name: str, *, mapping: Mapping[str, str] | None = None
) -> Taken:
    """Take in what the bank says (导入回执), in one transaction: after a crash the file is in, or it is not.

    Raises:
        Refusal: what the file store refuses (``file-empty``, ``file-type-refused`` …).
    """
    lines, problems = read_bank_lines(content, name, mapping)
    with acting():
        demand(actor, "bank.take")
        file = keep(content, name)
        taken = Taken(file.digest, problems=problems)
        good = _without_twins(lines, taken)
        for attempt, line in _known_attempts(good, taken):
            _take(actor, attempt, line, file, taken)
        taken.problems = sorted_problems(taken.problems)
        told = {
            "paid": taken.paid,
            "failed": taken.failed,
            "known": taken.known,
            "problems": len(taken.problems),
        }
        tell(actor, "bank.take", file, detail=told)
    return taken


def _without_twins(lines: Sequence[BankLine], taken: Taken) -> list[BankLine]:
    """One line for each reference: of equal ones the first; of contradicting ones none."""
    by_reference: dict[str, list[BankLine]] = {}
    for line in lines:
        if line.is_paid is None:
            taken.add("unknown-result", line, expected=line.word)
        else:
            by_reference.setdefault(line.reference, []).append(line)
    good = []
    for same in by_reference.values():
        if len({line.content for line in same}) > 1:
            for line in same:
                taken.add("contradicting-lines", line)
            continue
        good.append(same[0])
        for line in same[1:]:
            taken.add("repeated-line", line, severity=Severity.WARNING)
    return good


def _known_attempts(lines: Iterable[BankLine], taken: Taken) -> list[tuple[PaymentAttempt, BankLine]]:
    """The attempts that the lines are about, with everything held that settling them needs: batches, awards, orders, accounts."""
    by_reference = {line.reference: line for line in lines}
    attempts = {
        each.reference: each
        for each in PaymentAttempt.objects.filter(reference__in=by_reference).order_by("order_id", "attempt")
    }
    for unknown in by_reference.keys() - attempts.keys():
        taken.add("unknown-reference", by_reference[unknown])
    orders = _hold({each.order_id for each in attempts.values()})
    for each in attempts.values():
        each.order = orders[each.order_id]
    return [(each, by_reference[reference]) for reference, each in attempts.items()]


def _hold(keys: set[int]) -> dict[int, PaymentOrder]:
    orders = PaymentOrder.objects.filter(pk__in=keys)
    batches = list(orders.values_list("batch_id", flat=True).distinct())
    list(Batch.objects.select_for_update(no_key=True).filter(pk__in=batches).order_by("pk"))
    awards = list(orders.values_list("award_id", flat=True).distinct())
    held = {
        each.pk: each
        for each in Award.objects.select_for_update(no_key=True).filter(pk__in=awards).order_by("pk")
    }
    found = {
        order.pk: order
        for order in orders.select_for_update(of=("self",), no_key=True)
        .select_related("budget")
        .order_by("pk")
    }
    for order in found.values():
        order.award = held[order.award_id]
    accounts = accounts_of(order.budget_id for order in found.values())
    wanted = {each.pk for (_, kind), each in accounts.items() if kind in ("reserved", "paid")}
    lock_accounts(wanted | between_accounts(found.values()))
    return found


def _take(actor: Actor, attempt: PaymentAttempt, line: BankLine, file: StoredFile, taken: Taken) -> None:
    order = attempt.order
    if line.amount_fen != order.amount_fen:
        taken.add("amount-differs", line, expected=str(order.amount_fen))
        return
    made_on, today = timezone.localdate(attempt.made_at), timezone.localdate()
    if not made_on <= line.day <= today:
        taken.add("impossible-day", line, expected=f"{made_on} 至 {today}")
        return
    there = BankResult.objects.filter(order=order, attempt=attempt.attempt).first()
    if there is not None:
        _again(actor, order, there, line, taken)
    elif order.state != OrderState.SENT or order.attempt != attempt.attempt:
        taken.add("not-sent", line, expected=order.get_state_display())
    else:
        _record(actor, order, line, file, taken)


def _again(actor: Actor, order: PaymentOrder, there: BankResult, line: BankLine, taken: Taken) -> None:
    if there.is_paid is not line.is_paid:
        taken.add("contradicts-earlier", line, expected="已支付" if there.is_paid else "支付失败")
        return
    taken.known += 1
    if there.is_paid:
        _finish(actor, order, taken)


def _record(actor: Actor, order: PaymentOrder, line: BankLine, file: StoredFile, taken: Taken) -> None:
    reason = "" if line.is_paid else (line.reason or line.word)[:_LONGEST_REASON]
    BankResult.objects.create(
        order=order,
        attempt=order.attempt,
        is_paid=line.is_paid is True,
        reason=reason,
        bank_reference=line.bank_reference[:80],
        happened_on=line.day,
        file=file,
        line=line.place.line,
    )
    order.state = OrderState.PAID if line.is_paid else OrderState.FAILED
    order.failure, order.version = reason, order.version + 1
    order.save()
    tell(
        actor,
        "order.paid" if line.is_paid else "order.failed",
        order,
        enterprise=order.award.enterprise_id,
        detail={"reference": order.reference, "attempt": order.attempt},
    )
    if line.is_paid:
        taken.paid += 1
        settle(actor, order)
        _finish(actor, order, taken)
    else:
        taken.failed += 1
        _fail(actor, order, reason)


def _fail(actor: Actor, order: PaymentOrder, reason: str) -> None:
    """The award stays where it is, with a step that says why; the money stays reserved."""
    from duixian.office.awards.move import move

    move(
        order.award, "fail", actor, reason=reason, detail={"reference": order.reference, "level": order.level}
    )


def _finish(actor: Actor, order: PaymentOrder, taken: Taken) -> None:
    """Once everything that was payable is paid, the award is; what the bank did stands, whatever holds the award back."""
    from duixian.office.awards.move import move

    award = Award.objects.get(pk=order.award_id)
    line = award.batch_line
    paid = award.orders.filter(state=OrderState.PAID)
    if award.state == State.IN_PAYMENT and sum(each.amount_fen for each in paid) == line.payable_fen:
        try:
            move(award, "settle", actor, detail={"paid_fen": line.payable_fen})
        except Refusal as refusal:
            taken.held[award.pk] = refusal
    _close(line.batch)


def _close(batch: Batch) -> None:
    """A batch is over once all is ordered and nothing ordered waits."""
    waiting = batch.orders.exclude(state__in=(OrderState.PAID, OrderState.CANCELLED))
    if batch.state == BatchState.ORDERED and not waiting.exists():
        Batch.objects.filter(pk=batch.pk).update(state=BatchState.CLOSED, version=F("version") + 1)
