"""What may be wrong after everybody did everything (核对): looked up in the tables alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from django.db.models import Count

from duixian.office.audit import verify as chain
from duixian.office.audit.models import AuditEvent
from duixian.office.awards.models import ENDED, Award, Step
from duixian.office.registry.models import FactRecord, Roster, RosterState
from duixian.office.treasury import verify as treasury
from duixian.office.treasury.models import (
    BankResult,
    BatchLine,
    JournalEntry,
    LedgerAccount,
    OrderState,
    PaymentOrder,
    Recovery,
)
from duixian.office.treasury.verify import NEVER_NEGATIVE
from tests.office.at_once.town import WHO, Round

FACTS = 2 * len(WHO)
"""How many facts each list tells."""


def wrong_in_round(things: Round) -> list[str]:
    """What is wrong with the things of one round."""
    return [*_awards(things), *_payments(things), *_recoveries(things)]


def wrong_in_office() -> list[str]:
    """What is wrong in all that was ever done: books, chain, registry, awards."""
    return [*treasury.verify(), *chain.verify(), *_living_twice(), *_overdrawn(), *_facts(), *_rosters()]


def _awards(things: Round) -> Iterator[str]:
    """One award for each determination; as many versions as steps, and as many events as steps."""
    awards = things.awards()
    keys = [str(each.pk) for each in awards]
    done = list(Step.objects.filter(award__in=awards).values_list("award", "action"))
    steps, actions = Counter(award for award, _ in done), {f"award.{action}" for _, action in done}
    told = Counter(
        AuditEvent.objects.filter(
            subject_type="Award", subject_id__in=keys, action__in=actions
        ).values_list("subject_id", flat=True)
    )  # fmt: skip
    if len(awards) not in (0, len(WHO)):
        yield f"run {things.run.pk} has {len(awards)} awards of {len(WHO)} determinations"
    for award in awards:
        if not award.version == steps[award.pk] == told[str(award.pk)]:
            yield f"award {award.pk} has version {award.version}, {steps[award.pk]} steps, {told[str(award.pk)]} events"
    batched = Counter(BatchLine.objects.filter(award__in=awards).values_list("award", flat=True))
    yield from (f"award {key} is in {count} batches" for key, count in batched.items() if count > 1)


def _payments(things: Round) -> Iterator[str]:
    """An order has a version for each time that it was sent, answered, tried again or given up; a paid one is settled once."""
    for order in PaymentOrder.objects.filter(batch__in=things.batches).annotate(files=Count("payment_files")):
        answers = list(BankResult.objects.filter(order=order).values_list("is_paid", flat=True))
        is_cancelled = order.state == OrderState.CANCELLED
        if order.version != order.files + len(answers) + order.attempt + is_cancelled:
            yield f"order {order.pk} has version {order.version}, {order.files} files, {answers}, attempt {order.attempt}"
        settled = JournalEntry.objects.filter(order=order, kind="settle").count()
        if not settled == sum(answers) == (order.state == OrderState.PAID):
            yield f"order {order.pk} is {order.state}, settled {settled} times, paid {sum(answers)} times"
    living = PaymentOrder.objects.filter(batch__in=things.batches).exclude(state=OrderState.CANCELLED)
    twice = living.order_by().values("award", "level", "area").annotate(n=Count("pk")).filter(n__gt=1)
    yield from (f"award {each['award']} has {each['n']} orders of one treasury" for each in twice)


def _recoveries(things: Round) -> Iterator[str]:
    """A recovery has a version for its confirmation and one for each return; what came back is what was told."""
    found = Recovery.objects.filter(award__batch_line__batch__in=things.batches)
    for recovery in found.annotate(times=Count("returns")):
        if recovery.version != 1 + (recovery.confirmed_by_id is not None) + recovery.times:
            yield f"recovery {recovery.pk} has version {recovery.version} after {recovery.times} returns"


def _living_twice() -> Iterator[str]:
    living = Award.objects.exclude(state__in=ENDED).order_by()
    for names in (("determination",), ("document", "measure_id", "fact_kind", "fact")):
        twice = living.values(*names).annotate(n=Count("pk")).filter(n__gt=1)
        yield from (f"{each['n']} living awards of {each}" for each in twice)


def _overdrawn() -> Iterator[str]:
    below = LedgerAccount.objects.filter(kind__in=NEVER_NEGATIVE, balance_fen__lt=0)
    yield from (f"account {each.code} holds {each.balance_fen}" for each in below)


def _facts() -> Iterator[str]:
    """The versions of a fact are one line: one beginning, one successor each, one end."""
    listed = FactRecord.objects.filter(number__startswith="S-").order_by()
    rows = list(listed.values_list("pk", "number", "supersedes"))
    if len({number for _, number, _ in rows}) not in (0, FACTS):
        yield "the lists told other facts than they hold"
    replaced = Counter(earlier for _, _, earlier in rows if earlier is not None)
    yield from (f"fact {key} has {count} successors" for key, count in replaced.items() if count > 1)
    heads = Counter(number for key, number, _ in rows if key not in replaced)
    yield from (f"fact {number} has {count} last versions" for number, count in heads.items() if count > 1)


def _rosters() -> Iterator[str]:
    """Lists say what they recorded, and all of them together as much as there is; the same content stands once."""
    taken = Roster.objects.exclude(source=None)
    for roster in taken:
        if sum(roster.counts[name] for name in (*_WRITTEN, "already_known")) != FACTS:
            yield f"roster {roster.pk} says {roster.counts}"
    said = sum(roster.counts.get(name, 0) for roster in taken for name in _WRITTEN + _UNDONE)
    written = FactRecord.objects.filter(number__startswith="S-").count()
    if said != written:
        yield f"lists say {said} rows, and there are {written}"
    living = Roster.objects.exclude(state=RosterState.UNDONE).order_by()
    twice = living.values("content_hash").annotate(n=Count("pk")).filter(n__gt=1)
    yield from (f"{each['n']} lists of one content" for each in twice)


_WRITTEN, _UNDONE = ("recorded", "superseded"), ("restored", "withdrawn_again")
"""What a list, and taking it back, count of the rows that they write."""
