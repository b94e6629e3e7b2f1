"""The two ways in which one secret is made from another: fast from a key, slow from what can be guessed."""

from __future__ import annotations

from argon2.low_level import Type, hash_secret_raw
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.views.decorators.debug import sensitive_variables

from nums_wagtail.conf import nums_settings


@sensitive_variables()
def from_key(key: bytes, info: str, length: int = 32) -> bytes:
    """``length`` bytes derived from a strong ``key`` by HKDF-SHA256 (RFC 5869); ``info`` says what for."""
    return HKDF(algorithm=SHA256(), length=length, salt=None, info=f"nums|{info}".encode()).derive(key)


@sensitive_variables()
def from_guessable(secret: bytes, salt: bytes) -> bytes:
    """32 bytes by Argon2id (RFC 9106) at the cost that the settings ask for, one lane.

    For receipts and for phone numbers, which a thief could otherwise simply count through. Changing the cost
    changes every result, so what was found by it before is found no more.
    """
    cost = nums_settings().vault
    return hash_secret_raw(
        secret=secret,
        salt=salt,
        time_cost=cost.ARGON2_PASSES,
        memory_cost=cost.ARGON2_MEMORY_KIB,
        parallelism=1,
        hash_len=32,
        type=Type.ID,
    )
