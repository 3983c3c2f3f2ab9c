"""What everybody may see (公开部分): the notices that stand, without login."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from duixian.office.awards.models import NoticeItem, PublicNotice


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


def current_notices() -> list[ShownNotice]:
    """The notices that stand today, the newest first: from their publishing to the end of their last day."""
    rows = PublicNotice.objects.filter(withdrawn_at=None, closes_on__gte=timezone.localdate())
    return [_shown(each) for each in rows.order_by("-pk").prefetch_related("items")]


def _shown(notice: PublicNotice) -> ShownNotice:
    items = sorted(notice.items.all(), key=lambda each: each.pk)
    return ShownNotice(
        notice.pk, notice.title, notice.document, timezone.localdate(notice.published_at), notice.opens_on, notice.closes_on,
        notice.working_days, notice.contact, tuple(map(_item, items)),
    )  # fmt: skip


def _item(each: NoticeItem) -> ShownItem:
    return ShownItem(each.pk, each.enterprise_name, each.measure, each.amount_fen)
