"""Boxes that a receipt opens and nobody else: neither the team nor the site. For what is not sent yet.

Both the key and the look-up id are made from the receipt, so a box needs no data key; without the receipt what is
left of it in a backup is noise.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.views.decorators.debug import sensitive_variables

from nums_wagtail.foundation.errors import CannotOpen

from . import derivation, envelope
from .documents import BUCKET, from_json, to_json
from .holders import ReceiptHolder
from .keyring import site_keyring
from .padding import pad, unpad
from .receipts import Receipt, ReceiptKeys

LOOKUP_BYTES = 16


def _lookup(keys: ReceiptKeys, purpose: str) -> bytes:
    return derivation.from_key(keys.wrapping_key, f"receipt|{purpose}|lookup", LOOKUP_BYTES)


def _key(keys: ReceiptKeys, purpose: str) -> bytes:
    return derivation.from_key(keys.wrapping_key, f"receipt|{purpose}|box")


def _context(purpose: str, lookup: bytes) -> envelope.Context:
    return envelope.Context("box", purpose, UUID(bytes=lookup))


@sensitive_variables()
def seal_for_receipt(receipt: Receipt, purpose: str, data: dict[str, Any]) -> tuple[bytes, str, bytes]:
    """Look-up id (16 bytes), kid of the site key that pepper came from, and the box. Raises VaultError."""
    kid = site_keyring().write_kid
    keys = ReceiptHolder(receipt).keys(kid)
    lookup = _lookup(keys, purpose)
    return (
        lookup,
        kid,
        envelope.seal(_key(keys, purpose), kid, pad(to_json(data), BUCKET), _context(purpose, lookup)),
    )


@sensitive_variables()
def lookups_of(holder: ReceiptHolder, purpose: str) -> list[bytes]:
    """Under which ids a box of this receipt may lie: one for each site key."""
    return [_lookup(holder.keys(kid), purpose) for kid in site_keyring().kids]


@sensitive_variables()
def open_box(holder: ReceiptHolder, purpose: str, lookup: bytes, box: envelope.Envelope) -> dict[str, Any]:
    """What was sealed. Raises CannotOpen, KeyMissing."""
    clear = envelope.open_envelope(
        lambda kid: _key(holder.keys(kid), purpose), box, _context(purpose, bytes(lookup))
    )
    data = from_json(unpad(clear))
    if not isinstance(data, dict):
        raise CannotOpen("not_a_document")
    return data
