"""A language that only a test speaks: a catalogue with a few sentences, and the reporter's way offering it."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from django.utils.translation import trans_real

from nums_wagtail.reports import languages


def speak_also(
    monkeypatch: pytest.MonkeyPatch, settings: Any, folder: Path, code: str, sentences: Mapping[str, str]
) -> None:
    """Offers ``code`` beside English until the test ends."""
    place = folder / code / "LC_MESSAGES"
    place.mkdir(parents=True)
    (place / "django.mo").write_bytes(catalogue({"": "Content-Type: text/plain; charset=UTF-8\n", **sentences}))
    settings.LOCALE_PATHS = [folder]
    monkeypatch.setattr(trans_real, "_translations", {})
    monkeypatch.setattr(languages, "offered", lambda: (languages.ENGLISH, code))


def catalogue(sentences: Mapping[str, str]) -> bytes:
    """The bytes of a gettext catalogue: a head, two tables of (length, offset), then the texts."""
    pairs = [(key.encode(), value.encode()) for key, value in sorted(sentences.items())]
    start, tables, texts = 28 + 16 * len(pairs), b"", b""
    for column in (0, 1):
        for pair in pairs:
            tables += struct.pack("<II", len(pair[column]), start + len(texts))
            texts += pair[column] + b"\0"
    head = struct.pack("<7I", 0x950412DE, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, 0)
    return head + tables + texts
