"""What a reader may do from a mail without signing in: stop, get less, pause. Nothing more can be read or done."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nums_wagtail.foundation import journal
from nums_wagtail.foundation.transactions import verb_transaction
from nums_wagtail.members.itself import MEMBER
from nums_wagtail.members.models import Member
from nums_wagtail.members.preferences import change_rhythm

from .models import Subscription

PAUSED = journal.declare("nums.bulletins.paused", _("Mails paused"), reader="vet_members")

PAUSE = timedelta(days=30)


def stop_mails(subscription: Subscription) -> None:
    """No bulletins from now on; again is fine. The membership stays."""
    change_rhythm(subscription.member, Member.Rhythm.NONE, by=MEMBER)


def only_dangerous(subscription: Subscription) -> None:
    """Only the most serious ones. Whoever stopped before stays stopped."""
    if subscription.member.rhythm != Member.Rhythm.NONE:
        change_rhythm(subscription.member, Member.Rhythm.DANGEROUS, by=MEMBER)


def pause_mails(subscription: Subscription) -> None:
    """Nothing for thirty days."""
    with verb_transaction():
        subscription.paused_until = timezone.localdate() + PAUSE
        subscription.save(update_fields=["paused_until"])
        journal.write(subscription, PAUSED, by=MEMBER)
