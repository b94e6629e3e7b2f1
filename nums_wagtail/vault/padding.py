"""Hides how long a text is: it is filled up to the next whole bucket before it is sealed."""

from __future__ import annotations

from nums_wagtail.foundation.errors import CannotOpen

LENGTH_BYTES = 4


def pad(clear: bytes, bucket: int) -> bytes:
    """Length (4 bytes, big-endian), ``clear``, zeros up to a multiple of ``bucket`` bytes."""
    whole = len(clear).to_bytes(LENGTH_BYTES, "big") + clear
    return whole + bytes(-len(whole) % bucket)


def unpad(padded: bytes) -> bytes:
    """What ``pad`` was given. Raises CannotOpen when the length makes no sense."""
    length = int.from_bytes(padded[:LENGTH_BYTES], "big")
    if len(padded) < LENGTH_BYTES + length:
        raise CannotOpen("bad_padding")
    return padded[LENGTH_BYTES : LENGTH_BYTES + length]
