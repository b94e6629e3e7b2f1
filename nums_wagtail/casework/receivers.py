"""What this room does when something happens to a report."""

from __future__ import annotations

from typing import Any

from ..foundation.actors import INTAKE
from ..reports.models import Report
from . import cases, safeguarding


def open_case_for_new_report(sender: Any, report: Report, **kwargs: Any) -> None:
    """After the commit of a report. What fails here is swept up by the schedule, so its sender may ignore it."""
    cases.open_case(report, by=INTAKE)
    if report.child:
        safeguarding.open_missing_tasks(by=INTAKE, only=report)


def leave_out_deleted_report(sender: Any, report: Report, **kwargs: Any) -> None:
    """Inside the transaction of the deletion, while the rows are still there."""
    safeguarding.leave_out_report(report)
    cases.leave_out_report(report)


def mark_news(sender: Any, report: Report, **kwargs: Any) -> None:
    """Inside the transaction in which a reporter added something."""
    cases.mark_news(report)
    if report.child:
        safeguarding.open_missing_tasks(by=INTAKE, only=report)


def keep_police_answer(sender: Any, report: Report, answer: str, **kwargs: Any) -> None:
    """Inside the transaction in which a reporter said how it went with the police."""
    cases.keep_police_answer(report, answer)
