"""A kept query gives what the query set gives, whatever values come and in whichever thread."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.db.models import QuerySet, Sum

from duixian.office.accounts.models import Role, User
from duixian.office.kept_query import MOST_SHAPES, KeptPage, KeptQuery
from duixian.office.registry.models import Attribute, Enterprise, Source

DAY = date(2026, 3, 1)


@pytest.fixture
def rows(db: None, make_user: Callable[..., User]) -> list[Attribute]:
    """Five attributes of two enterprises, each beginning a day later."""
    source = Source.objects.create(title="名单", recorded_by=make_user(Role.CITY_OFFICER))
    codes = [f"91320707XN0000{number}XXX" for number in (1, 2)]
    Enterprise.objects.bulk_create(Enterprise(code=each) for each in codes)
    return Attribute.objects.bulk_create(
        Attribute(
            enterprise_id=codes[number % 2], name="企业名称", value={"名": number}, valid_from=DAY + timedelta(number), source=source
        )
        for number in range(5)
    )  # fmt: skip


_FROM = KeptQuery[Attribute](
    lambda code, day: (
        Attribute.objects.filter(enterprise=code, valid_from__gte=day).select_related("source").order_by("pk")
    )
)


def _plain(code: str, day: date) -> list[Attribute]:
    return list(Attribute.objects.filter(enterprise=code, valid_from__gte=day).order_by("pk"))


def test_it_gives_what_the_query_set_gives_for_every_value(rows: list[Attribute]) -> None:
    for code in {each.enterprise_id for each in rows}:
        for days in range(6):
            day = DAY + timedelta(days)
            found = _FROM(code, day)
            assert found == _plain(code, day)
            assert [each.value for each in found] == [each.value for each in _plain(code, day)]
            assert [each.valid_from for each in found] == [each.valid_from for each in _plain(code, day)]
            assert _FROM.count(code, day) == len(found)
            assert _FROM.first(code, day) == (found[0] if found else None)


def test_what_is_related_comes_in_the_same_query(
    rows: list[Attribute], django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(1):
        found = _FROM(rows[0].enterprise_id, DAY)
        assert {each.source.title for each in found} == {"名单"}


def test_what_is_added_to_a_row_comes_too(rows: list[Attribute]) -> None:
    sums = KeptQuery[Enterprise](
        lambda: Enterprise.objects.annotate(last=Sum("attributes__pk")).order_by("pk")
    )
    assert [each.last for each in sums()] == [  # type: ignore[attr-defined]
        sum(each.pk for each in rows if each.enterprise_id == code)
        for code in sorted({each.enterprise_id for each in rows})
    ]


def test_a_value_cannot_change_the_query(rows: list[Attribute]) -> None:
    assert _FROM("' OR 1 = 1 --", DAY) == []


def test_each_shape_is_a_query_of_its_own(rows: list[Attribute]) -> None:
    def make(names: tuple[str, ...], *values: object) -> QuerySet[Attribute]:
        return Attribute.objects.filter(**dict(zip(names, values, strict=True))).order_by("pk")

    kept = KeptQuery[Attribute](make)
    for _ in range(2):
        assert kept(shape=((),)) == rows
        assert kept(rows[1].pk, shape=(("pk",),)) == [rows[1]]
        assert kept("企业名称", rows[2].pk, shape=(("name", "pk"),)) == [rows[2]]


def test_shapes_beyond_number_are_made_again(rows: list[Attribute]) -> None:
    kept = KeptQuery[Attribute](
        lambda most, name: Attribute.objects.filter(name=name, pk__lte=most).order_by("pk")
    )
    for most in range(2 * MOST_SHAPES):
        assert len(kept("企业名称", shape=(most + rows[0].pk,))) == min(most + 1, 5)


def test_a_page_tells_how_many_there_are(rows: list[Attribute]) -> None:
    page = KeptPage[Attribute](lambda name: Attribute.objects.filter(name=name).order_by("pk"))
    told = [(first, most) for first in range(7) for most in (1, 2, 5, 6)]
    assert [page(first, most, "企业名称") for first, most in told] == [
        (rows[first : first + most], 5) for first, most in told
    ]
    assert page(0, 2, "别的") == ([], 0)


def test_where_nothing_can_ever_fit_there_is_nothing(rows: list[Attribute]) -> None:
    def make(names: tuple[str, ...], key: Any) -> QuerySet[Attribute]:
        return Attribute.objects.filter(pk=key, name__in=names).order_by("pk")

    kept, page = KeptQuery[Attribute](make), KeptPage[Attribute](make)
    for _ in range(2):
        assert (kept(rows[0].pk, shape=((),)), kept.count(rows[0].pk, shape=((),))) == ([], 0)
        assert page(0, 5, rows[0].pk, shape=((),)) == page(5, 5, rows[0].pk, shape=((),)) == ([], 0)
        assert kept(rows[0].pk, shape=(("企业名称",),)) == [rows[0]]


_KINDS = KeptQuery[ContentType](lambda room: ContentType.objects.filter(app_label=room).order_by("pk"))


def test_threads_ask_over_connections_of_their_own(django_db_setup: None, django_db_blocker: Any) -> None:
    def ask(_: int) -> list[ContentType]:
        try:
            return _KINDS("awards")
        finally:
            connection.close()

    with django_db_blocker.unblock(), ThreadPoolExecutor(4) as pool:
        wanted = list(ContentType.objects.filter(app_label="awards").order_by("pk"))
        assert wanted
        assert list(pool.map(ask, range(12))) == [wanted] * 12


def test_rows_are_held_within_a_transaction_only(django_db_setup: None, django_db_blocker: Any) -> None:
    held = KeptQuery[ContentType](lambda key: ContentType.objects.select_for_update().filter(pk=key))
    with django_db_blocker.unblock():
        with transaction.atomic():
            assert held.first(0) is None
        with pytest.raises(RuntimeError):
            held.first(0)
