"""The registry in the administration (后台): to be looked at; what changes it are the services."""

from __future__ import annotations

from django.contrib import admin

from duixian.office.only_shown import OnlyShown
from duixian.office.registry.models import (
    Attribute,
    ColumnMapping,
    Enterprise,
    FactRecord,
    Roster,
    RosterRow,
    Source,
)


@admin.register(Enterprise)
class EnterpriseAdmin(OnlyShown):
    """Enterprises (企业)."""

    list_display = ("code", "known_since")
    search_fields = ("code",)


@admin.register(Source)
class SourceAdmin(OnlyShown):
    """Sources (来源)."""

    list_display = ("title", "issuer", "document_number", "published_on", "recorded_by", "recorded_at")
    search_fields = ("title", "document_number")
    list_select_related = ("recorded_by",)


@admin.register(Attribute)
class AttributeAdmin(OnlyShown):
    """What enterprises were, and when (企业属性)."""

    list_display = ("enterprise", "name", "value", "valid_from", "valid_to", "source", "is_withdrawal")
    list_filter = ("name", "is_withdrawal")
    search_fields = ("=enterprise__code",)
    list_select_related = ("enterprise", "source")
    show_full_result_count = False


@admin.register(FactRecord)
class FactRecordAdmin(OnlyShown):
    """Facts (事实)."""

    list_display = ("number", "kind", "enterprise", "happened_on", "source", "source_row", "is_withdrawal")
    list_filter = ("kind", "is_withdrawal")
    search_fields = ("=enterprise__code", "=number")
    list_select_related = ("enterprise", "source")
    show_full_result_count = False


@admin.register(Roster)
class RosterAdmin(OnlyShown):
    """Lists (名单)."""

    list_display = ("title", "kind", "issuer", "document_number", "state", "uploaded_by", "uploaded_at")
    list_filter = ("state", "kind")
    search_fields = ("title", "document_number")
    list_select_related = ("uploaded_by",)


@admin.register(RosterRow)
class RosterRowAdmin(OnlyShown):
    """Rows of lists (名单行)."""

    list_display = ("roster", "number", "verdict", "enterprise", "is_skipped", "decided_by")
    list_filter = ("verdict", "is_skipped")
    search_fields = ("=roster__id",)
    list_select_related = ("roster", "enterprise", "decided_by")
    show_full_result_count = False


@admin.register(ColumnMapping)
class ColumnMappingAdmin(OnlyShown):
    """Remembered columns (列对应记忆)."""

    list_display = ("issuer", "kind", "remembered_at")
    search_fields = ("issuer",)
