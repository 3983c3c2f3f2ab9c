"""The Django app of this room."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """How Django knows this room (审计)."""

    name = "duixian.office.audit"
    label = "audit"
    verbose_name = "审计"
    default_auto_field = "django.db.models.BigAutoField"
