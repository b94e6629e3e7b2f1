"""The room's clocks: delivery rows become counts after 30 days, who got which alert goes with the alert."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from nums_wagtail.mailing.models import RowState

from .models import Bulletin, Delivery, Edition, Reached

#: Days that delivery rows are kept, and that who got an alert is kept after its end.
KEPT = timedelta(days=30)
_BATCH = 1000


def end_old_deliveries(now: datetime) -> int:
    """Turn the deliveries of bulletins finished 30 days ago into counts. Returns how many rows went."""
    ended = 0
    for bulletin in Bulletin.objects.filter(finished_at__lt=now - KEPT, editions__isnull=False).distinct():
        with transaction.atomic():
            releases = list(bulletin.releases.values_list("pk", flat=True))
            got = Delivery.objects.filter(bulletin=bulletin, state=RowState.SENT)
            pairs = (
                Reached(subscription_id=subscription, release_id=release)
                for subscription in got.values_list("subscription_id", flat=True)
                for release in releases
            )
            if bulletin.kind == Bulletin.Kind.INSTANT:
                Reached.objects.bulk_create(pairs, batch_size=_BATCH, ignore_conflicts=True)
            ended += Delivery.objects.filter(bulletin=bulletin).delete()[0]
            Edition.objects.filter(bulletin=bulletin).delete()
    return ended


def end_reached(now: datetime) -> int:
    """Forget who got an alert that ended or was withdrawn 30 days ago. Returns how many rows went."""
    over = Q(release__ends_at__lt=now - KEPT) | Q(release__withdrawal__withdrawn_at__lt=now - KEPT)
    return Reached.objects.filter(over).delete()[0]
