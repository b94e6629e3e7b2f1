"""The concrete page classes, in an app of their own so that a host may leave them out."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PagesConfig(AppConfig):
    name = "nums_wagtail.pages"
    label = "nums_pages"
    verbose_name = _("Safety scheme: pages")
    default_auto_field = "django.db.models.BigAutoField"
