"""What is asked when an alert is handed in for release, before Wagtail's workflow starts."""

from __future__ import annotations

from nums_wagtail.foundation import policy
from nums_wagtail.foundation.actors import Actor
from nums_wagtail.vault.holders import KeyHolder, TeamHolder

from .clearance import clear_if_possible, newest_content
from .exceptions import CannotRelease, LeaksFound
from .leakcheck import plain_findings
from .models import Alert, Clearance


def check_before_submitting(alert: Alert, *, by: Actor, holder: KeyHolder | None = None) -> Clearance | None:
    """Refuse what the gate would refuse anyway, and clear it when its submitter may read its cases.

    Returns the clearance, or None when a caseworker has still to compare. Raises NotAllowed, CannotRelease,
    LeaksFound.
    """
    policy.require(by, "write_alert")
    content = newest_content(alert)
    if not content.line or not content.regions:
        raise CannotRelease("incomplete")
    if findings := plain_findings(content):
        raise LeaksFound(findings)
    return clear_if_possible(alert, by=by, holder=holder or TeamHolder())
