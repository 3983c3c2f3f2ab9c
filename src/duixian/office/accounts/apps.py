"""The Django app of this room, and the administration that it guards."""

from importlib import import_module

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class AccountsConfig(AppConfig):
    """How Django knows this room (账号)."""

    name = "duixian.office.accounts"
    label = "accounts"
    verbose_name = "账号"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listen for sign-ins, through whichever door."""
        import_module("duixian.office.accounts.sign_in_events")


class OfficeAdminConfig(AdminConfig):
    """The administration (后台), behind our own rights and second factor."""

    default_site = "duixian.office.accounts.admin_site.OfficeAdminSite"
