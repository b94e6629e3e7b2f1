"""State that travels through a page or a link and comes back: sealed, dated, and good for one purpose only.

Not compressed: beside a secret, what somebody else may write would show in the length.
"""

from __future__ import annotations

import base64
import binascii
import time
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_variables

from nums_wagtail.foundation.errors import CannotOpen, KeyMissing

from . import envelope
from .documents import from_json, to_json
from .keyring import Label, site_keyring
from .padding import pad, unpad

BUCKET = 256
#: State belongs to no row; its purpose alone binds it.
NO_RECORD = UUID(int=0)


def _context(purpose: str) -> envelope.Context:
    return envelope.Context("state", purpose, NO_RECORD)


@sensitive_variables()
def seal_state(purpose: str, data: dict[str, Any]) -> str:
    """``data`` (what JSON can hold) as text fit for a hidden field or a URL. Raises VaultError."""
    keyring = site_keyring()
    kid = keyring.write_kid
    clear = pad(to_json({"at": int(time.time()), "data": data}), BUCKET)
    sealed = envelope.seal(keyring.subkey(kid, Label.TOKENS), kid, clear, _context(purpose))
    return base64.urlsafe_b64encode(sealed).rstrip(b"=").decode("ascii")


@sensitive_variables()
def open_state(purpose: str, text: str, max_age_seconds: int | None) -> dict[str, Any]:
    """The data that was sealed for the same purpose, at most ``max_age_seconds`` ago (None: however long).

    Raises CannotOpen with code ``expired``, or ``cannot_open`` for anything changed, foreign or not ours.
    """
    try:
        sealed = base64.b64decode(text.encode("ascii") + b"=" * (-len(text) % 4), altchars=b"-_", validate=True)
        keyring = site_keyring()
        clear = envelope.open_envelope(lambda kid: keyring.subkey(kid, Label.TOKENS), sealed, _context(purpose))
        state = from_json(unpad(clear))
    except (UnicodeEncodeError, binascii.Error, CannotOpen, KeyMissing):
        # One answer for every way to be wrong.
        raise CannotOpen() from None
    if max_age_seconds is not None and time.time() - state["at"] > max_age_seconds:
        raise CannotOpen("expired", _("This page has been open for too long. Please start again."))
    data: dict[str, Any] = state["data"]
    return data
