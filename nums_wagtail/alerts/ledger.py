"""The ledger decides: what happens to released alerts when a report allows no warning any more, or is deleted.

Both receivers run inside the transaction of the change, so that the alert falls with what it rested on.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from nums_wagtail.casework.models import Case
from nums_wagtail.foundation import journal
from nums_wagtail.foundation.actors import LEDGER
from nums_wagtail.reports.consent import allows
from nums_wagtail.reports.models import Report

from .models import Alert, AlertRelease, AlertReport, AlertWithdrawal
from .release import withdraw_release
from .resting import PURPOSE

LOST_A_REPORT = journal.declare("nums.alerts.lost_a_report", _("A report behind this alert is gone: reread it"))


def on_consent_changed(sender: Any, report: Report, purpose: str, **kwargs: Any) -> None:
    """Withdraw what rests on this report alone; write down what has to be reread without it."""
    if purpose == PURPOSE and allows(report, PURPOSE) is None:
        _lose_everywhere(report)


def on_report_deleted(sender: Any, report: Report, **kwargs: Any) -> None:
    """The same for a report that is about to be deleted; its rows still stand."""
    _lose_everywhere(report)


def on_warning_held(sender: Any, case: Case, **kwargs: Any) -> None:
    """The safeguarding lead holds warnings from a case back: what is out of it is taken back."""
    for release in AlertRelease.objects.current().filter(alert__alert_cases__case=case):
        withdraw_release(release, AlertWithdrawal.Reason.OTHER, by=LEDGER)


def _lose_everywhere(report: Report) -> None:
    for row in AlertReport.objects.filter(report=report).select_related("alert"):
        _lose(row.alert, report)


def _lose(alert: Alert, report: Report) -> None:
    others = AlertReport.objects.filter(alert=alert).exclude(report_id=report.pk).select_related("report")
    if any(allows(row.report, PURPOSE) is not None for row in others):
        journal.write(alert, LOST_A_REPORT, by=LEDGER)
        return
    for release in AlertRelease.objects.current().filter(alert=alert):
        withdraw_release(release, AlertWithdrawal.Reason.CONSENT, by=LEDGER)
