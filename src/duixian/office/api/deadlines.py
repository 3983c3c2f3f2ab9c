"""Windows, time limits, guides and holidays through the API (申报窗口与办理时限接口)."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Field, Path, Query, Router, Status

from duixian.office.api.acts import acts
from duixian.office.api.paging import Page, Paging, page_of
from duixian.office.api.schemas_awards import (
    ClockAnswer,
    NewHolidays,
    NewWindow,
    PublishedGuide,
    WindowAnswer,
    clock_answer,
)
from duixian.office.api.signing_in import actor_of_request
from duixian.office.awards.clocks import due_clocks
from duixian.office.awards.guides import publish_guide, start_guide_clocks
from duixian.office.awards.holidays import enter_holidays
from duixian.office.awards.models import ApplicationWindow
from duixian.office.awards.windows import open_window, windows

router = Router(tags=["办理时限 deadlines"])
Year = Annotated[int, Path(ge=1900, le=2200)]


class WantedWindows(Paging):
    """Which windows are wanted: all, or those open on a day."""

    on: date | None = None


class WantedClocks(Paging):
    """Which time limits are wanted: of a kind, due by a day."""

    kind: str = Field("", max_length=20)
    by: date | None = None


@router.get("/windows", response=Page[WindowAnswer])
@acts("window.read")
def list_windows(request: HttpRequest, wanted: Query[WantedWindows]) -> dict[str, Any]:
    """The application windows (申报窗口)."""
    return page_of(windows(actor_of_request(request), on=wanted.on), wanted)


@router.post("/windows", response={201: WindowAnswer})
@acts("window.open")
def open_application_window(request: HttpRequest, wanted: NewWindow) -> Status[ApplicationWindow]:
    """Announce a window (发布申报窗口)."""
    return Status(201, open_window(actor_of_request(request), **wanted.dict()))


@router.get("/clocks", response=Page[ClockAnswer])
@acts("clock.read")
def list_clocks(request: HttpRequest, wanted: Query[WantedClocks]) -> dict[str, Any]:
    """The running time limits, soonest first (办理时限)."""
    return page_of(
        due_clocks(actor_of_request(request), by=wanted.by, kind=wanted.kind), wanted, clock_answer
    )


@router.post("/guides/start", response=int)
@acts("guide.start")
def start_guides(request: HttpRequest) -> int:
    """Start the time limit of every measure's guide that never had one; how many (办事指南计时)."""
    return len(start_guide_clocks(actor_of_request(request)))


@router.post("/guides/publish", response={204: None})
@acts("guide.publish")
def publish_item_guide(request: HttpRequest, guide: PublishedGuide) -> Status[None]:
    """Note that a guide was published (发布办事指南)."""
    publish_guide(actor_of_request(request), **guide.dict())
    return Status(204, None)


@router.post("/holidays/{year}", response={201: int})
@acts("holiday.enter")
def enter_year_of_holidays(request: HttpRequest, year: Year, given: NewHolidays) -> Status[int]:
    """Enter a whole year's holidays; how many days (录入节假日)."""
    return Status(201, enter_holidays(actor_of_request(request), year, **given.dict()))
