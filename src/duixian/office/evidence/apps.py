"""The Django app of this room."""

from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    """How Django knows this room (佐证)."""

    name = "duixian.office.evidence"
    label = "evidence"
    verbose_name = "佐证"
    default_auto_field = "django.db.models.BigAutoField"
