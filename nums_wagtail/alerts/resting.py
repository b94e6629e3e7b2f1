"""What an alert rests on: the reports that gave it facts, and whether each still allows the warning."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from nums_wagtail.casework.safeguarding import needs_lead
from nums_wagtail.reports.consent import allows
from nums_wagtail.reports.incident_dates import local_day
from nums_wagtail.reports.models import ConsentEvent, Report

from .exceptions import CannotRelease
from .models import Alert, AlertReport

PURPOSE = ConsentEvent.Purpose.ALERT


def rests_on_reports(alert: Alert) -> bool:
    """False for an alert written by hand, without any case."""
    return alert.alert_cases.exists() or alert.alert_reports.exists()


def reports_of(alert: Alert) -> list[Report]:
    """Plain rows of the reports that gave the alert its facts; opens nothing."""
    rows = AlertReport.objects.filter(alert_id=alert.pk).select_related("report").order_by("report_id")
    return [row.report for row in rows]


def allowing_entries(alert: Alert) -> list[ConsentEvent]:
    """The consent entries that allow this alert to go out; none for one written by hand.

    Raises CannotRelease when a report allows it no more, or when no report is left.
    """
    if not rests_on_reports(alert):
        return []
    entries = [allows(report, PURPOSE) for report in reports_of(alert)]
    if not entries:
        raise CannotRelease("no_consent")
    allowed = [entry for entry in entries if entry is not None]
    if not allowed:
        raise CannotRelease("no_consent")
    if len(allowed) < len(entries):
        raise CannotRelease("consent_gone")
    return allowed


def not_allowing(alert: Alert) -> list[Report]:
    """Reports whose facts were used and which allow a warning no more."""
    return [report for report in reports_of(alert) if allows(report, PURPOSE) is None]


def waits_for_lead(alert: Alert) -> bool:
    """Whether a child may be at risk in what it rests on, and the safeguarding lead has not agreed to a warning."""
    cases = alert.alert_cases.select_related("case")
    return any(needs_lead(row.case) for row in cases)


def held_until(alert: Alert) -> date | None:
    """The first day on which every report that the alert rests on allows it to go out; None when that is today."""
    days = [report.warn_from for report in reports_of(alert) if report.warn_from]
    latest = max(days, default=None)
    return latest if latest is not None and latest > local_day(timezone.now()) else None
