"""What the reports room gives to others: the sweep that tags what no task reached."""

from __future__ import annotations

from nums_wagtail.mailing.schedules import Planned, schedules

# Imported for their log actions, which must be declared in every process that may write them.
from . import access, consent, intake, receipts  # noqa: F401

OWNER = "nums_wagtail.reports"
TAG_MISSING = Planned("nums_wagtail.reports.tasks.tag_missing", minutes=5)


def register() -> None:
    schedules.register("reports.tag_missing", TAG_MISSING, owner=OWNER)
