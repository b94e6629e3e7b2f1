"""When the reports of a closed case are deleted, and the clock that does it. The periods are in ``reports.keeping``."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.utils.translation import gettext_lazy as _

from ..foundation.actors import CLOCK
from ..foundation.clocks import Clock
from ..foundation.transactions import verb_transaction
from ..reports import access as reports_access
from ..reports.incident_dates import local_day
from ..reports.keeping import kept_until
from ..reports.models import Report
from .models import Case, CaseReport

#: No report is kept for less; what was closed later need not be looked at.
SHORTEST = timedelta(days=28)


def last_day(case: Case, report: Report) -> date | None:
    """The last day on which a report is kept, or None while its case is open."""
    if not case.is_closed or case.closed_on is None:
        return None
    return kept_until(case.closed_on, case.severity, report.keep_years)


def end_old_reports(now: datetime) -> int:
    """Delete every report whose time after closing has run out, and return how many there were.

    The case stays as a row of counts: how it ended, without anything of what was told.
    """
    today = local_day(now)
    closed = CaseReport.objects.filter(case__status=Case.Status.CLOSED, case__closed_on__lt=today - SHORTEST)
    links = closed.select_related("case", "report")
    due = [link for link in links if (day := last_day(link.case, link.report)) is not None and day < today]
    for link in due:
        _end(link.case, link.report)
    return len(due)


def _end(case: Case, report: Report) -> None:
    outcome = case.outcome
    with verb_transaction():
        reports_access.delete_report(report, by=CLOCK)
        # Nobody took it back: how the case ended is still true.
        Case.objects.filter(pk=case.pk).update(outcome=outcome)


OLD_REPORTS = Clock(_("Reports whose case was closed long enough ago"), end_old_reports)
