"""What a file is, by its first bytes. Its name and the type that a browser says are never asked.

Also the codes that parent and child share. Standard library alone: the child imports this.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

#: Code → media type that we say when we serve a clean file, and the ending of its neutral name.
TYPES = {
    "jpeg": ("image/jpeg", "jpg"),
    "png": ("image/png", "png"),
    "pdf": ("application/pdf", "pdf"),
    "mp4": ("audio/mp4", "m4a"),
    "3gp": ("audio/3gpp", "3gp"),
    "webm": ("audio/webm", "webm"),
    "ogg": ("audio/ogg", "ogg"),
    "mp3": ("audio/mpeg", "mp3"),
    "aac": ("audio/aac", "aac"),
    "wav": ("audio/wav", "wav"),
    "amr": ("audio/amr", "amr"),
    "exact": ("application/octet-stream", "bin"),
}

PICTURES = frozenset({"jpeg", "png", "webp", "gif", "heic"})
RECORDINGS = frozenset({"mp4", "3gp", "webm", "ogg", "mp3", "aac", "wav", "amr"})

_HEIC_BRANDS = {b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1"}


class Unfit(Exception):
    """This file cannot be made harmless. ``reason`` is a code that ``uploads.refusal_words`` knows, never data."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


@dataclass(frozen=True, repr=False)
class Clean:
    """A harmless file. ``facts`` are counts and codes, such as its width or whether tags were taken out."""

    content: bytes
    #: A key of TYPES.
    type: str
    facts: dict[str, int | bool] = field(default_factory=dict)


def kind_of(content: bytes) -> str:
    """``jpeg``, ``pdf``, ``mp3`` …, ``drawing`` or ``video`` for what is known and not taken, or ``unknown``."""
    head = content[:64]
    for name, test in _TESTS:
        if test(head):
            return name
    if head[4:8] == b"ftyp":
        return _by_brand(head)
    if _looks_like_svg(content[:2048]):
        return "drawing"
    return "pdf" if b"%PDF-" in content[:1024] else "unknown"


def _begins(*heads: bytes) -> Callable[[bytes], bool]:
    return lambda head: head.startswith(heads)


def _is_riff(form: bytes) -> Callable[[bytes], bool]:
    return lambda head: head[:4] == b"RIFF" and head[8:12] == form


def _is_mpeg_audio(head: bytes) -> bool:
    return head[:3] == b"ID3" or (len(head) > 1 and head[0] == 0xFF and head[1] & 0xE6 in (0xE2, 0xE4))


_TESTS: tuple[tuple[str, Callable[[bytes], bool]], ...] = (
    ("jpeg", _begins(b"\xff\xd8\xff")),
    ("png", _begins(b"\x89PNG\r\n\x1a\n")),
    ("gif", _begins(b"GIF87a", b"GIF89a")),
    ("webp", _is_riff(b"WEBP")),
    ("wav", _is_riff(b"WAVE")),
    ("video", _is_riff(b"AVI ")),
    ("ogg", _begins(b"OggS")),
    ("webm", _begins(b"\x1a\x45\xdf\xa3")),
    ("amr", _begins(b"#!AMR\n", b"#!AMR-WB\n")),
    ("aac", lambda head: len(head) > 1 and head[0] == 0xFF and head[1] & 0xF6 == 0xF0),
    ("mp3", _is_mpeg_audio),
)


def _by_brand(head: bytes) -> str:
    brand = head[8:12]
    if brand in _HEIC_BRANDS:
        return "heic"
    if brand in {b"avif", b"avis"}:
        return "unknown"
    if brand == b"qt  ":
        return "video"
    return "3gp" if brand[:2] == b"3g" else "mp4"


def _looks_like_svg(head: bytes) -> bool:
    text = head.replace(b"\x00", b"").lower()
    return b"<svg" in text or (text.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith(b"<?xml") and b"svg" in text)
