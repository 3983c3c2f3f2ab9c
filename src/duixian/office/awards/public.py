"""What everybody may see (公开部分): the notices that stand, without login."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection
from django.utils import timezone

from duixian.office.awards.models import NoticeItem, PublicNotice

Standing = tuple[int, datetime, date, date]
"""A notice that stands (公示中): its number, when it was published, its first and last day."""


@dataclass(frozen=True, slots=True)
class ShownItem:
    """A line of a notice (公示项). ``id`` is what an objection names; the amount is in fen."""

    id: int
    enterprise_name: str
    measure: str
    amount_fen: int


@dataclass(frozen=True, slots=True)
class ShownNotice:
    """A notice as the public sees it (公示); no credit codes, no accounts, no objectors."""

    id: int
    title: str
    document: str
    published_on: date
    opens_on: date
    closes_on: date
    working_days: int
    contact: str
    items: tuple[ShownItem, ...]


def standing_notices() -> tuple[Standing, ...]:
    """Which notices stand today, the newest first: from their publishing to the end of their last day.

    Nothing else of a notice ever changes: as long as this is the same, so is what is :func:`shown`.
    """
    with connection.cursor() as cursor:
        cursor.execute(_STANDING, [connection.ops.adapt_datefield_value(timezone.localdate())])
        return tuple(cursor.fetchall())


_STANDING = """
    SELECT id, published_at, opens_on, closes_on FROM awards_notice WHERE withdrawn_at IS NULL AND closes_on >= %s
    ORDER BY id DESC
"""


def shown(standing: tuple[Standing, ...]) -> list[ShownNotice]:
    """These notices as the public sees them."""
    rows = PublicNotice.objects.filter(pk__in=[each[0] for each in standing]).prefetch_related("items")
    return [_shown(each) for each in rows.order_by("-pk")]


def _shown(notice: PublicNotice) -> ShownNotice:
    items = sorted(notice.items.all(), key=lambda each: each.pk)
    return ShownNotice(
        notice.pk, notice.title, notice.document, timezone.localdate(notice.published_at), notice.opens_on, notice.closes_on,
        notice.working_days, notice.contact, tuple(map(_item, items)),
    )  # fmt: skip


def _item(each: NoticeItem) -> ShownItem:
    return ShownItem(each.pk, each.enterprise_name, each.measure, each.amount_fen)
