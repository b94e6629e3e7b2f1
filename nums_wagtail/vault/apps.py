"""The vault is an app of its own, so that its keys may live in a database of their own."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class VaultConfig(AppConfig):
    name = "nums_wagtail.vault"
    label = "nums_vault"
    verbose_name = _("Safety scheme: keys")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Raises ImproperlyConfigured for a malformed key list, which would otherwise fail at the first report."""
        from nums_wagtail.conf import nums_settings

        from . import (
            checks,  # noqa: F401
            registrations,
        )
        from .keyring import read_site_keys

        read_site_keys(nums_settings().vault.SITE_KEYS)
        registrations.register()
