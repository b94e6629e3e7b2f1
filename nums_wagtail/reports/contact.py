"""How long the reporter's contact is kept: least needed of all that was said, and most harmful where it gets out.

It ends ninety days after reporter and team last said something to each other. What it is sealed with stands in
``documents``; here it is counted and ended.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nums_wagtail.foundation import journal, policy
from nums_wagtail.foundation.actors import CLOCK, LEDGER, Actor
from nums_wagtail.foundation.clocks import Clock
from nums_wagtail.foundation.errors import NotAllowed, NotThere
from nums_wagtail.foundation.transactions import verb_transaction
from nums_wagtail.vault import data_keys

from .day_log import write_by_day
from .incident_dates import local_day
from .models import Report, ReportVersion

ENDED = journal.declare("nums.reports.contact_ended", _("Reporter's contact deleted"))
SPOKEN = journal.declare("nums.reports.spoken", _("Spoke with the reporter"))

#: How long it is kept after the last exchange.
KEPT = timedelta(days=90)


def contact_until(report: Report) -> date | None:
    """The last day on which the contact is kept, None where there is none."""
    return report.exchanged_on + KEPT if report.contact_key is not None else None


def exchanged(report: Report) -> None:
    """Reporter or team said something to the other today. Part of what they did, inside its transaction."""
    today = local_day(timezone.now())
    if report.exchanged_on != today:
        report.exchanged_on = today
        report.save(update_fields=["exchanged_on"])


def spoken(report: Report, *, by: Actor) -> None:
    """Staff reached the reporter in the way that was named, so that the contact is kept from today.

    Raises NotAllowed for who does not work on cases.
    """
    policy.require(by, "work_case")
    with verb_transaction():
        exchanged(report)
        journal.write(report, SPOKEN, by=by)


def end_contact(report: Report, *, by: Actor = CLOCK) -> None:
    """Make the contact unreadable in every version, for good; the rest of the report stays.

    By our clock, or by the reporter's wish, for which the ledger stands. Raises NotAllowed for anybody else, NotThere
    when the report was deleted meanwhile.
    """
    if by not in (CLOCK, LEDGER):
        raise NotAllowed()
    with verb_transaction():
        locked = Report.objects.select_for_update().filter(pk=report.pk).first()
        if locked is None:
            raise NotThere()
        if locked.contact_key is None:
            return
        ReportVersion.objects.filter(report=locked).update(contact=None)
        data_keys.shred_with_record([locked.contact_key])
        locked.contact_key = None
        locked.save(update_fields=["contact_key"])
        report.contact_key = None
        write_by_day(locked, ENDED, by=by)


def end_old_contacts(now: datetime) -> int:
    """End every contact whose days are over, and return how many there were."""
    before = local_day(now) - KEPT
    due = list(Report.objects.filter(contact_key__isnull=False, exchanged_on__lt=before))
    for report in due:
        end_contact(report)
    return len(due)


def contact_keys_in_use(ids: Iterable[UUID]) -> set[UUID]:
    """Which of these data keys still lock a contact; the sweep of the vault asks."""
    held = Report.objects.filter(contact_key__in=list(ids)).values_list("contact_key", flat=True)
    return {key for key in held if key is not None}


OLD_CONTACTS = Clock(_("Reporters' contacts after the last exchange"), end_old_contacts)
