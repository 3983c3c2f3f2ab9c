"""The Django app of this room."""

from django.apps import AppConfig


class RunsConfig(AppConfig):
    """How Django knows this room (认定批次)."""

    name = "duixian.office.runs"
    label = "runs"
    verbose_name = "认定批次"
    default_auto_field = "django.db.models.BigAutoField"
