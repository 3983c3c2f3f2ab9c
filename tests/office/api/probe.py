"""A little API of its own, built like the real one, whose routes do what tests of the edge need. It is a urlconf too."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import OperationalError, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.urls import path
from ninja import File, Form, Query, Router, Schema, Status, UploadedFile

from duixian.office.acting import acting, tell
from duixian.office.api.acts import PUBLIC, acts
from duixian.office.api.paging import Id, Page, Paging, page_of
from duixian.office.api.root import addresses, build
from duixian.office.api.signing_in import actor_of_request
from duixian.office.api.throttling import PublicThrottle
from duixian.office.api.versions import tell_version, version_wanted
from duixian.office.awards.models import Holiday
from duixian.office.refusal import Clash, Stale

router = Router()
FIRST_DAY = date(2090, 1, 1)


class DayIn(Schema):
    """A day to write."""

    note: str


class DayOut(Schema):
    """A day that is written."""

    day: date
    note: str


class Said(Schema):
    """What a route has to say."""

    said: str


@router.post("/days", response={201: DayOut})
@acts("holiday.enter")
def write_day(request: HttpRequest, response: HttpResponse, wanted: DayIn) -> Status[Holiday]:
    """Write the next free day: asked twice, it writes two."""
    return _written(request, response, wanted.note)


@router.post("/files", response={201: DayOut})
@acts("holiday.enter")
def write_file(
    request: HttpRequest, response: HttpResponse, note: Form[str], file: File[UploadedFile]
) -> Status[Holiday]:
    """The same with a form and a file."""
    return _written(request, response, f"{note} {file.name}")


def _written(request: HttpRequest, response: HttpResponse, note: str) -> Status[Holiday]:
    actor = actor_of_request(request)
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("LOCK TABLE awards_holiday")
        day = FIRST_DAY + timedelta(days=Holiday.objects.filter(day__gte=FIRST_DAY).count())
        written = Holiday.objects.create(day=day, is_working_day=False, note=f"{actor.name} {note}"[:80])
    tell_version(response, 1)
    return Status(201, written)


@router.post("/half", response=Said)
@acts("holiday.enter")
def write_half(request: HttpRequest) -> dict[str, str]:
    """Change something, then refuse: nothing of it may stay."""
    with acting():
        Holiday.objects.create(day=FIRST_DAY, is_working_day=False, note="half")
        tell(actor_of_request(request), "holiday.enter")
        raise Clash("half-way", "不能办理", why="中途发现", fix="请重来", day=FIRST_DAY)


@router.get("/days", response=Page[DayOut])
@acts("holiday.enter")
def list_days(request: HttpRequest, paging: Query[Paging]) -> dict[str, object]:
    """All days."""
    return page_of(Holiday.objects.all(), paging)


@router.get("/things/{thing_id}", response=Said)
@acts("holiday.enter")
def read_thing(request: HttpRequest, response: HttpResponse, thing_id: Id) -> dict[str, str]:
    """A thing in its seventh version."""
    tell_version(response, 7)
    return {"said": str(thing_id)}


@router.put("/things/{thing_id}", response=Said)
@acts("holiday.enter")
def change_thing(request: HttpRequest, thing_id: Id) -> dict[str, str]:
    """Change it, if it is still what was read."""
    wanted = version_wanted(request)
    if wanted not in (None, 7):
        raise Stale("stale", "已有变动", why="读取后被他人修改", fix="请刷新后再办")
    return {"said": str(wanted)}


@router.get("/bug", response=Said)
@acts("holiday.enter")
def stumble(request: HttpRequest) -> dict[str, str]:
    """A bug."""
    raise RuntimeError("nobody may read this: 91320722MA1XXXXX0T")


@router.get("/locked", response=Said)
@acts("holiday.enter")
def wait_too_long(request: HttpRequest) -> dict[str, str]:
    """The database waited too long for somebody else."""
    raise OperationalError("database is locked")


@router.get("/open", response=Said, auth=None, throttle=PublicThrottle("PROBES_PER_MINUTE"))
@acts(PUBLIC)
def speak(request: HttpRequest, text: str = "") -> dict[str, str]:
    """Open to all, three times a minute."""
    return {"said": text}


api = build([router])
urlpatterns = [path("probe/", addresses(api))]
