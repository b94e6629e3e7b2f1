"""Reports for tests, taken in as a reporter's would be."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone

from nums_wagtail.regions.models import Region
from nums_wagtail.reports import consent, tagging
from nums_wagtail.reports.intake import Accepted, Submission, accept_report
from nums_wagtail.reports.models import Report

from .regions_factories import make_regions

#: A phone of Ofcom's drama range, which is nobody's.
PHONE = "07700 900412"
WHAT_HAPPENED = "He locked the van doors and drove on. I jumped out at a red light."


def make_region(code: str = "north-west") -> Region:
    """A region of the country pack, loading the pack when it is not there."""
    region = Region.objects.filter(code=code).first()
    if region is None:
        make_regions()
        region = Region.objects.get(code=code)
    return region


def make_submission(
    *,
    what_happened: str = WHAT_HAPPENED,
    region: Region | None = None,
    warn: bool = True,
    received_at: datetime | None = None,
    answers: dict[str, Any] | None = None,
    **fields: Any,
) -> Submission:
    """What a form would hand to intake. ``answers`` are further answers by question key."""
    return Submission(
        answers={"what_happened": what_happened, **(answers or {})},
        region=region or make_region(),
        consents=consent.by_button(warn=warn),
        received_at=received_at or timezone.now(),
        **fields,
    )


def accept(**fields: Any) -> Accepted:
    """Take a report in and return what its reporter is shown, with the receipt."""
    return accept_report(make_submission(**fields))


def make_report(*, tagged: bool = False, **fields: Any) -> Report:
    """A stored report. ``tagged``: as after the worker's visit. For the rest see ``make_submission``."""
    report = Report.objects.select_related("region").get(uuid=accept(**fields).report_uuid)
    if tagged:
        tagging.tag_report(report.uuid)
        report.refresh_from_db(fields=["tagged"])
    return report
