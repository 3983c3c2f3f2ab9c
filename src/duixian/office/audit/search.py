"""Search the chain (查询审计事件): by what was touched, whose it was, who did what, and when. Only an auditor does; that is told too."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Max, QuerySet
from django.utils import timezone

from duixian.office.accounts.actor import Actor
from duixian.office.accounts.permissions import demand
from duixian.office.acting import acting, tell
from duixian.office.audit.models import AuditEvent


@dataclass(frozen=True, slots=True)
class Question:
    """What is searched for (查询条件): what is empty does not count; both days belong to it."""

    subject_type: str = ""
    subject_id: str = ""
    enterprise: str = ""
    actor: str = ""
    action: str = ""
    first_day: date | None = None
    last_day: date | None = None


def search(actor: Actor, question: Question) -> QuerySet[AuditEvent]:
    """The events of before that answer a question, the newest first; the caller takes a page of them.

    Raises:
        NotAllowed: for everybody but an auditor.
    """
    with acting():
        demand(actor, "audit.read")
        found = _found(question)
        asked = [name for name in Question.__dataclass_fields__ if getattr(question, name)]
        tell(actor, "audit.read", enterprise=question.enterprise, detail={"asked": asked})
        last = AuditEvent.objects.aggregate(last=Max("number"))["last"] or 0
    return found.filter(number__lte=last)


def _found(question: Question) -> QuerySet[AuditEvent]:
    names = ("subject_type", "subject_id", "enterprise", "actor", "action")
    wanted = {name: getattr(question, name) for name in names if getattr(question, name)}
    found = AuditEvent.objects.filter(**wanted).order_by("-number")
    if question.first_day is not None:
        found = found.filter(at__gte=_midnight(question.first_day))
    if question.last_day is not None and question.last_day < date.max:
        found = found.filter(at__lt=_midnight(question.last_day + timedelta(days=1)))
    return found


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
