"""Subscriptions start and end with the membership they rest on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from nums_wagtail.foundation import journal
from nums_wagtail.foundation.actors import Actor
from nums_wagtail.foundation.errors import Words
from nums_wagtail.mailing.models import RowState
from nums_wagtail.members.models import Member

from .models import Delivery, Reached, Subscription

STARTED = journal.declare("nums.bulletins.subscribed", gettext_lazy("Subscription started"), reader="vet_members")


def on_member_approved(sender: Any, *, member: Member, by: Actor, **kwargs: Any) -> None:
    """Receives ``member_approved``, inside the transaction of the approval."""
    subscription, made = Subscription.objects.get_or_create(member=member)
    if made:
        journal.write(subscription, STARTED, by=by)


def describe(member: Member) -> Sequence[Words]:
    """For "everything we hold"."""
    subscription = Subscription.objects.filter(member=member).first()
    if subscription is None:
        return []
    sent = Delivery.objects.filter(subscription=subscription, state=RowState.SENT).count()
    known = Reached.objects.filter(subscription=subscription).count()
    return [
        _("You get updates since %(day)s.") % {"day": date_format(subscription.since)},
        ngettext(
            "%(count)d message of the last 30 days: that it went out, and when.",
            "%(count)d messages of the last 30 days: that they went out, and when.",
            sent,
        )
        % {"count": sent},
        ngettext(
            "%(count)d warning that we must correct with you if it turns out wrong.",
            "%(count)d warnings that we must correct with you if they turn out wrong.",
            known,
        )
        % {"count": known},
    ]


def forget(member: Member) -> None:
    """Deletes the subscription with its deliveries; what bulletins count stays a number."""
    Subscription.objects.filter(member=member).delete()
