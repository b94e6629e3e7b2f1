"""What the alerts room gives to earlier rooms: a clock, addresses, an action and a panel of a case, receivers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from importlib import import_module
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from nums_wagtail.casework.registries import CaseAction, CaseLine, CasePanel, case_actions, case_panels
from nums_wagtail.casework.signals import warning_held
from nums_wagtail.foundation import policy
from nums_wagtail.foundation.actors import Actor
from nums_wagtail.foundation.clocks import Clock, clocks
from nums_wagtail.members.registries import region_links
from nums_wagtail.reports.purposes import Purpose, ServedPurpose, purposes
from nums_wagtail.reports.signals import consent_changed, report_deleted

if TYPE_CHECKING:
    from nums_wagtail.casework.models import Case

    from .models import Alert

OWNER = "nums_wagtail.alerts"


def drop_old_rows(now: datetime) -> int:
    from .listing import drop_old_rows as drop

    return drop(now)


def address_of_draft(case: Case) -> str:
    return reverse("nums_alert_draft", args=[case.uuid])


def may_draft(by: Actor, case: Case) -> bool:
    return policy.may(by, "write_alert") and policy.may(by, "open_case")


def alerts_of(case: Case, by: Actor) -> Sequence[CaseLine]:
    """The alerts made from a case, each with its reference and whether it is out."""
    from .models import Alert

    if not policy.may(by, "see_alert_draft", "write_alert"):
        return ()
    alerts = Alert.objects.filter(alert_cases__case=case).order_by("-pk")
    return [CaseLine(str(alert), reverse("nums_alerts:review", args=[alert.pk]), _tag(alert)) for alert in alerts]


def _tag(alert: Alert) -> str:
    if alert.releases.current().exists():
        return str(_("Released"))
    return str(_("Waits for release")) if alert.workflow_in_progress else str(_("Draft"))


OLD_ROWS = Clock(_("Ended alerts in the lists"), drop_old_rows)
DRAFT = CaseAction(_("Draft an alert"), address_of_draft, may_draft)
ALERTS = CasePanel(_("Alerts"), alerts_of)
WARN = ServedPurpose(
    Purpose.ALERT, _("We write it in our own words. It never says who told us. Only our members read it.")
)


def register() -> None:
    """Also imports the verbs, for their log actions, and the policy, before Wagtail makes one of its own."""
    from .ledger import on_consent_changed, on_report_deleted, on_warning_held
    from .pages import regional_links

    clocks.register("alerts.old_rows", OLD_ROWS, owner=OWNER)
    case_actions.register("alerts.draft", DRAFT, owner=OWNER)
    case_panels.register("alerts.alerts", ALERTS, owner=OWNER)
    purposes.register("alert", WARN, owner=OWNER, order=10)
    region_links.register("alerts.regional_pages", regional_links, owner=OWNER)
    consent_changed.connect(on_consent_changed, dispatch_uid="nums.alerts.consent_changed")
    warning_held.connect(on_warning_held, dispatch_uid="nums.alerts.warning_held")
    report_deleted.connect(on_report_deleted, dispatch_uid="nums.alerts.report_deleted")
    for verbs in ("clearance", "drafting", "ledger", "permissions", "release"):
        import_module(f"{__package__}.{verbs}")
