"""Taking rows of an outbox for a while, and writing down what became of them.

Every write here is one short statement over many rows. A row belongs to the worker whose owner token it
carries until its lease ends.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar
from uuid import UUID

from django.db import connections, transaction
from django.db.models import F
from django.utils import timezone

from ..conf import nums_settings
from .models import OutboxQuerySet, OutboxRow, RowState
from .outcomes import Outcome, Status

Row = TypeVar("Row", bound=OutboxRow)

FIRST_WAIT = timedelta(minutes=1)
#: How long rows rest that were claimed when the channel broke.
TROUBLE_WAIT = timedelta(minutes=1)


def claim(queryset: OutboxQuerySet, *, owner: UUID, limit: int, now: datetime | None = None) -> Sequence[OutboxRow]:
    """Up to ``limit`` due rows of ``queryset``, most urgent first, held for CLAIM_SECONDS.

    Any number of workers may claim at once: no row goes to two of them. An empty answer can also mean that
    another worker was faster. Being claimed counts as an attempt, so that a message that kills its worker
    is given up in the end; what was claimed and not tried is counted back by ``hand_back``.
    """
    at = now or timezone.now()
    waiting = queryset.due(at).order_by("lane", "due_at", "pk")
    lease = at + timedelta(seconds=nums_settings().mailing.CLAIM_SECONDS)
    table = queryset.model._default_manager.using(queryset.db)

    def hold(pks: list[int]) -> None:
        table.filter(pk__in=pks, state=RowState.WAITING).update(
            state=RowState.CLAIMED, owner=owner, lease_until=lease, attempts=F("attempts") + 1
        )

    if connections[queryset.db].features.has_select_for_update_skip_locked:
        with transaction.atomic(using=queryset.db):
            locked = waiting.select_for_update(skip_locked=True, of=("self",))[:limit]
            pks = [row.pk for row in locked]
            hold(pks)
    else:
        # Where rows cannot be locked one by one, the one UPDATE decides who gets them.
        pks = list(waiting.values_list("pk", flat=True)[:limit])
        hold(pks)
    if not pks:
        return []
    held = queryset.filter(pk__in=pks, owner=owner, state=RowState.CLAIMED)
    return list(held.order_by("lane", "due_at", "pk"))


def release_expired(queryset: OutboxQuerySet, now: datetime | None = None) -> int:
    """Let rows go whose worker did not come back; returns how many. Their attempts stay counted.

    A row that has used up its attempts this way fails: it may be what its workers die of.
    """
    expired = queryset.expired(now or timezone.now())
    free = {"owner": None, "lease_until": None}
    most = nums_settings().mailing.MAIL_ATTEMPTS
    given_up = expired.filter(attempts__gte=most).update(state=RowState.FAILED, error_class="WorkerLost", **free)
    return given_up + expired.update(state=RowState.WAITING, **free)


@dataclass(frozen=True)
class Settled:
    """A row and what became of it. ``stopped`` is set instead of an outcome when it was not to be sent."""

    row: OutboxRow
    outcome: Outcome | None = None
    stopped: str = ""


def record(settled: Sequence[Settled], *, owner: UUID, now: datetime | None = None) -> list[OutboxRow]:
    """Write outcomes of rows of one table; returns the rows that are finished, their ``state`` set.

    One UPDATE for each kind of outcome. What was sent is written whoever owns the row by now; anything else
    only while it is still ours.
    """
    if not settled:
        return []
    at = now or timezone.now()
    writes: dict[tuple[RowState, str, datetime | None], list[OutboxRow]] = defaultdict(list)
    for entry in settled:
        writes[_write_for(entry, at)].append(entry.row)
    finished: list[OutboxRow] = []
    for (state, error_class, due_at), rows in writes.items():
        table = type(rows[0])._default_manager.filter(pk__in=[row.pk for row in rows])
        changes: dict[str, object] = {"owner": None, "lease_until": None, "error_class": error_class}
        if state == RowState.SENT:
            table.exclude(state=RowState.SENT).update(state=state, sent_at=at, **changes)
        else:
            if due_at is not None:
                changes["due_at"] = due_at
            table.filter(owner=owner, state=RowState.CLAIMED).update(state=state, **changes)
        for row in rows:
            row.state = state
            if state != RowState.WAITING:
                finished.append(row)
    return finished


def hand_back(rows: Sequence[OutboxRow], *, owner: UUID, trouble: str = "", now: datetime | None = None) -> None:
    """Return claimed rows that were not tried, their attempt not counted; after trouble they rest a while."""
    if not rows:
        return
    changes: dict[str, object] = {"owner": None, "lease_until": None, "attempts": F("attempts") - 1}
    if trouble:
        changes |= {"due_at": (now or timezone.now()) + TROUBLE_WAIT, "error_class": trouble}
    type(rows[0])._default_manager.filter(
        pk__in=[row.pk for row in rows], owner=owner, state=RowState.CLAIMED
    ).update(state=RowState.WAITING, **changes)


def wait_after(attempts: int) -> timedelta:
    """How long a deferred message rests: a minute after its first attempt, doubling with each."""
    return FIRST_WAIT * (1 << max(attempts - 1, 0))


def _write_for(entry: Settled, now: datetime) -> tuple[RowState, str, datetime | None]:
    if entry.outcome is None:
        return RowState.STOPPED, entry.stopped, None
    if entry.outcome.status is Status.SENT:
        return RowState.SENT, "", None
    error_class = entry.outcome.error_class[:80]
    tried_out = entry.row.attempts >= nums_settings().mailing.MAIL_ATTEMPTS
    if entry.outcome.status is Status.REFUSED or tried_out:
        return RowState.FAILED, error_class, None
    return RowState.WAITING, error_class, now + wait_after(entry.row.attempts)
