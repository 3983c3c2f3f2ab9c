"""Lists come in pages that neither overlap nor leave out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client

from duixian.office.accounts.models import Role
from duixian.office.api.paging import Paging, page_of
from duixian.office.awards.models import Holiday

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.office.api.probe")]


@pytest.fixture
def officer(client_of: Callable[..., Client]) -> Client:
    days = (date(2090, 1, 1) + timedelta(days=number) for number in range(7))
    Holiday.objects.bulk_create(Holiday(day=day, is_working_day=False, note="") for day in days)
    return client_of(Role.CITY_OFFICER)


def test_pages_hold_everything_once(officer: Client) -> None:
    pages = [officer.get(f"/probe/days?page={number}&size=3").json() for number in (1, 2, 3, 4)]
    assert [len(page["items"]) for page in pages] == [3, 3, 1, 0]
    assert [each["day"] for page in pages for each in page["items"]] == [
        f"2090-01-{day:02d}" for day in range(1, 8)
    ]
    assert {(page["total"], page["size"]) for page in pages} == {(7, 3)}


def test_a_page_is_of_fifty_unless_said_otherwise(officer: Client) -> None:
    answer = officer.get("/probe/days").json()
    assert (answer["page"], answer["size"], len(answer["items"])) == (1, 50, 7)


@pytest.mark.parametrize("query", ["page=0", "size=0", "size=201", "page=1000001", "page=x"])
def test_a_page_out_of_bounds_is_refused(officer: Client, query: str) -> None:
    assert officer.get(f"/probe/days?{query}").status_code == 422


def test_a_list_in_memory_is_paged_alike() -> None:
    assert page_of([1, 2, 3], Paging(page=2, size=2), told=str) == {
        "items": ["3"],
        "total": 3,
        "page": 2,
        "size": 2,
    }
