"""Evidence in the administration (后台): to be looked at; what changes it are the services."""

from __future__ import annotations

from django.contrib import admin

from duixian.office.evidence.models import Evidence, EvidenceStop, StoredFile
from duixian.office.only_shown import OnlyShown


@admin.register(StoredFile)
class StoredFileAdmin(OnlyShown):
    """Files (文件)."""

    list_display = ("digest", "media_type", "size", "stored_at")
    list_filter = ("media_type",)
    search_fields = ("digest",)


@admin.register(Evidence)
class EvidenceAdmin(OnlyShown):
    """Pieces of evidence (佐证)."""

    list_display = ("id", "award", "kind", "name", "added_by", "added_at", "withdrawn_at")
    list_filter = ("kind",)
    search_fields = ("fingerprint", "award__enterprise__code")
    list_select_related = ("award", "added_by")


@admin.register(EvidenceStop)
class EvidenceStopAdmin(OnlyShown):
    """Stops (重复佐证)."""

    list_display = ("id", "first", "second", "found_at", "ruling", "ruled_by", "ruled_at")
    list_filter = ("ruling",)
    list_select_related = ("first", "second", "ruled_by")
