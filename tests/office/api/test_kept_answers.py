"""Answers that are kept are told again to the byte as long as they hold, and to nobody who has them already."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from duixian.office.api import public
from duixian.office.api.kept_answers import MOST, KeptAnswers
from duixian.office.api.paging import Paging
from duixian.office.api.schema import Schema

MEASURES = "/api/v1/public/measures?size=3"


class Told(Schema):
    """An answer (答复)."""

    number: int


class Maker:
    """Makes answers, and counts."""

    def __init__(self) -> None:
        self.made = 0

    def __call__(self) -> dict[str, Any]:
        """The next one."""
        self.made += 1
        return {"number": self.made, "more": "of no concern"}


@pytest.mark.django_db
def test_a_public_page_is_told_again_with_its_etag(nobody: Client) -> None:
    first, again = nobody.get(MEASURES), nobody.get(MEASURES)
    assert first.status_code == 200
    assert first["Content-Type"] == "application/json; charset=utf-8"
    assert (first.content, first["ETag"]) == (again.content, again["ETag"])
    assert len(first.json()["items"]) == 3


@pytest.mark.django_db
def test_who_has_it_already_gets_nothing_but_that(nobody: Client) -> None:
    etag = nobody.get(MEASURES)["ETag"]
    known = nobody.get(MEASURES, headers={"if-none-match": etag})
    assert (known.status_code, known.content, known["ETag"]) == (304, b"", etag)
    other = nobody.get("/api/v1/public/measures?size=4", headers={"if-none-match": etag})
    assert other.status_code == 200


def test_an_answer_is_made_once_for_what_is_asked_and_for_each_basis() -> None:
    kept, make = KeptAnswers(Told), Maker()
    told = [
        kept.told(asked, basis, make).content
        for asked in (Paging(page=1, size=2), Paging(page=2, size=2))
        for basis in (1, 1, 2)
    ]
    assert told == [b'{"number":%d}' % number for number in (1, 1, 2, 3, 3, 4)]


@pytest.mark.django_db
def test_what_no_route_asks_for_makes_no_other_answer(nobody: Client) -> None:
    kept = public._measures_told
    before = nobody.get(MEASURES).content
    count = len(kept)
    assert nobody.get(f"{MEASURES}&of=no+concern").content == before
    assert len(kept) == count


def test_what_changes_has_another_etag() -> None:
    kept, make = KeptAnswers(Told), Maker()
    assert len({kept.told("", basis, make)["ETag"] for basis in (1, 2, 3)}) == 3


def test_so_many_answers_are_remembered_and_no_more() -> None:
    kept, make = KeptAnswers(Told), Maker()
    for number in range(MOST + 1):
        kept.told(str(number), "always", make)
    assert kept.told(str(MOST), "always", make).content == b'{"number":%d}' % (MOST + 1)
    assert kept.told("0", "always", make).content == b'{"number":%d}' % (MOST + 2)
