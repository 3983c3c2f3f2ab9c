"""Application windows (申报窗口): an application is submitted only while one is open."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

from duixian.office.accounts.actor import Actor
from duixian.office.accounts.permissions import demand
from duixian.office.acting import acting, tell
from duixian.office.awards.measure_of import delivery_of, measure_of
from duixian.office.awards.models import ApplicationWindow
from duixian.office.refusal import Clash, Refusal
from duixian.office.runs.rulings import rulings_in_force
from duixian.rules.measure import Delivery


def open_window(
    actor: Actor, *, document: str, measure_id: str, opens_on: date, closes_on: date
) -> ApplicationWindow:
    """Announce from when to when a measure is applied for; both days belong to it.

    Raises:
        Refusal: ``window-order`` when it closes before it opens or has closed already, ``window-not-needed`` for a measure that is
            免申即享.
    """
    with acting():
        demand(actor, "window.open")
        measure = measure_of(document, measure_id)
        if delivery_of(measure, rulings_in_force(opens_on)) is Delivery.AUTOMATIC:
            raise Refusal("window-not-needed", "免申即享的事项不设申报窗口")
        if closes_on < opens_on or closes_on < timezone.localdate():
            raise Refusal("window-order", "截止日早于开始日，或者已经过去", fix="请核对开始和截止日期")
        window = ApplicationWindow.objects.create(
            document=document, measure_id=measure_id, opens_on=opens_on, closes_on=closes_on, opened_by_id=actor.account_id
        )  # fmt: skip
        tell(actor, "window.open", window, detail={"document": document, "measure": measure_id})
    return window


def open_windows(on: date) -> QuerySet[ApplicationWindow]:
    """The windows that are open on a day."""
    return ApplicationWindow.objects.filter(opens_on__lte=on, closes_on__gte=on).order_by("closes_on", "pk")


def demand_open_window(document: str, measure_id: str) -> None:
    """Go on only when an application may be submitted today.

    Raises:
        Clash: ``window-closed``.
    """
    if not open_windows(timezone.localdate()).filter(document=document, measure_id=measure_id).exists():
        raise Clash(
            "window-closed", "现在不在申报窗口内", why="该事项只在申报期内受理", fix="请在申报窗口开放时提交"
        )


def windows(actor: Actor, *, on: date | None = None) -> QuerySet[ApplicationWindow]:
    """All windows, the newest first, or those open on a day."""
    demand(actor, "window.read")
    return ApplicationWindow.objects.order_by("-opens_on", "-pk") if on is None else open_windows(on)
