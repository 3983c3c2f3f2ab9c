"""The ledger (账簿): double entry; ``book`` is the only one who writes entries, postings and balances.

An entry's postings add up to nought. Its key names the event that it books: the same event again gives the entry that is there.
Accounts are locked in one order, by their id, whoever books what: two who book wait for each other, never both.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db import IntegrityError, transaction
from django.db.models import F

from duixian.office.accounts.actor import Actor
from duixian.office.awards.models import Award
from duixian.office.refusal import Clash
from duixian.office.treasury.models import JournalEntry, LedgerAccount, PaymentOrder, Posting

Postings = Mapping[LedgerAccount, int]
"""What goes into each account (positive) and out of it (negative), in fen."""


def book(
    key: str,
    kind: str,
    postings: Postings,
    *,
    award: Award | None = None,
    order: PaymentOrder | None = None,
    actor: Actor,
    memo: str,
    reverses: JournalEntry | None = None,
) -> JournalEntry:
    """Book one event (记账), in the transaction at hand.

    Raises:
        Clash: ``overdrawn`` when an account would be overdrawn; ``key-taken`` when the key already names another event.
        ValueError: a bug: postings that do not add up, or move nothing.
    """
    if len(postings) < 2 or sum(postings.values()) != 0 or 0 in postings.values():
        raise ValueError(f"{key}: postings do not add up")
    lock_accounts(account.pk for account in postings)
    entry = JournalEntry(
        key=key, kind=kind, award=award, order=order, reverses=reverses, memo=memo, booked_by_id=actor.id
    )
    there = JournalEntry.objects.filter(key=key).first()
    if there is None:
        there = _write(entry, postings)
    return entry if there is None else _same(there, entry, postings)


def lock_accounts(keys: Iterable[int]) -> dict[int, LedgerAccount]:
    """These accounts, held until the transaction ends, always in the order of their ids.

    Who will book several entries in one transaction locks the accounts of all of them first.
    """
    held = LedgerAccount.objects.select_for_update(no_key=True).filter(pk__in=set(keys)).order_by("pk")
    return {account.pk: account for account in held}


def reverse(entry: JournalEntry, *, actor: Actor, memo: str) -> JournalEntry:
    """Book the opposite of an entry (冲回); it can be done once."""
    postings = {each.account: -each.amount_fen for each in entry.postings.select_related("account")}
    return book(
        f"reverse:{entry.key}",
        "reverse",
        postings,
        award=entry.award,
        order=entry.order,
        actor=actor,
        memo=memo,
        reverses=entry,
    )


def _write(entry: JournalEntry, postings: Postings) -> JournalEntry | None:
    """Write the entry; another one under its key, when somebody else wrote that in the meantime."""
    try:
        with transaction.atomic():
            entry.save(force_insert=True)
    except IntegrityError:
        there = JournalEntry.objects.filter(key=entry.key).first()
        if there is None:
            raise
        return there
    lines = sorted(postings.items(), key=lambda line: line[0].pk)
    Posting.objects.bulk_create(
        Posting(entry=entry, account=account, amount_fen=fen) for account, fen in lines
    )
    _move_balances(lines)
    return None


def _move_balances(lines: list[tuple[LedgerAccount, int]]) -> None:
    """Every balance moves with its postings; the database refuses to overdraw an account."""
    for account, fen in lines:
        try:
            with transaction.atomic():
                LedgerAccount.objects.filter(pk=account.pk).update(balance_fen=F("balance_fen") + fen)
        except IntegrityError as refused:
            if "treasury_no_overdraft" not in str(refused):
                raise
            raise _overdrawn(account, fen) from refused


def _overdrawn(account: LedgerAccount, fen: int) -> Clash:
    left = LedgerAccount.objects.get(pk=account.pk).balance_fen
    return Clash(
        "overdrawn",
        f"账户余额不足：{account.get_kind_display()}",
        why=f"需要{-fen}分，只有{left}分",
        fix="先追加预算，或减少金额",
        account=account.code,
        left_fen=left,
        needed_fen=-fen,
    )


def _same(there: JournalEntry, entry: JournalEntry, postings: Postings) -> JournalEntry:
    """The entry that is there, when it books the same event."""
    booked = dict(there.postings.values_list("account_id", "amount_fen"))
    if _event(there) == _event(entry) and booked == {each.pk: fen for each, fen in postings.items()}:
        return there
    raise Clash(
        "key-taken",
        "这笔业务已按别的内容记账",
        why="同一业务键只能记一次账",
        fix="核对已有凭证",
        key=entry.key,
    )


def _event(entry: JournalEntry) -> tuple[object, ...]:
    return entry.kind, entry.award_id, entry.order_id, entry.reverses_id
