"""Audit events in the administration (审计后台): looked at, never touched."""

from __future__ import annotations

from django.contrib import admin

from duixian.office.audit.models import AuditEvent
from duixian.office.only_shown import OnlyShown


@admin.register(AuditEvent)
class AuditEventAdmin(OnlyShown):
    """The chain (审计事件), the newest event first."""

    list_display = ("number", "at", "actor", "action", "subject_type", "subject_id", "enterprise")
    search_fields = ("actor", "action", "subject_id", "enterprise")
    ordering = ("-number",)
    list_per_page = 50
    show_full_result_count = False
