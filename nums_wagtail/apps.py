"""The core app: one label and one migration chain for every room but the vault and the pages."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NumsWagtailConfig(AppConfig):
    name = "nums_wagtail"
    label = "nums_wagtail"
    verbose_name = _("Safety scheme")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import rooms

        rooms.gather()
