"""What this room does when something happens to a report."""

from __future__ import annotations

from typing import Any

from ..foundation.actors import INTAKE
from ..reports.models import Report
from . import cases


def open_case_for_new_report(sender: Any, **kwargs: Any) -> None:
    """After the commit of a report. What fails here is swept up by the schedule, so its sender may ignore it."""
    cases.open_missing_cases(by=INTAKE)


def leave_out_deleted_report(sender: Any, report: Report, **kwargs: Any) -> None:
    """Inside the transaction of the deletion, while the rows are still there."""
    cases.leave_out_report(report)
