"""What the casework room gives to earlier rooms: its receivers, its schedule and its log actions."""

from __future__ import annotations

from importlib import import_module

from ..mailing.schedules import Planned, schedules
from ..reports.signals import report_deleted, report_received
from .receivers import leave_out_deleted_report, open_case_for_new_report

OWNER = "nums_wagtail.casework"

OPEN_MISSING = Planned("nums_wagtail.casework.tasks.open_missing_cases", minutes=1)


def register() -> None:
    report_received.connect(open_case_for_new_report, dispatch_uid="nums.casework.report_received")
    report_deleted.connect(leave_out_deleted_report, dispatch_uid="nums.casework.report_deleted")
    schedules.register("casework.open_missing_cases", OPEN_MISSING, owner=OWNER)
    # The verbs declare log actions, which must be there before the admin lists any.
    for verbs in ("cases", "notes", "access"):
        import_module(f"{__package__}.{verbs}")
