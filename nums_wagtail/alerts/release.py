"""The gate: writing and withdrawing the release that alone makes an alert readable.

Nobody edits while an alert waits, and everything is asked again here from the version that waits: what the
approver was shown before counts for nothing.
"""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.actions.unpublish import UnpublishAction
from wagtail.models import Revision

from nums_wagtail.foundation import journal, policy
from nums_wagtail.foundation.actors import Actor
from nums_wagtail.foundation.errors import Conflict, NotAllowed, NotThere
from nums_wagtail.foundation.transactions import verb_transaction
from nums_wagtail.regions.models import Region
from nums_wagtail.regions.scope import holds_right_everywhere
from nums_wagtail.reports.models import Report
from nums_wagtail.reports.receipts import set_status

from . import listing, terms
from .clearance import clearance_for
from .content import AlertContent, content_of, digest
from .exceptions import CannotRelease, LeaksFound
from .leakcheck import plain_findings
from .models import Alert, AlertRelease, AlertWithdrawal, Clearance
from .resting import allowing_entries, held_until, reports_of, waits_for_lead
from .signals import alert_released, alert_retracted

RELEASED = journal.declare("nums.alerts.released", _("Alert released"))
WITHDRAWN = journal.declare("nums.alerts.withdrawn", _("Alert withdrawn"))

Reason = AlertWithdrawal.Reason


def release_alert(revision: Revision, *, by: Actor, waiting: str, weighed: bool = False) -> AlertRelease:
    """Write the release of exactly this version's content. Wagtail publishes it afterwards, for its own records.

    ``waiting`` is the digest of what was submitted and shown to the releaser. ``weighed`` is the releaser's word that
    they read it with an eye to who could know by it who reported; needed unless every reporter ruled that out.

    Raises NotAllowed without the release right, CannotRelease with the rule that says no, LeaksFound for a
    plain finding. Sends ``alert_released`` on commit.
    """
    policy.require(by, "release_alert", "release_alert_own_regions")
    if by.user is None:
        # Whatever rights a machine is given one day: a release has a person's name on it.
        raise NotAllowed()
    with verb_transaction(joins="workflow"):
        alert = _locked_alert(revision)
        draft = revision.as_object()
        content = content_of(draft)
        regions = list(draft.regions.all())
        _refuse_unless_right(alert, draft, content, revision, regions, by=by, waiting=waiting)
        clearance = clearance_for(alert, content)
        # Whoever releases may be an outsider, who learns no more of a child than that somebody has to look again.
        if clearance is None or waits_for_lead(alert):
            raise CannotRelease("not_cleared")
        if clearance.may_give_away and not weighed:
            raise CannotRelease("not_weighed")
        consents = [entry.pk for entry in allowing_entries(alert)]
        if held_until(alert) is not None:
            raise CannotRelease("too_early")
        _replace_former(alert, by=by)
        now = timezone.now()
        release = AlertRelease.objects.create(
            alert=alert,
            version=(alert.releases.aggregate(last=Max("version"))["last"] or 0) + 1,
            content=content.to_document(),
            digest=digest(content),
            released_by=by.user,
            edited_by=revision.user,
            clearance=clearance,
            consents=consents,
            findings=clearance.findings,
            released_at=now,
            ends_at=terms.ends_at(content.severity, draft.ends_on, now),
        )
        listing.write_rows(release, regions)
        _tell_reporters(alert, by=by)
        journal.write(alert, RELEASED, by=by, data=_said(release, clearance))
        transaction.on_commit(lambda: alert_released.send(sender=AlertRelease, release=release))
    return release


def _said(release: AlertRelease, clearance: Clearance) -> dict[str, Any]:
    weighed = {"weighed": True} if clearance.may_give_away else {}
    return {"release": str(release.uuid), "version": release.version, **weighed}


def _locked_alert(revision: Revision) -> Alert:
    """The alert of a version, its row locked. Raises NotThere for a version of anything else."""
    if revision.base_content_type_id != ContentType.objects.get_for_model(Alert, for_concrete_model=False).pk:
        raise NotThere()
    alert = Alert.objects.select_for_update().filter(pk=revision.object_id).first()
    if alert is None:
        raise NotThere()
    return alert


def _refuse_unless_right(
    alert: Alert,
    draft: Alert,
    content: AlertContent,
    revision: Revision,
    regions: list[Region],
    *,
    by: Actor,
    waiting: str,
) -> None:
    if alert.latest_revision_id != revision.pk or not revision.is_latest_revision():
        # Wagtail would publish the latest version, not the approved one.
        raise CannotRelease("newer_version")
    if digest(content) != waiting:
        raise CannotRelease("changed_while_waiting")
    if not content.line or not regions:
        raise CannotRelease("incomplete")
    if terms.is_over(draft.ends_on):
        raise CannotRelease("ended")
    if revision.user_id is None:
        raise CannotRelease("no_editor")
    if revision.user_id == by.user_id:
        raise CannotRelease("own_text")
    if not holds_right_everywhere(by, "release_alert", regions):
        raise CannotRelease("other_regions")
    if AlertRelease.objects.current().filter(alert=alert, digest=waiting).exists():
        raise CannotRelease("already_released")
    if findings := plain_findings(content):
        raise LeaksFound(findings)


def _tell_reporters(alert: Alert, *, by: Actor) -> None:
    """Whoever comes back with a receipt reads that a warning went out."""
    for report in reports_of(alert):
        if report.status != Report.Status.CLOSED:
            set_status(report, Report.Status.WARNED, by=by)


def _replace_former(alert: Alert, *, by: Actor) -> None:
    for former in AlertRelease.objects.standing().filter(alert=alert):
        _write_withdrawal(former, Reason.REPLACED, by=by)
        listing.strike_rows(former, replaced=True)


def withdraw_release(release: AlertRelease, reason: AlertWithdrawal.Reason | str, *, by: Actor) -> AlertWithdrawal:
    """Take a release back at once; one person with the right is enough. Sends ``alert_retracted`` on commit.

    Raises NotAllowed without the right in every region of it, Conflict when it is withdrawn already.
    """
    reason = Reason(reason)
    with verb_transaction(joins="admin"):
        locked = AlertRelease.objects.select_for_update().get(pk=release.pk)
        regions = list(Region.objects.filter(code__in=locked.content["regions"]))
        if not holds_right_everywhere(by, "withdraw_alert", regions):
            raise NotAllowed()
        if AlertWithdrawal.objects.filter(release=locked).exists():
            raise Conflict()
        withdrawal = _write_withdrawal(locked, reason, by=by)
        listing.strike_rows(locked, replaced=False)
        alert = Alert.objects.get(pk=locked.alert_id)
        if alert.live:
            # The right was asked above; Wagtail's own permission says nothing here.
            UnpublishAction(alert, user=by.user).execute(skip_permission_checks=True)
        data = {"release": str(locked.uuid), "reason": reason.value}
        journal.write(alert, WITHDRAWN, by=by, data=data)
        transaction.on_commit(
            lambda: alert_retracted.send(sender=AlertRelease, release=locked, reason=withdrawal.reason)
        )
    return withdrawal


def _write_withdrawal(release: AlertRelease, reason: AlertWithdrawal.Reason, *, by: Actor) -> AlertWithdrawal:
    return AlertWithdrawal.objects.create(
        release=release, reason=reason, by=by.user, machine=by.machine, withdrawn_at=timezone.now()
    )
