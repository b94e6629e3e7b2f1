"""Log entries about what a reporter does: they carry the day, never the hour.

Whoever reads the log next to a web server's must not be able to tell which visit was a report. What staff do
goes through ``foundation.journal`` with its exact time.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time
from typing import Any

from django.utils import timezone
from wagtail.log_actions import log

from nums_wagtail.foundation import journal
from nums_wagtail.foundation.actors import Actor
from nums_wagtail.regions.packs import country_pack

from .models import Report


def local_day_start(at: datetime | None = None) -> datetime:
    """Midnight at which the local day of ``at`` (default: now) began."""
    zone = country_pack().zone
    return datetime.combine((at or timezone.now()).astimezone(zone).date(), time(), tzinfo=zone)


def write_by_day(
    report: Report,
    action: journal.LogAction,
    *,
    by: Actor,
    data: Mapping[str, Any] | None = None,
    at: datetime | None = None,
) -> None:
    """Write a declared action with the day's first moment as its time. Raises ValueError for an undeclared one."""
    if journal.actions.get(action.key) is not action:
        raise ValueError(f"{action.key} is not a declared log action.")
    entry = {**(data or {}), **({"by": by.machine} if by.machine else {})}
    log(instance=report, action=action.key, user=by.user, data=entry, timestamp=local_day_start(at))
