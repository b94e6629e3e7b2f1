"""What the queue calls in this room. It takes no argument and is safe with any number at once."""

from __future__ import annotations

from ..foundation.actors import WORKER
from . import cases


def open_missing_cases() -> None:
    """Open a case for each report that has none: swept each minute, should the way over the signal have failed."""
    cases.open_missing_cases(by=WORKER)
