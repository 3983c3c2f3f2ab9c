"""The Django app of this room."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """How Django knows this room (文书)."""

    name = "duixian.office.documents"
    label = "documents"
    verbose_name = "文书"
    default_auto_field = "django.db.models.BigAutoField"
