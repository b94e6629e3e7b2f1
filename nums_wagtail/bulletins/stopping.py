"""Pulling back: stopping what has not gone out yet, of a bulletin or of everything that tells of a release."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nums_wagtail.alerts.models import AlertRelease
from nums_wagtail.foundation import journal
from nums_wagtail.foundation.actors import Actor
from nums_wagtail.foundation.errors import Conflict, NotAllowed
from nums_wagtail.foundation.transactions import verb_transaction
from nums_wagtail.mailing.models import RowState
from nums_wagtail.regions.models import Region
from nums_wagtail.regions.scope import holds_right_everywhere

from .models import Bulletin, Delivery

PULLED_BACK = journal.declare("nums.bulletins.pulled_back", _("Bulletin pulled back"), reader="read_released")

#: Written beside a delivery that was stopped so.
WHY = "PulledBack"
OPEN = (Bulletin.State.COMPOSED, Bulletin.State.SENDING)


def may_pull_back(bulletin: Bulletin, *, by: Actor) -> bool:
    """Whether the actor may write bulletins in every region of its alerts."""
    codes = {code for release in bulletin.releases.all() for code in release.content["regions"]}
    return holds_right_everywhere(by, "write_bulletin", list(Region.objects.filter(code__in=codes)))


def pull_back(bulletin: Bulletin, *, by: Actor) -> int:
    """Stop all that has not gone out. Returns how many messages that were.

    What a worker holds at this moment is asked for once more right before it is sent, so at most a message a
    connection still goes. Raises NotAllowed, or Conflict when nothing of it waits any more.
    """
    if not may_pull_back(bulletin, by=by):
        raise NotAllowed()
    with verb_transaction(joins="admin"):
        stopped = _stop(bulletin, by=by)
        if stopped is None:
            raise Conflict()
    return stopped


def stop_rest_of(release: AlertRelease, *, by: Actor) -> bool:
    """Stop every warning of a release that still waits; part of the verb that withdraws or corrects.

    Returns whether anybody was told of it, or may have been.
    """
    bulletins = Bulletin.objects.filter(bulletin_alerts__release=release, kind=Bulletin.Kind.INSTANT)
    for bulletin in bulletins.filter(state__in=OPEN):
        _stop(bulletin, by=by)
    return _may_have_gone(bulletins)


def _may_have_gone(bulletins: QuerySet[Bulletin]) -> bool:
    gone = Delivery.objects.filter(bulletin__in=bulletins, state__in=(RowState.SENT, RowState.CLAIMED))
    # The rows of an old bulletin are gone; its count is kept.
    return gone.exists() or bulletins.filter(reached__gt=0).exists()


def _stop(bulletin: Bulletin, *, by: Actor) -> int | None:
    """None when it was finished a moment ago."""
    stopped = Bulletin.objects.filter(pk=bulletin.pk, state__in=OPEN).update(
        state=Bulletin.State.STOPPED, finished_at=timezone.now()
    )
    if not stopped:
        return None
    waiting = Delivery.objects.filter(bulletin=bulletin, state=RowState.WAITING)
    count = waiting.update(state=RowState.STOPPED, error_class=WHY)
    reached = Delivery.objects.filter(bulletin=bulletin, state=RowState.SENT).count()
    Bulletin.objects.filter(pk=bulletin.pk).update(reached=reached)
    bulletin.refresh_from_db()
    journal.write(bulletin, PULLED_BACK, by=by, data={"stopped": count, "reached": reached})
    return count
