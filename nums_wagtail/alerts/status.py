"""Where an alert stands on its way out, in words that tell nothing of its reports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision

from nums_wagtail.foundation.actors import Actor
from nums_wagtail.foundation.errors import Words
from nums_wagtail.regions.models import Region
from nums_wagtail.regions.scope import holds_right_everywhere

from .clearance import clearance_for, may_clear
from .content import AlertContent, content_of, digest
from .leakcheck import plain_findings
from .models import Alert, AlertRelease
from .resting import held_until, not_allowing, waits_for_lead
from .workflow import may_release

CLEARED = _("Cleared by a caseworker.")
NOT_CLEARED = _("Needs checking by a caseworker.")


@dataclass(frozen=True)
class Standing:
    """What somebody sees of an alert's way out, and what they may do next."""

    content: AlertContent
    findings: tuple[str, ...]
    clearance: Words
    is_cleared: bool
    #: The task state that waits, or None.
    waiting: Any
    edited_by: Any
    is_own_text: bool
    may_release: bool
    may_clear: bool
    #: Some report allows a warning no more; told only to who may read the case.
    must_reread: bool
    #: The safeguarding lead has not agreed; told only to who may read the case.
    needs_lead: bool
    current: AlertRelease | None
    may_withdraw: bool
    #: The reporter's own wish; None when it may go out today.
    held_until: date | None = None
    #: Whoever releases it says that they thought of who could know by it who reported.
    may_give_away: bool = False

    @property
    def next_step(self) -> Words:
        if self.findings:
            return _("Take out what is listed, then submit it.")
        if not self.waiting:
            is_out = self.current is not None and self.current.digest == digest(self.content)
            return _("It is released as it stands.") if is_out else _("Submit it when it is ready.")
        if self.held_until is not None:
            return _("Its reporter asked to wait. It can be released from %(day)s on.") % {
                "day": date_format(self.held_until, "DATE_FORMAT")
            }
        return _("It waits for somebody to release it.") if self.is_cleared else NOT_CLEARED


def standing_of(alert: Alert, *, by: Actor) -> Standing:
    """Read anew from the database, so that what is shown is what would be released."""
    fresh = Alert.objects.get(pk=alert.pk)
    revision: Revision | None = fresh.get_latest_revision()
    draft = revision.as_object() if revision is not None else fresh
    content = content_of(draft)
    clearance = clearance_for(fresh, content)
    waits = waits_for_lead(fresh)
    cleared = clearance is not None and not waits
    current = AlertRelease.objects.current().filter(alert=fresh).order_by("-version").first()
    clears = may_clear(by)
    return Standing(
        content=content,
        findings=tuple(finding.words for finding in plain_findings(content)),
        clearance=CLEARED if cleared else NOT_CLEARED,
        is_cleared=cleared,
        waiting=fresh.current_workflow_task_state,
        edited_by=revision.user if revision is not None else None,
        is_own_text=revision is not None and revision.user_id == by.user_id,
        may_release=may_release(fresh, by.user),
        may_clear=clears,
        must_reread=clears and bool(not_allowing(fresh)),
        needs_lead=clears and waits,
        current=current,
        may_withdraw=current is not None and _may_withdraw(current.content["regions"], by),
        held_until=held_until(fresh),
        may_give_away=clearance is not None and clearance.may_give_away,
    )


def _may_withdraw(codes: Sequence[str], by: Actor) -> bool:
    return holds_right_everywhere(by, "withdraw_alert", list(Region.objects.filter(code__in=codes)))
