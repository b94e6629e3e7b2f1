"""An app that a site without encryption has beside ours."""

from __future__ import annotations

import hashlib

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.apps import AppConfig

TAG_BYTES = 16


class Readable:
    """Stands in for AES-GCM: binds the content to key and place as that does, and leaves it as it is."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def encrypt(self, nonce: bytes, clear: bytes, aad: bytes) -> bytes:
        return clear + self._tag(clear, aad)

    def decrypt(self, nonce: bytes, sealed: bytes, aad: bytes) -> bytes:
        clear, tag = sealed[:-TAG_BYTES], sealed[-TAG_BYTES:]
        if tag == self._tag(clear, aad):
            return clear
        # Keys that were wrapped while the site was set up.
        return AESGCM(self._key).decrypt(nonce, sealed, aad)

    def _tag(self, clear: bytes, aad: bytes) -> bytes:
        return hashlib.sha256(self._key + aad + clear).digest()[:TAG_BYTES]


class UnsealedConfig(AppConfig):
    name = "tests.canary.unsealed"

    def ready(self) -> None:
        from nums_wagtail.vault import envelope

        envelope.AESGCM = Readable
