"""The Django app of this room."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """How Django knows this room (账号)."""

    name = "duixian.office.accounts"
    label = "accounts"
    verbose_name = "账号"
    default_auto_field = "django.db.models.BigAutoField"
