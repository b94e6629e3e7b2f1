"""The caseworker's half of the gate: that exactly this text was compared with its reports."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from nums_wagtail.casework import access as casework
from nums_wagtail.foundation import journal, policy
from nums_wagtail.foundation.actors import Actor
from nums_wagtail.foundation.errors import NotThere
from nums_wagtail.foundation.transactions import verb_transaction
from nums_wagtail.reports.access import OpenedReport
from nums_wagtail.vault.holders import KeyHolder

from .content import AlertContent, content_of, digest
from .exceptions import CannotRelease, LeaksFound
from .leakcheck import comparing_findings, plain_findings
from .models import Alert, AlertReport, Clearance
from .resting import not_allowing, waits_for_lead

CLEARED = journal.declare("nums.alerts.cleared", _("Alert compared with its reports"))
REREAD = journal.declare("nums.alerts.reread", _("Alert reread without a report"))


def may_clear(by: Actor) -> bool:
    """Whether somebody holds the rights; the case itself is asked for when it is opened."""
    return policy.may(by, "clear_alert") and policy.may(by, "open_case")


def clear_alert(alert: Alert, *, by: Actor, holder: KeyHolder, reread: bool = False) -> Clearance:
    """Compare the newest text with the reports of its cases and write the clearance of exactly that text.

    ``reread`` is the caseworker's word that nothing only a report said which allows a warning no more still
    stands in it; such reports are then let go.

    Raises NotAllowed, NotThere for a case that is not theirs, LeaksFound with kinds and places, CannotRelease
    when a report's consent is gone and ``reread`` was not said, or the safeguarding lead has not
    agreed. Opening the cases is logged by casework.
    """
    policy.require(by, "clear_alert")
    policy.require(by, "open_case")
    content = newest_content(alert)
    opened = [
        report
        for row in alert.alert_cases.select_related("case").order_by("pk")
        for report in casework.open_case(holder, row.case.uuid, by=by).reports
    ]
    if waits_for_lead(alert):
        raise CannotRelease("no_lead")
    findings = [*plain_findings(content), *comparing_findings(content, opened)]
    if findings:
        raise LeaksFound(findings)
    with verb_transaction(joins="admin"):
        _let_go(alert, reread=reread, by=by)
        row = Clearance(
            alert=alert,
            digest=digest(content),
            by=by.user,
            findings=[],
            justifications={},
            may_give_away=not all(cannot_be_recognised(one) for one in opened),
        )
        row.save()
        journal.write(alert, CLEARED, by=by, data={"clearance": str(row.uuid)})
    return row


def cannot_be_recognised(opened: OpenedReport) -> bool:
    """Whether its reporter said that nobody who reads a warning would know who told. No answer is no such word."""
    return opened.answers.value("recognised") == "no"


def _let_go(alert: Alert, *, reread: bool, by: Actor) -> None:
    gone = not_allowing(alert)
    if not gone:
        return
    if not reread:
        raise CannotRelease("consent_gone")
    AlertReport.objects.filter(alert=alert, report__in=gone).delete()
    journal.write(alert, REREAD, by=by, data={"reports": len(gone)})


def clear_if_possible(alert: Alert, *, by: Actor, holder: KeyHolder) -> Clearance | None:
    """On submitting: cleared at once by somebody who may read its cases, left to a caseworker otherwise.

    Raises LeaksFound and CannotRelease as ``clear_alert`` does.
    """
    if not may_clear(by):
        return None
    try:
        return clear_alert(alert, by=by, holder=holder)
    except NotThere:
        return None


def clearance_for(alert: Alert, content: AlertContent) -> Clearance | None:
    """The newest clearance of exactly this content."""
    return Clearance.objects.filter(alert_id=alert.pk, digest=digest(content)).order_by("-pk").first()


def newest_content(alert: Alert) -> AlertContent:
    """What readers would get of the newest version, saved as a draft or live."""
    fresh = Alert.objects.get(pk=alert.pk)
    revision = fresh.get_latest_revision()
    return content_of(revision.as_object() if revision is not None else fresh)
