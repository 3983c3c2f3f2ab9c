"""The ledger: what is booked adds up, is booked once, and overdraws nothing; the database sees to it too."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from duixian.office.acting import acting
from duixian.office.refusal import Clash
from duixian.office.treasury.budgets import left_of
from duixian.office.treasury.chart import account
from duixian.office.treasury.ledger import book, reverse
from duixian.office.treasury.models import JournalEntry, LedgerAccount, Posting, Settlement
from duixian.office.treasury.verify import verify
from tests.office.treasury.world import World

pytestmark = pytest.mark.django_db


def test_the_same_event_is_booked_once(world: World) -> None:
    budget = world.grant(100_00)
    postings = {account(budget, "available"): -50, account(budget, "reserved"): 50}
    with acting():
        first = book("x", "reserve", postings, actor=world.finance, memo="一")
        again = book("x", "reserve", postings, actor=world.second, memo="二")
    assert first == again
    assert left_of(budget).reserved_fen == 50


def test_a_key_names_one_event(world: World) -> None:
    budget = world.grant(100_00)
    available, reserved = account(budget, "available"), account(budget, "reserved")
    with acting():
        book("x", "reserve", {available: -50, reserved: 50}, actor=world.finance, memo="")
        with pytest.raises(Clash) as refused:
            book("x", "reserve", {available: -51, reserved: 51}, actor=world.finance, memo="")
    assert refused.value.code == "key-taken"


def test_an_account_is_not_overdrawn(world: World) -> None:
    budget = world.grant(100_00)
    with pytest.raises(Clash) as refused, acting():
        book(
            "x", "reserve", {account(budget, "available"): -100_01, account(budget, "reserved"): 100_01},
            actor=world.finance, memo="",
        )  # fmt: skip
    assert refused.value.code == "overdrawn"
    assert refused.value.facts["left_fen"] == 100_00
    assert not JournalEntry.objects.filter(key="x").exists()
    assert verify() == []


@pytest.mark.parametrize("kind", ["available", "reserved", "paid", "receivable", "returned"])
def test_the_database_refuses_to_overdraw(world: World, kind: str) -> None:
    budget = world.grant(100_00)
    with pytest.raises(IntegrityError, match="treasury_no_overdraft"), transaction.atomic():
        LedgerAccount.objects.filter(budget=budget, kind=kind).update(balance_fen=-1)


@pytest.mark.parametrize("postings", [(-50, 49), (50,), ()])
def test_the_database_commits_no_entry_that_does_not_balance(world: World, postings: tuple[int, ...]) -> None:
    accounts = LedgerAccount.objects.filter(budget=world.grant(100_00)).order_by("pk")
    with pytest.raises(DatabaseError):
        _write("x", dict(zip(accounts, postings, strict=False)))


def test_the_database_commits_an_entry_that_balances(world: World) -> None:
    accounts = LedgerAccount.objects.filter(budget=world.grant(100_00)).order_by("pk")
    _write("x", dict(zip(accounts, (-50, 50), strict=False)))
    assert Posting.objects.filter(entry__key="x").count() == 2


def test_nothing_is_added_to_an_entry_later(world: World) -> None:
    key = f"grant:{world.grant(100_00).changes.get().pk}"
    other = world.grant(1, level="county", area="灌云县")
    connection.check_constraints()
    with pytest.raises(DatabaseError):
        _write(key, {account(other, "available"): 1})


@pytest.mark.parametrize(
    "table", ["treasury_entry", "treasury_posting", "treasury_attempt", "treasury_settlement"]
)
@pytest.mark.parametrize("statement", ["UPDATE {} SET id = id", "DELETE FROM {}"])
def test_the_database_refuses_to_change_the_books(world: World, table: str, statement: str) -> None:
    award = world.award(100_00)
    world.grant(100_00), world.grant(100_00, level="county", area=award.area)
    world.ordered([award])
    if table == "treasury_settlement":
        Settlement.objects.create(
            year=2025,
            area=award.area,
            city_paid_fen=0,
            county_paid_fen=0,
            city_owes_fen=0,
            settled_by_id=world.finance.account_id,
        )
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement.format(table))


def test_an_entry_is_reversed_once(world: World) -> None:
    budget = world.grant(100_00)
    with acting():
        entry = book(
            "x", "reserve", {account(budget, "available"): -50, account(budget, "reserved"): 50},
            actor=world.finance, memo="",
        )  # fmt: skip
        assert reverse(entry, actor=world.finance, memo="撤") == reverse(
            entry, actor=world.finance, memo="撤"
        )
    assert left_of(budget).available_fen == 100_00


def test_postings_that_do_not_add_up_are_a_bug(world: World) -> None:
    budget = world.grant(100_00)
    with pytest.raises(ValueError, match="add up"), acting():
        book(
            "x", "reserve", {account(budget, "available"): -50, account(budget, "reserved"): 49},
            actor=world.finance, memo="",
        )  # fmt: skip


def _write(key: str, postings: dict[LedgerAccount, int]) -> None:
    """Write past the ledger, and make the database judge now what it judges at the end of a transaction."""
    with transaction.atomic():
        entry, _ = JournalEntry.objects.get_or_create(key=key, defaults={"kind": "grant", "memo": ""})
        for held, fen in postings.items():
            Posting.objects.create(entry=entry, account=held, amount_fen=fen)
        connection.check_constraints()
