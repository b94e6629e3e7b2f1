"""Whether the key sheet is really in the safe: its check groups are typed back, and again every six months."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.utils import timezone

from nums_wagtail.conf import nums_settings

from .key_sheet import last_group
from .keyring import site_keyring
from .models import KeySheetCheck
from .router import keys_alias

#: After so long it is asked again whether the sheet can still be found and read.
EVERY = timedelta(days=183)


class SheetState(StrEnum):
    #: Keys are made from SECRET_KEY, so there is nothing to put on paper.
    NO_KEYS = "no_keys"
    #: At least one listed key has never been typed back.
    NEVER = "never"
    DUE = "due"
    FINE = "fine"


@dataclass(frozen=True)
class SheetStanding:
    """``kids``: the keys whose check groups are to be typed back now; ``since``: the oldest check, if any."""

    state: SheetState
    kids: tuple[str, ...] = ()
    since: date | None = None


def confirm_sheet(kid: str, typed: str) -> bool:
    """Whether ``typed`` is the check group of the key, as read from paper; if so, the day is remembered.

    Raises KeyMissing for a key that is not listed.
    """
    given = "".join(typed.upper().split())
    if not hmac.compare_digest(last_group(kid).encode(), given.encode()):
        return False
    rows = KeySheetCheck.objects.using(keys_alias())
    rows.update_or_create(kid=kid, defaults={"checked_on": timezone.localdate()})
    return True


def standing(today: date | None = None) -> SheetStanding:
    """What to tell staff about the sheet. Raises VaultError where there are no keys at all."""
    if not nums_settings().vault.SITE_KEYS:
        return SheetStanding(SheetState.NO_KEYS)
    day = today or timezone.localdate()
    kids = site_keyring().kids
    rows = KeySheetCheck.objects.using(keys_alias()).filter(kid__in=kids)
    checked = dict(rows.values_list("kid", "checked_on"))
    never = tuple(kid for kid in kids if kid not in checked)
    due = tuple(kid for kid in kids if kid in checked and day - checked[kid] >= EVERY)
    state = SheetState.NEVER if never else SheetState.DUE if due else SheetState.FINE
    return SheetStanding(state, never + due, min(checked.values(), default=None))
