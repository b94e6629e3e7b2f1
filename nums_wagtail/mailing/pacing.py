"""How fast mail goes out: the hourly limit over all workers, and how long a number of messages will take.

The limit is kept over a sliding hour of five-minute slices, because a mail provider's hour does not begin
with ours: two full hours back to back would be twice the limit.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Sum
from django.utils import timezone

from ..conf import nums_settings
from .models import ChannelState, Lane, MailBudget

SLICE = timedelta(minutes=5)
WINDOW = timedelta(hours=1)
#: Share of the limit that only urgent lanes may use: a digest must not leave a sign-in link waiting an hour.
URGENT_SHARE = 0.1


def slice_start(now: datetime) -> datetime:
    """The beginning of the slice that ``now`` lies in."""
    return now - timedelta(minutes=now.minute % 5, seconds=now.second, microseconds=now.microsecond)


def take(most: int, *, lane: Lane, now: datetime | None = None) -> int:
    """Reserve room for up to ``most`` messages; returns how many may go, 0 when the limit is reached.

    Near the limit it gives room for one at a time, so that lanes are looked at before each message.
    """
    limit = nums_settings().mailing.MAILS_PER_HOUR
    if limit is None or most <= 0:
        return most
    at = now or timezone.now()
    reach = limit if lane.is_urgent else limit - int(limit * URGENT_SHARE)
    ChannelState.objects.get_or_create(pk=1)
    with transaction.atomic():
        # A write first: it takes the row lock on PostgreSQL and the write lock on SQLite, so that two workers
        # never add up the same slices side by side.
        ChannelState.objects.filter(pk=1).update(refused_in_a_row=F("refused_in_a_row"))
        left = reach - _spent(at)
        granted = min(most, left) if left >= 10 * most else min(1, left)
        if granted <= 0:
            return 0
        MailBudget.objects.filter(starts_at__lt=at - 2 * WINDOW).delete()
        budget, _made = MailBudget.objects.get_or_create(starts_at=slice_start(at))
        MailBudget.objects.filter(pk=budget.pk).update(spent=F("spent") + granted)
    return granted


def give_back(unused: int, *, now: datetime | None = None) -> None:
    """Return room that was reserved and not needed."""
    if unused > 0 and nums_settings().mailing.MAILS_PER_HOUR is not None:
        start = slice_start(now or timezone.now())
        MailBudget.objects.filter(starts_at=start, spent__gte=unused).update(spent=F("spent") - unused)


def hours_for(count: int) -> float:
    """Hours that ``count`` messages of no urgent lane take at the limit; 0.0 without a limit."""
    limit = nums_settings().mailing.MAILS_PER_HOUR
    if limit is None:
        return 0.0
    return count / max(limit - int(limit * URGENT_SHARE), 1)


def _spent(now: datetime) -> int:
    since = slice_start(now) - WINDOW
    return MailBudget.objects.filter(starts_at__gte=since).aggregate(total=Sum("spent"))["total"] or 0
