"""Runs and rulings in the administration (认定后台): to be looked at; what changes them are the services."""

from __future__ import annotations

from django.contrib import admin

from duixian.office.only_shown import OnlyShown
from duixian.office.runs.models import Ruling, RulingSignature, Run, StoredDetermination


@admin.register(Ruling)
class RulingAdmin(OnlyShown):
    """Rulings (口径决定)."""

    list_display = ("question", "option", "effective_from", "proposed_by", "proposed_at", "signature")
    search_fields = ("question", "option")
    list_select_related = ("proposed_by", "signature")


@admin.register(RulingSignature)
class RulingSignatureAdmin(OnlyShown):
    """Signatures (签字)."""

    list_display = ("ruling", "is_refused", "signed_by", "signed_at")
    list_filter = ("is_refused",)
    list_select_related = ("ruling", "signed_by")


@admin.register(Run)
class RunAdmin(OnlyShown):
    """Runs (认定批次)."""

    list_display = ("id", "title", "as_of", "engine", "is_strict", "state", "started_by", "finished_at")
    list_filter = ("state",)
    search_fields = ("title",)
    list_select_related = ("started_by",)


@admin.register(StoredDetermination)
class StoredDeterminationAdmin(OnlyShown):
    """Determinations (认定结果)."""

    list_display = ("run", "position", "enterprise", "name", "measure", "fact", "outcome", "amount_fen")
    list_filter = ("outcome",)
    search_fields = ("enterprise", "name", "fact")
    list_select_related = ("run",)
