"""The charity's one colour: what is written where it cannot be used, and its form for dark paper."""

from __future__ import annotations

from django.core.exceptions import ValidationError

from .models import contrast_with_white, validate_accent

DARK_PAPER = "#15191d"
DEFAULT_ACCENT = "#0b5c63"
DEFAULT_ACCENT_ON_DARK = "#7fd3cf"

#: Contrast that the lightened accent keeps on dark paper (WCAG 2.2, level AAA for text).
CONTRAST_ON_DARK = 7


def safe_accent(accent: str) -> str:
    """The accent in small letters, or the default when it is no colour or too light to read on white."""
    try:
        validate_accent(accent)
    except ValidationError:
        return DEFAULT_ACCENT
    return accent.lower()


def accent_on_dark(accent: str) -> str:
    """The accent mixed with as much white as it needs to be read on dark paper."""
    if accent.lower() == DEFAULT_ACCENT:
        return DEFAULT_ACCENT_ON_DARK
    parts = [int(accent[i : i + 2], 16) for i in (1, 3, 5)]
    for share in range(0, 100, 5):
        mixed = "#" + "".join(f"{round(p + (255 - p) * share / 100):02x}" for p in parts)
        if contrast_with_white(DARK_PAPER) / contrast_with_white(mixed) >= CONTRAST_ON_DARK:
            return mixed
    return "#ffffff"
