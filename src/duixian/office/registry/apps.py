"""The Django app of this room."""

from django.apps import AppConfig


class RegistryConfig(AppConfig):
    """How Django knows this room (企业库)."""

    name = "duixian.office.registry"
    label = "registry"
    verbose_name = "企业库"
    default_auto_field = "django.db.models.BigAutoField"
