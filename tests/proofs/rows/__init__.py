"""The rows of the access matrix, a module for each room. A room's ``plant`` puts into the world what they name."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

from ..matrix import Row

#: In the order in which they plant: later rooms use what earlier ones have put there.
ROOMS = ("front", "members", "regions", "reports", "casework", "alerts", "bulletins", "pages", "wagtail")


def modules() -> list[ModuleType]:
    return [import_module(f"{__name__}.{room}") for room in ROOMS]


def rows(*rooms: str) -> list[Row]:
    """The rows of the named rooms, or of all."""
    return [
        row for name, room in zip(ROOMS, modules(), strict=True) if not rooms or name in rooms for row in room.ROWS
    ]
