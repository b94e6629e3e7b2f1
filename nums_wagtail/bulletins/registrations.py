"""What the bulletins room gives to earlier rooms: an outbox, a schedule, clocks, a holding, receivers."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from nums_wagtail.alerts.signals import alert_released, alert_retracted
from nums_wagtail.foundation.clocks import Clock, clocks
from nums_wagtail.mailing.outbox import outboxes
from nums_wagtail.mailing.schedules import Planned, schedules
from nums_wagtail.members.holdings import Holding, holdings
from nums_wagtail.members.signals import member_approved

from . import subscriptions
from .compose import on_alert_released, on_alert_retracted
from .deliver import DELIVERIES, OUTBOX_KEY
from .ending import end_old_deliveries, end_reached

OWNER = "nums_wagtail.bulletins"

SWEEP = Planned("nums_wagtail.bulletins.tasks.sweep", minutes=1)
DELIVERIES_CLOCK = Clock(_("Delivery rows, after 30 days"), end_old_deliveries)
REACHED_CLOCK = Clock(_("Who got which alert, 30 days after its end"), end_reached)
HOLDING = Holding(_("Messages"), subscriptions.describe, subscriptions.forget)


def register() -> None:
    """Also imports the verbs, for their log actions."""
    from . import compiling, stopping, unsubscribing  # noqa: F401 - importing declares them

    outboxes.register(OUTBOX_KEY, DELIVERIES, owner=OWNER)
    schedules.register("bulletins.sweep", SWEEP, owner=OWNER)
    clocks.register("bulletins.deliveries", DELIVERIES_CLOCK, owner=OWNER)
    clocks.register("bulletins.reached", REACHED_CLOCK, owner=OWNER)
    holdings.register("bulletins.subscription", HOLDING, owner=OWNER)
    member_approved.connect(subscriptions.on_member_approved, dispatch_uid="nums.bulletins.member_approved")
    alert_released.connect(on_alert_released, dispatch_uid="nums.bulletins.alert_released")
    alert_retracted.connect(on_alert_retracted, dispatch_uid="nums.bulletins.alert_retracted")
