"""The Django app of this room."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """How Django knows this room (接口)."""

    name = "duixian.office.api"
    label = "api"
    verbose_name = "接口"
    default_auto_field = "django.db.models.BigAutoField"
