"""What a reporter reads with the receipt: the state of the report in plain words."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from nums_wagtail.foundation import journal, policy
from nums_wagtail.foundation.actors import Actor
from nums_wagtail.foundation.errors import Words
from nums_wagtail.foundation.transactions import verb_transaction

from . import consent
from .consent import Answer, Purpose
from .models import Report

STATUS = journal.declare("nums.reports.status", _("Report status changed"))

#: Rights of which one is enough: who opens a case, closes it, or releases a warning from it.
MAY_SET = (
    "open_case",
    "work_case",
    "release_alert",
    "release_alert_own_regions",
    "release_emergency_alert",
)

STATUS_WORDS: dict[str, Words] = {
    Report.Status.RECEIVED: _("We have your report. Nobody has read it yet."),
    Report.Status.OPENED: _("Somebody from our team is reading your report."),
    Report.Status.WARNED: _("We sent a warning to our members. It does not say who told us."),
    Report.Status.CLOSED: _("We have finished with your report. Thank you for telling us."),
}

#: Instead of the words of a warning that went out, once its reporter allows it no more.
TAKEN_BACK = _("We sent a warning to our members. You have taken it back: your report warns nobody any more.")


@dataclass(frozen=True)
class Allowed:
    """A purpose that the reporter said yes to and that something here serves, with the words that say so."""

    purpose: Purpose
    label: Words


@dataclass(frozen=True)
class ReceiptView:
    """Everything that the receipt page says."""

    status: Words
    allowed: tuple[Allowed, ...]
    warned: bool


def set_status(report: Report, status: Report.Status, *, by: Actor) -> None:
    """Set what the reporter reads. A warning that went out stays said until the report is closed.

    Raises NotAllowed for a person who neither opens cases nor releases alerts.
    """
    if not by.machine:
        policy.require(by, *MAY_SET)
    if report.status == status or (report.status == Report.Status.WARNED and status == Report.Status.OPENED):
        return
    with verb_transaction(joins="workflow"):
        report.status = status
        report.save(update_fields=["status"])
        journal.write(report, STATUS, by=by, data={"status": str(status)})


def view_of(report: Report) -> ReceiptView:
    """What the receipt page shows of a report. Needs no key: none of it is sealed."""
    allowed = tuple(
        Allowed(purpose, purpose.label)
        for purpose, event in consent.standing(report).items()
        if event.answer == Answer.YES and purpose in consent.WORKING
    )
    warned = report.status == Report.Status.WARNED
    stands = any(one.purpose == Purpose.ALERT for one in allowed)
    return ReceiptView(
        status=TAKEN_BACK if warned and not stands else STATUS_WORDS[report.status],
        allowed=allowed,
        warned=warned,
    )
