"""What the casework room gives to earlier rooms: its receivers, its schedule and its log actions."""

from __future__ import annotations

from importlib import import_module

from django.utils.translation import gettext_lazy as _

from ..foundation.clocks import clocks
from ..mailing.schedules import Planned, schedules
from ..reports.purposes import Purpose, ServedPurpose, purposes
from ..reports.signals import police_answered, report_deleted, report_received, reporter_came_back
from .receivers import keep_police_answer, leave_out_deleted_report, mark_news, open_case_for_new_report
from .retention import OLD_REPORTS

OWNER = "nums_wagtail.casework"

OPEN_MISSING = Planned("nums_wagtail.casework.tasks.open_missing_cases", minutes=1)
#: Staff reach somebody by hand, in the way that the report names; the page of its case shows way and answer.
CONTACT = ServedPurpose(Purpose.CONTACT, _("Somebody from our team calls or writes, in the way you told us."))


def register() -> None:
    report_received.connect(open_case_for_new_report, dispatch_uid="nums.casework.report_received")
    report_deleted.connect(leave_out_deleted_report, dispatch_uid="nums.casework.report_deleted")
    reporter_came_back.connect(mark_news, dispatch_uid="nums.casework.reporter_came_back")
    police_answered.connect(keep_police_answer, dispatch_uid="nums.casework.police_answered")
    purposes.register("contact", CONTACT, owner=OWNER, order=50)
    clocks.register("casework.old_reports", OLD_REPORTS, owner=OWNER)
    schedules.register("casework.open_missing_cases", OPEN_MISSING, owner=OWNER)
    # The verbs declare log actions, which must be there before the admin lists any.
    for verbs in ("cases", "notes", "access", "safeguarding", "exporting"):
        import_module(f"{__package__}.{verbs}")
