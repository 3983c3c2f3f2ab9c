"""The Django app of this room."""

from django.apps import AppConfig


class AwardsConfig(AppConfig):
    """How Django knows this room (兑付)."""

    name = "duixian.office.awards"
    label = "awards"
    verbose_name = "兑付"
    default_auto_field = "django.db.models.BigAutoField"
