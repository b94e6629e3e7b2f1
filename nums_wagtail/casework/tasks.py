"""What the queue calls in this room. It takes no argument and is safe with any number at once."""

from __future__ import annotations

from django.utils import timezone

from ..foundation.actors import WORKER
from . import cases, safeguarding


def open_missing_cases() -> None:
    """Open a case for each report that has none: swept each minute, should the way over the signal have failed.

    The same for what the safeguarding lead has to look at, and for the letters about it.
    """
    cases.open_missing_cases(by=WORKER)
    safeguarding.open_missing_tasks(by=WORKER)
    safeguarding.write_to_leads(timezone.now())
