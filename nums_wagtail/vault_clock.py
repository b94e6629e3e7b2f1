"""The vault's daily sweep as a clock. It stands at the front door because the vault may not know the clocks."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from .foundation.clocks import Clock
from .vault.sweeping import sweep

VAULT_CLOCK = Clock(_("Data keys that belong to nothing, after a day"), sweep)
