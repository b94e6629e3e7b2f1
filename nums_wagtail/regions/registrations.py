"""What the regions room gives to earlier rooms: its log actions."""

from __future__ import annotations

from importlib import import_module


def register() -> None:
    """Import the verbs, so that their log actions are declared before the admin lists any."""
    for verbs in ("scope", "tree"):
        import_module(f"{__package__}.{verbs}")
