"""Awards in the administration (兑付后台): to be looked at; what changes them are the services."""

from __future__ import annotations

from django.contrib import admin

from duixian.office.awards.models import (
    ApplicationWindow,
    Award,
    Clock,
    ExclusionCheck,
    Holiday,
    NoticeItem,
    PublicNotice,
    Score,
    Step,
)
from duixian.office.only_shown import OnlyShown

# Accounts and objections hold personal data: who may read those does so through the services, which tell the audit trail.


@admin.register(Award)
class AwardAdmin(OnlyShown):
    """Awards (兑付事项)."""

    list_display = (
        "id",
        "enterprise",
        "area",
        "measure_id",
        "state",
        "ceiling_fen",
        "approved_fen",
        "payable_fen",
        "version",
    )
    list_filter = ("state", "mode", "area", "document")
    search_fields = ("enterprise__code", "fact", "measure_id")
    exclude = ("account",)


@admin.register(Step)
class StepAdmin(OnlyShown):
    """Steps (办理记录)."""

    list_display = ("award", "number", "action", "from_state", "to_state", "actor", "role", "at")
    list_filter = ("action", "role")
    list_select_related = ("award", "actor")


@admin.register(PublicNotice)
class PublicNoticeAdmin(OnlyShown):
    """Notices (公示)."""

    list_display = ("id", "title", "document", "opens_on", "closes_on", "working_days", "withdrawn_at")
    list_filter = ("document",)


@admin.register(NoticeItem)
class NoticeItemAdmin(OnlyShown):
    """Lines of notices (公示项)."""

    list_display = ("notice", "award", "enterprise_name", "measure", "amount_fen")
    list_select_related = ("notice", "award")


@admin.register(ApplicationWindow)
class ApplicationWindowAdmin(OnlyShown):
    """Windows (申报窗口)."""

    list_display = ("document", "measure_id", "opens_on", "closes_on", "opened_by")


@admin.register(Score)
class ScoreAdmin(OnlyShown):
    """Scores (专家评分)."""

    list_display = ("award", "expert", "points", "recorded_by", "recorded_at", "voided_at")
    list_select_related = ("award", "recorded_by")


@admin.register(Clock)
class ClockAdmin(OnlyShown):
    """Time limits (办理时限)."""

    list_display = ("kind", "subject", "started_on", "working_days", "due_on", "stopped_on")
    list_filter = ("kind",)


@admin.register(ExclusionCheck)
class ExclusionCheckAdmin(OnlyShown):
    """Looks at what bars (排除核查)."""

    list_display = ("award", "stage", "window_from", "window_to", "source_hash", "checked_at")
    list_filter = ("stage",)
    list_select_related = ("award",)


@admin.register(Holiday)
class HolidayAdmin(OnlyShown):
    """Holidays (节假日)."""

    list_display = ("day", "is_working_day", "note")
