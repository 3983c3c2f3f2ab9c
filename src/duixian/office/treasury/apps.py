"""The Django app of this room."""

from django.apps import AppConfig


class TreasuryConfig(AppConfig):
    """How Django knows this room (资金)."""

    name = "duixian.office.treasury"
    label = "treasury"
    verbose_name = "资金"
    default_auto_field = "django.db.models.BigAutoField"
