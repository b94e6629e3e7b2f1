"""What a reporter reads with the receipt: the state of the report in plain words."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from nums_wagtail.foundation import journal, policy
from nums_wagtail.foundation.actors import Actor
from nums_wagtail.foundation.errors import Words
from nums_wagtail.foundation.transactions import verb_transaction

from . import consent
from .consent import Purpose
from .models import ReceiptWords, Report

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
class ReceiptView:
    """What the receipt page says of a report that is not sealed."""

    status: Words
    #: A warning went out with this report behind it.
    warned: bool
    #: The reporter allows a warning now.
    warns: bool
    closed: bool


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


def view_of(report: Report, own: ReceiptWords | None = None) -> ReceiptView:
    """What the receipt page shows of a report. Needs no key. ``own``: the charity's words for the states."""
    warned = report.status == Report.Status.WARNED
    warns = consent.allows(report, Purpose.ALERT) is not None
    return ReceiptView(
        status=TAKEN_BACK if warned and not warns else _status_words(report.status, own),
        warned=warned,
        warns=warns,
        closed=report.status == Report.Status.CLOSED,
    )


def _status_words(status: str, own: ReceiptWords | None) -> Words:
    # The charity writes in one language; who reads another one is better off with our translation.
    written = getattr(own, status, "") if own is not None and _is_the_sites_own_language() else ""
    return written or STATUS_WORDS[status]


def _is_the_sites_own_language() -> bool:
    return (get_language() or "").split("-")[0] == settings.LANGUAGE_CODE.split("-")[0]
