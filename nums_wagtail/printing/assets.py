"""What a PDF may load: the print stylesheets and the pictograms, read once into memory for the child.

A host that overrides one of these static files overrides it here too.
"""

from __future__ import annotations

from pathlib import Path

from django.contrib.staticfiles import finders

PREFIX = "nums_wagtail"
_FOLDER = Path(__file__).resolve().parent.parent / "static" / PREFIX
_KINDS = {".css": "text/css", ".svg": "image/svg+xml"}


def asset_names() -> list[str]:
    """Names below ``nums:``, for example ``print.css`` and ``icons/place.svg``."""
    icons = sorted(f"icons/{path.name}" for path in (_FOLDER / "icons").glob("*.svg"))
    return ["print.css", "papers.css", "sheet.css", *icons]


def load_assets() -> dict[str, tuple[str, bytes]]:
    """Name → (content type, bytes)."""
    found = {}
    for name in asset_names():
        path = Path(finders.find(f"{PREFIX}/{name}") or _FOLDER / name)
        found[name] = (_KINDS[path.suffix], path.read_bytes())
    return found
