"""What is known about the mail server: that it takes mail, or that it has not since when.

Staff read it in the admin; only class names of errors are kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F
from django.utils import timezone

from .models import ChannelState

#: So many refusals without one success in between are the server's word about us, not about the recipients:
#: a relay that wants a password refuses everybody, and must not cost a whole bulletin its readers.
REFUSALS_IN_A_ROW = 10
_FRESH = timedelta(minutes=1)


@dataclass(frozen=True)
class ChannelHealth:
    """``unreachable_since`` is None while mail goes out."""

    last_ok: datetime | None
    unreachable_since: datetime | None
    error_class: str


def channel_health() -> ChannelHealth:
    state = ChannelState.objects.filter(pk=1).first()
    if state is None:
        return ChannelHealth(None, None, "")
    return ChannelHealth(state.last_ok, state.unreachable_since, state.last_error_class)


def note_sent(now: datetime | None = None) -> None:
    """The server took something. Written at most once a minute, and at once after trouble."""
    at = now or timezone.now()
    state, _made = ChannelState.objects.get_or_create(pk=1)
    stale = state.last_ok is None or at - state.last_ok > _FRESH
    if stale or state.unreachable_since or state.refused_in_a_row:
        ChannelState.objects.filter(pk=1).update(
            last_ok=at, unreachable_since=None, last_error_class="", refused_in_a_row=0
        )


def note_trouble(error_class: str, now: datetime | None = None) -> None:
    """The server cannot be used. The time of the first such note stays until something was taken."""
    at = now or timezone.now()
    ChannelState.objects.get_or_create(pk=1)
    ChannelState.objects.filter(pk=1, unreachable_since=None).update(unreachable_since=at)
    ChannelState.objects.filter(pk=1).update(last_error_class=error_class)


def note_refusals(count: int) -> bool:
    """The server refused ``count`` messages and took none. Returns whether it seems to refuse us altogether."""
    ChannelState.objects.get_or_create(pk=1)
    ChannelState.objects.filter(pk=1).update(refused_in_a_row=F("refused_in_a_row") + count)
    return ChannelState.objects.filter(pk=1, refused_in_a_row__gte=REFUSALS_IN_A_ROW).exists()
