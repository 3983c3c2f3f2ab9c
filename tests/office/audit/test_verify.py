"""Whatever is changed, taken out, put in or put elsewhere at the database itself: verifying finds it."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import LazySettings
from django.db import connection
from django.db.models import F
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from duixian.office.accounts.actor import SYSTEM
from duixian.office.acting import acting, tell
from duixian.office.audit.anchor import head
from duixian.office.audit.chain import Told, append, hash_of
from duixian.office.audit.models import AuditEvent
from duixian.office.audit.verify import MOST_FINDINGS, verify
from tests.office.audit.chained import COLUMNS, chain_of, forge, unguarded, write

pytestmark = pytest.mark.django_db
LENGTH = 7
numbers = st.integers(1, LENGTH)
WORDS = {
    "at": "2020-01-01 00:00:00+00:00", "actor": "somebody", "action": "other.act", "subject_type": "Run", "subject_id": "99",
    "enterprise": "E99", "detail": '{"n": 99}', "algorithm": "sm3", "previous_hash": "f" * 64, "hash": "e" * 64,
}  # fmt: skip


def test_an_untouched_chain_is_whole() -> None:
    assert verify([]) == []
    chain_of(LENGTH)
    assert verify([head()]) == []


def test_a_chain_of_mixed_algorithms_is_whole_and_its_change_is_found(settings: LazySettings) -> None:
    for algorithm in ("sha256", "sm3", "sm3", "sha256"):
        settings.AUDIT_ALGORITHM = algorithm
        append([Told("甲", "test.done", detail={"名": "乙"})])
    assert verify([]) == []
    with unguarded():
        write("UPDATE audit_event SET actor = %s WHERE number = 3", "丙")
        assert verify([]) == ["第 3 号的内容与哈希不符"]


@pytest.mark.parametrize("column", COLUMNS)
def test_a_change_of_any_column_of_any_event_is_found(column: str) -> None:
    chain_of(3)
    for number in (1, 2, 3):
        with unguarded():
            write(f"UPDATE audit_event SET {column} = %s WHERE number = %s", WORDS[column], number)
            assert verify([]), (column, number)
    assert verify([]) == []


def test_a_missing_event_is_found_wherever_it_was() -> None:
    chain_of(3)
    anchor = head()
    for number in (1, 2, 3):
        with unguarded():
            write("DELETE FROM audit_event WHERE number = %s", number)
            assert verify([anchor])
            assert bool(verify([])) is (number != 3), "only an anchor knows that an end was cut off"


def test_a_cut_tail_is_found_by_an_anchor() -> None:
    chain_of(5)
    anchor = head()
    with unguarded():
        write("DELETE FROM audit_event WHERE number > 3")
        assert verify([anchor]) == ["链头存证有第 5 号，链中没有：末尾被截去"]
        write("DELETE FROM audit_event")
        assert verify([anchor]) == ["链头存证有第 5 号，链中没有：末尾被截去"]


def test_a_chain_written_anew_is_found_by_an_anchor() -> None:
    chain_of(5)
    anchor = head()
    with unguarded():
        previous = AuditEvent.objects.get(number=3).hash
        write("DELETE FROM audit_event WHERE number > 3")
        for number in (4, 5):
            event = forge(number, previous)
            event.save(force_insert=True)
            previous = event.hash
        assert verify([]) == []
        assert verify([anchor]) == ["第 5 号与链头存证不符"]


def test_an_inserted_event_is_found_even_when_all_numbers_after_it_move() -> None:
    chain_of(4)
    with unguarded():
        before = AuditEvent.objects.get(number=2)
        AuditEvent.objects.filter(number__gt=2).update(number=F("number") + 100)
        AuditEvent.objects.filter(number__gt=2).update(number=F("number") - 99)
        forge(3, "1" * 64).save(force_insert=True)
        assert AuditEvent.objects.get(number=2).hash == before.hash
        assert "第 3 号与前一事件接不上" in verify([])


def test_an_event_whose_hash_was_made_anew_no_longer_fits_the_next_one() -> None:
    chain_of(3)
    with unguarded():
        event = AuditEvent.objects.get(number=2)
        event.actor = "somebody"
        write("UPDATE audit_event SET actor = %s, hash = %s WHERE number = 2", event.actor, hash_of(event))
        assert verify([]) == ["第 3 号与前一事件接不上"]


def test_an_algorithm_that_there_is_not_is_found() -> None:
    chain_of(2)
    with unguarded():
        write("UPDATE audit_event SET algorithm = 'none' WHERE number = 1")
        assert verify([]) == ["第 1 号的内容与哈希不符"]


def test_so_many_findings_are_told_and_no_more() -> None:
    for _ in range(2):
        with acting():
            for number in range(MOST_FINDINGS // 2 + 100):
                tell(SYSTEM, "test.done", str(number))
    with unguarded():
        write("UPDATE audit_event SET actor = 'somebody'")
        assert len(verify([])) == MOST_FINDINGS


@st.composite
def tamperings(draw: st.DrawFn) -> list[list[Any]]:
    """Statements that leave the chain other than it was, and within its constraints."""
    kind = draw(st.sampled_from(("change", "delete", "swap", "insert", "renumber")))
    number, other = draw(st.lists(numbers, min_size=2, max_size=2, unique=True))
    if kind == "change":
        column = draw(
            st.sampled_from(("actor", "action", "subject_type", "subject_id", "enterprise", "detail"))
        )
        text = draw(st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=18))
        value = f'{{"n": {draw(st.integers(100, 2**40))}}}' if column == "detail" else f"{text}!"[:18]
        return [[f"UPDATE audit_event SET {column} = %s WHERE number = %s", value, number]]
    if kind == "delete":
        return [["DELETE FROM audit_event WHERE number = %s", number]]
    if kind == "swap":
        move = "UPDATE audit_event SET number = %s WHERE number = %s"
        return [[move, 1000, number], [move, number, other], [move, other, 1000]]
    if kind == "renumber":
        free = draw(st.integers(LENGTH + 1, 99))
        return [["UPDATE audit_event SET number = %s WHERE number = %s", free, number]]
    columns = ", ".join(name for name in COLUMNS if name not in ("previous_hash", "hash"))
    copied = (
        f"INSERT INTO audit_event (number, {columns}, previous_hash, hash) "
        f"SELECT %s, {columns}, %s, %s FROM audit_event WHERE number = %s"
    )
    return [[copied, LENGTH + 1, "a" * 64, "b" * 64, number]]


@given(tamperings())
@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_tampering_at_random_is_found(tampering: list[list[Any]]) -> None:
    if not AuditEvent.objects.exists():
        chain_of(LENGTH)
    anchor = head()
    with unguarded():
        for statement, *values in tampering:
            write(statement, *values)
        assert verify([anchor]), tampering
    assert verify([anchor]) == []


if connection.vendor == "sqlite":
    # Only SQLite lets anything be written into any column; PostgreSQL refuses these at once.
    @pytest.mark.parametrize(
        ("column", "value"), [("at", "yesterday"), ("at", "2026-13-45 00:00:00"), ("number", "two")]
    )
    def test_what_fits_no_column_is_found(column: str, value: str) -> None:
        chain_of(3)
        with unguarded():
            write(f"UPDATE audit_event SET {column} = %s WHERE number = 2", value)
            assert verify([])
