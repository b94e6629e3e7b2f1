"""The site's master keys, read from settings, and the subkeys made from them. Keys are settings, never rows."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any, NoReturn

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.signals import setting_changed
from django.views.decorators.debug import sensitive_variables

from nums_wagtail.conf import nums_settings
from nums_wagtail.foundation.errors import KeyMissing, VaultError

from . import derivation

KEY_BYTES = 32
KID = re.compile(r"[A-Za-z0-9_-]{1,16}")


class Label(StrEnum):
    """What a subkey is for. Two labels never share key material."""

    FIELDS = "fields"
    INDEXES = "indexes"
    RECEIPTS = "receipts"
    TOKENS = "tokens"
    TEAM = "team"


class Keyring:
    """Master keys by their kid, in order: the first writes, the others still read."""

    __slots__ = ("_masters",)

    def __init__(self, masters: Mapping[str, bytes]) -> None:
        if not masters:
            raise VaultError("no_site_keys")
        self._masters = dict(masters)

    @property
    def kids(self) -> tuple[str, ...]:
        return tuple(self._masters)

    @property
    def write_kid(self) -> str:
        return self.kids[0]

    @sensitive_variables()
    def subkey(self, kid: str, label: str) -> bytes:
        """32 bytes for one purpose, derived anew at each call; bulk work asks once and keeps it while it runs.

        Raises KeyMissing when no site key has this kid, ValueError for a label that nobody declared.
        """
        return derivation.from_key(self.master_for_paper(kid), f"subkey|{Label(label).value}")

    def master_for_paper(self, kid: str) -> bytes:
        """The master key itself, for the key sheet. Raises KeyMissing."""
        try:
            return self._masters[kid]
        except KeyError:
            raise KeyMissing("site_key_missing") from None

    def __repr__(self) -> str:
        return "<Keyring>"

    def __reduce__(self) -> NoReturn:
        raise TypeError("A keyring is never stored.")


@sensitive_variables()
def read_site_keys(lines: Sequence[str]) -> dict[str, bytes]:
    """``SITE_KEYS`` as kid → 32 bytes, in order. Raises ImproperlyConfigured, naming the place but no key."""
    keys: dict[str, bytes] = {}
    if isinstance(lines, str | bytes) or not isinstance(lines, Sequence):
        raise ImproperlyConfigured('SITE_KEYS must be a list of "kid:base64", not one piece of text.')
    for number, line in enumerate(lines, start=1):
        kid, _colon, encoded = str(line).strip().partition(":")
        problem = _problem_of(kid, encoded)
        if problem or kid in keys:
            raise ImproperlyConfigured(f"SITE_KEYS, entry {number}: {problem or 'its kid is taken already'}.")
        keys[kid] = base64.b64decode(encoded)
    return keys


def _problem_of(kid: str, encoded: str) -> str:
    if not KID.fullmatch(kid):
        return "write kid:base64, the kid being 1 to 16 letters, digits, - or _"
    try:
        length = len(base64.b64decode(encoded, validate=True))
    except (binascii.Error, ValueError):
        return "what follows the colon is not base64"
    return "" if length == KEY_BYTES else f"the key must be {KEY_BYTES} bytes, it is {length}"


@sensitive_variables()
def _read_keyring() -> Keyring:
    keys = read_site_keys(nums_settings().vault.SITE_KEYS)
    if not keys and settings.DEBUG:
        keys = {"dev": derivation.from_key(settings.SECRET_KEY.encode(), "development site key")}
    return Keyring(keys)


class _InForce:
    """The one keyring of this process; read at first use, forgotten when a setting it rests on changes."""

    keyring: Keyring | None = None

    @classmethod
    def forget(cls, *, setting: str, **kwargs: Any) -> None:
        if setting in {"NUMS_WAGTAIL", "SECRET_KEY", "DEBUG"}:
            cls.keyring = None


setting_changed.connect(_InForce.forget, dispatch_uid="nums_wagtail.vault.keyring")


def site_keyring() -> Keyring:
    """The site keys in force; in development without any, one made from SECRET_KEY.

    Raises VaultError with code ``no_site_keys`` when there are none, ImproperlyConfigured when the list is
    malformed.
    """
    if _InForce.keyring is None:
        _InForce.keyring = _read_keyring()
    return _InForce.keyring
