"""What the vault itself stores under a site key, for the rotation."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from . import rewrapping
from .rotation import Resting, on_site_keys

OWNER = "nums_wagtail.vault"

DATA_KEYS = Resting(
    _("Data keys that the site opens itself"), rewrapping.data_keys_by_site_key, rewrapping.move_data_keys
)
TEAM_KEYS = Resting(_("Key pairs of the team"), rewrapping.team_keys_by_site_key, rewrapping.move_team_keys)
RECEIPTS = Resting(
    _("Receipts"),
    rewrapping.receipts_by_site_key,
    why_they_stay=_(
        "Their words are stored nowhere, so they work with the key under which they were given out, "
        "until their reports are deleted."
    ),
)


def register() -> None:
    on_site_keys.register("vault.data_keys", DATA_KEYS, owner=OWNER, order=10)
    on_site_keys.register("vault.team_keys", TEAM_KEYS, owner=OWNER, order=20)
    on_site_keys.register("vault.receipts", RECEIPTS, owner=OWNER, order=30)
