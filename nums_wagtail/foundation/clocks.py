"""What ends when: every period after which something is purged, lapsed or reviewed, and the verb that does it.

Rooms register their clocks; ``nums_retention`` and a daily schedule run them all.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from .registry import Registry


@dataclass(frozen=True)
class Clock:
    """``run(now)`` ends what is due and returns how many rows it ended."""

    label: Any
    run: Callable[[datetime], int]


clocks: Registry[Clock] = Registry("clocks")


def run_all(now: datetime | None = None) -> dict[str, int]:
    """Run every clock once; one that fails stops none of the others, and the first error is raised at the end."""
    at = now or timezone.now()
    ended: dict[str, int] = {}
    first: Exception | None = None
    for key, clock in clocks.items():
        try:
            ended[key] = clock.run(at)
        except Exception as error:  # noqa: BLE001 - every other clock must still run
            first = first or error
    if first is not None:
        raise first
    return ended
