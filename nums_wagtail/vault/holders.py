"""Who can open data keys: the site itself, the team, or whoever has a report's receipt.

Everything that opens says with which holder, so that sealed mode is one more holder and no rewrite.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NoReturn, Protocol

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from django.views.decorators.debug import sensitive_variables

from nums_wagtail.foundation.errors import KeyMissing

from . import team
from .envelope import Context, open_envelope
from .keyring import Label, site_keyring
from .models import DataKey
from .receipts import Receipt, ReceiptKeys

Opener = Callable[[DataKey], bytes]


def key_context(row: DataKey, wrapping: str) -> Context:
    """Where one wrapping of a data key is valid."""
    return Context("nums_vault.DataKey", wrapping, row.id)


class KeyHolder(Protocol):
    def opener(self) -> Opener:
        """A function that unwraps rows, for one call however many rows it opens: it may keep keys meanwhile.

        It raises KeyMissing for a row that is not wrapped for this holder, CannotOpen when it does not open.
        """


class SiteHolder:
    """The server, unattended: for what an unattended sender must read."""

    def opener(self) -> Opener:
        keyring = site_keyring()
        subkeys: dict[str, bytes] = {}

        @sensitive_variables()
        def key_for(kid: str) -> bytes:
            if kid not in subkeys:
                subkeys[kid] = keyring.subkey(kid, Label.FIELDS)
            return subkeys[kid]

        def unwrap(row: DataKey) -> bytes:
            if row.wrapped_site is None:
                raise KeyMissing("not_for_holder")
            return open_envelope(key_for, row.wrapped_site, key_context(row, "wrapped_site"))

        return unwrap


class TeamHolder:
    """A signed-in caseworker in managed mode: the team's private half stands wrapped under the site key."""

    def opener(self) -> Opener:
        halves: dict[str, X25519PrivateKey] = {}

        def private_for(kid: str) -> X25519PrivateKey:
            if kid not in halves:
                halves[kid] = team.private_half(kid)
            return halves[kid]

        def unwrap(row: DataKey) -> bytes:
            if row.wrapped_team is None:
                raise KeyMissing("not_for_holder")
            return team.open_sealed_to_team(private_for, row.wrapped_team, key_context(row, "wrapped_team"))

        return unwrap


class ReceiptHolder:
    """Whoever typed a receipt. Lives for one request; the slow derivation is done once a site key."""

    __slots__ = ("_derived", "_receipt")

    def __init__(self, receipt: Receipt) -> None:
        self._receipt = receipt
        self._derived: dict[str, ReceiptKeys] = {}

    def derive(self) -> None:
        """Do now what is slow in making a data key for this receipt: before a transaction, so that nobody waits."""
        self.keys(site_keyring().write_kid)

    def keys(self, kid: str) -> ReceiptKeys:
        if kid not in self._derived:
            self._derived[kid] = self._receipt.keys(kid)
        return self._derived[kid]

    def opener(self) -> Opener:
        def unwrap(row: DataKey) -> bytes:
            if row.wrapped_receipt is None:
                raise KeyMissing("not_for_holder")
            context = key_context(row, "wrapped_receipt")
            return open_envelope(lambda kid: self.keys(kid).wrapping_key, row.wrapped_receipt, context)

        return unwrap

    def __repr__(self) -> str:
        return "<ReceiptHolder>"

    def __reduce__(self) -> NoReturn:
        raise TypeError("A holder of keys is never stored.")
