"""Keyed tags: they say that two values are the same, and nothing of what they are.

The caller normalises; a tag of ``kind`` never equals one of another kind. Rows are written with the tag under
the first site key; while others still read, look-ups ask for the tags under all of them.
"""

from __future__ import annotations

import hashlib
import hmac

from django.views.decorators.debug import sensitive_variables

from . import derivation
from .keyring import Label, site_keyring


def fast_tag(kind: str, value: str) -> bytes:
    """32 bytes, HMAC-SHA256: for addresses and for what is published anyway."""
    return _fast(site_keyring().write_kid, kind, value)


def fast_tags(kind: str, value: str) -> list[bytes]:
    """The tag under every site key, for ``tag__in=``."""
    return [_fast(kid, kind, value) for kid in site_keyring().kids]


def slow_tag(kind: str, value: str) -> bytes:
    """32 bytes, HMAC of Argon2id: for identifiers of suspects, since every phone number can be counted through."""
    return _slow(site_keyring().write_kid, kind, value)


def slow_tags(kind: str, value: str) -> list[bytes]:
    """The slow tag under every site key, one Argon2id each."""
    return [_slow(kid, kind, value) for kid in site_keyring().kids]


@sensitive_variables()
def _fast(kid: str, kind: str, value: str) -> bytes:
    return _keyed(kid, f"fast|{_checked(kind)}|".encode() + value.encode())


@sensitive_variables()
def _slow(kid: str, kind: str, value: str) -> bytes:
    salt = _keyed(kid, f"salt|{_checked(kind)}".encode())
    return _keyed(kid, f"slow|{kind}|".encode() + derivation.from_guessable(value.encode(), salt))


def _checked(kind: str) -> str:
    if "|" in kind:
        raise ValueError("The kind of a tag has no bar in it.")
    return kind


@sensitive_variables()
def _keyed(kid: str, message: bytes) -> bytes:
    return hmac.new(site_keyring().subkey(kid, Label.INDEXES), message, hashlib.sha256).digest()
