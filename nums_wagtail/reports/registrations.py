"""What the reports room gives to others: the sweep that tags what no task reached, and how tags are rotated."""

from __future__ import annotations

from nums_wagtail.foundation.clocks import clocks
from nums_wagtail.mailing.schedules import Planned, schedules
from nums_wagtail.vault.rotation import on_site_keys

# Imported for their log actions, which must be declared in every process that may write them.
from . import access, consent, evidence, intake, leaving, messages, receipts  # noqa: F401
from .drafts import DRAFTS, OLD_DRAFTS
from .retagging import TAGS

OWNER = "nums_wagtail.reports"
TAG_MISSING = Planned("nums_wagtail.reports.tasks.tag_missing", minutes=5)


def register() -> None:
    schedules.register("reports.tag_missing", TAG_MISSING, owner=OWNER)
    on_site_keys.register("reports.tags", TAGS, owner=OWNER)
    on_site_keys.register("reports.drafts", DRAFTS, owner=OWNER)
    clocks.register("reports.drafts", OLD_DRAFTS, owner=OWNER)
