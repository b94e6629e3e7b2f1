"""The form in which everything sealed is stored, and how it is bound to its place.

    "N1" | algorithm, 1 byte | length of the kid, 1 byte | kid, ASCII | body

Algorithm 1 is AES-256-GCM; its body is a 96-bit random nonce, the ciphertext and its tag. Algorithm 2 is HPKE
(see ``team``). Associated data name model, field, record and schema version, so that a ciphertext moved to
another row or column does not open.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.views.decorators.debug import sensitive_variables

from nums_wagtail.foundation.errors import CannotOpen, CannotSeal

MAGIC = b"N1"
KEY_BYTES = 32
NONCE_BYTES = 12
TAG_BYTES = 16

Envelope = bytes | bytearray | memoryview


class Algorithm(IntEnum):
    AES_256_GCM = 1
    HPKE_X25519_AES_256_GCM = 2


@dataclass(frozen=True)
class Context:
    """The one place where a ciphertext is valid. ``version`` is the schema version of what was sealed."""

    model: str
    field: str
    record: UUID
    version: int = 1

    def __post_init__(self) -> None:
        if "|" in self.model + self.field or not isinstance(self.record, UUID):
            raise ValueError("A context is a model, a field (neither with a bar) and a record's UUID.")

    def aad(self) -> bytes:
        return f"nums|{self.model}|{self.field}|{self.record}|{self.version}".encode()


def seal(key: bytes, kid: str, clear: bytes, context: Context) -> bytes:
    """An envelope of ``clear`` under ``key`` (32 bytes), which ``kid`` names. Raises CannotSeal."""
    return _seal(key, kid, secrets.token_bytes(NONCE_BYTES), clear, context)


@sensitive_variables()
def _seal(key: bytes, kid: str, nonce: bytes, clear: bytes, context: Context) -> bytes:
    """``seal`` with a nonce that is given; for known-answer tests. A nonce used twice gives the key away."""
    if len(key) != KEY_BYTES:
        raise CannotSeal("bad_key")
    try:
        body = nonce + AESGCM(key).encrypt(nonce, clear, context.aad())
    except (TypeError, ValueError, OverflowError):
        raise CannotSeal() from None
    return assemble(Algorithm.AES_256_GCM, kid, body)


@sensitive_variables()
def open_envelope(key_for: Callable[[str], bytes], envelope: Envelope, context: Context) -> bytes:
    """What was sealed. ``key_for`` gives the key of a kid and may raise KeyMissing.

    Raises CannotOpen for a wrong key, another context or a changed, cut or foreign envelope alike.
    """
    kid, body = take_apart(Algorithm.AES_256_GCM, envelope)
    key = key_for(kid)
    try:
        return AESGCM(key).decrypt(body[:NONCE_BYTES], body[NONCE_BYTES:], context.aad())
    except (InvalidTag, TypeError, ValueError):
        raise CannotOpen() from None


def assemble(algorithm: Algorithm, kid: str, body: bytes) -> bytes:
    """Header and body in one. Raises CannotSeal for a kid that is empty, too long or not ASCII."""
    return header(algorithm, kid) + body


def header(algorithm: Algorithm, kid: str) -> bytes:
    """How every envelope under ``kid`` begins; no header begins another one. Raises CannotSeal."""
    if not (kid.isascii() and 0 < len(kid) < 256):
        raise CannotSeal("bad_kid")
    return MAGIC + bytes((algorithm, len(kid))) + kid.encode("ascii")


def take_apart(algorithm: Algorithm, envelope: Envelope) -> tuple[str, bytes]:
    """Kid and body of an envelope made with ``algorithm``. Raises CannotOpen when it is no such envelope."""
    whole = bytes(envelope)
    if len(whole) < 5 or whole[:2] != MAGIC or whole[2] != algorithm:
        raise CannotOpen("not_an_envelope")
    kid, body = whole[4 : 4 + whole[3]], whole[4 + whole[3] :]
    if not kid or not kid.isascii() or len(body) < NONCE_BYTES + TAG_BYTES:
        raise CannotOpen("not_an_envelope")
    return kid.decode("ascii"), body


def is_envelope(value: bytes) -> bool:
    """Whether ``value`` has the form of an AES-256-GCM envelope; whether it opens is another matter."""
    try:
        take_apart(Algorithm.AES_256_GCM, value)
    except CannotOpen:
        return False
    return True
