"""Delivering what waits: the outboxes of all rooms, drained by lane, in groups, at least once.

At least once: a crash between the server's answer and our write sends a message again, with the same
Message-ID, date and text. Any number of workers may deliver side by side.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.utils import timezone

from ..conf import nums_settings
from ..foundation.errors import Refused
from ..foundation.registry import Registry
from . import channel_health, pacing
from .addresses import address_tags
from .channels import Channel, get_channel
from .claiming import Settled, claim, hand_back, record, release_expired
from .couriers import GROUP, Answer, Couriers
from .message import Outgoing
from .models import Lane, OutboxQuerySet, OutboxRow
from .outcomes import Outcome, Status
from .suppression import suppressed_tags

#: After so many groups in a row that another worker took first, a delivery leaves the field to it.
_LOST_RACES = 5


def _nothing_to_do(rows: Sequence[Any]) -> None:
    return None


@dataclass(frozen=True)
class Outbox:
    """A table of rows to send, and what its room knows about them. Each callable gets a group of at most 32.

    ``rows()``: the rows that may be claimed at all, checked anew at each claim; it does not look at ``state``.
    ``still_wanted(rows)``: pks that are still to be sent, asked in one query right before sending.
    ``build(rows)``: the message of each row by pk; a row left out is stopped.
    ``settled(rows)``: told which rows are finished, their new ``state`` set.
    """

    rows: Callable[[], OutboxQuerySet]
    still_wanted: Callable[[Sequence[Any]], set[int]]
    build: Callable[[Sequence[Any]], Mapping[int, Outgoing]]
    settled: Callable[[Sequence[Any]], None] = _nothing_to_do


outboxes: Registry[Outbox] = Registry("outboxes")


@dataclass
class Delivered:
    """Counts of one delivery. ``trouble`` is an error class when the channel gave out; ``paced`` means that
    the hourly limit ended it; ``more`` that time did."""

    sent: int = 0
    deferred: int = 0
    failed: int = 0
    stopped: int = 0
    handed_back: int = 0
    trouble: str = ""
    paced: bool = False
    more: bool = False

    @property
    def tried(self) -> int:
        return self.sent + self.deferred + self.failed


@dataclass
class _Group:
    """One claimed group on its way."""

    box: Outbox
    owner: UUID
    result: Delivered
    #: Rows by pk that have no outcome yet.
    open: dict[int, OutboxRow] = field(default_factory=dict)

    def settle(self, settled: Sequence[Settled]) -> None:
        finished = record(settled, owner=self.owner)
        for entry in settled:
            self.open.pop(entry.row.pk, None)
        if finished:
            self.box.settled(finished)

    def stop(self, pks: Collection[int], why: str) -> None:
        self.settle([Settled(self.open[pk], stopped=why) for pk in pks])
        self.result.stopped += len(pks)


def run_batch(
    box: Outbox, rows: Sequence[OutboxRow], couriers: Couriers, *, owner: UUID, until: float
) -> Delivered:
    """Send one claimed group: ask once more, build, carry, record. ``until`` is a ``time.monotonic()``."""
    result = Delivered()
    group = _Group(box, owner, result, {row.pk: row for row in rows})
    wanted = box.still_wanted(rows)
    group.stop([pk for pk in group.open if pk not in wanted], "NoLongerWanted")
    built = _build(group)
    tags = {pk: address_tags(message.recipient) for pk, message in built.items()}
    suppressed = suppressed_tags(tag for every in tags.values() for tag in every) if tags else set()
    group.stop([pk for pk, every in tags.items() if suppressed.intersection(every)], "Suppressed")
    items = [(pk, message) for pk, message in built.items() if pk in group.open]
    for answers in couriers.carry(items, until=until) if items else ():
        _record_answers(group, answers)
        if result.trouble:
            couriers.halt()
    if couriers.trouble is not None:
        result.trouble = couriers.trouble.error_class
    left = list(group.open.values())
    hand_back(left, owner=owner, trouble=result.trouble)
    result.handed_back = len(left)
    if result.trouble:
        channel_health.note_trouble(result.trouble)
    return result


def deliver_all(
    *,
    seconds: float,
    keys: Collection[str] | None = None,
    make_channel: Callable[[], Channel] = get_channel,
) -> Delivered:
    """Send what is due in the registered outboxes (those named by ``keys``, or all) for at most ``seconds``.

    Before each group the most urgent lane over all of them is looked for anew.
    """
    owner, total, stop_at = uuid4(), Delivered(), time.monotonic() + seconds
    boxes = [box for key, box in outboxes.items() if keys is None or key in keys]
    for box in boxes:
        release_expired(box.rows())
    if _most_urgent(boxes, timezone.now()) is None:
        return total
    lost_races = 0
    with Couriers(make_channel) as couriers:
        while not total.trouble and lost_races < _LOST_RACES:
            urgent = _most_urgent(boxes, timezone.now())
            if urgent is None:
                break
            if time.monotonic() >= stop_at:
                total.more = True
                break
            box, lane = urgent
            granted = pacing.take(_group_size(), lane=lane)
            if not granted:
                total.paced = True
                break
            # Half the lease is left for what is in the air when time is up.
            until = min(stop_at, time.monotonic() + nums_settings().mailing.CLAIM_SECONDS / 2)
            rows = claim(box.rows().filter(lane=lane), owner=owner, limit=granted)
            lost_races = 0 if rows else lost_races + 1
            result = run_batch(box, rows, couriers, owner=owner, until=until) if rows else Delivered()
            pacing.give_back(granted - result.tried)
            _add(total, result)
    return total


def _most_urgent(boxes: Sequence[Outbox], now: datetime) -> tuple[Outbox, Lane] | None:
    found: tuple[Outbox, Lane] | None = None
    for box in boxes:
        lane = box.rows().due(now).order_by("lane").values_list("lane", flat=True).first()
        if lane is not None and (found is None or lane < found[1]):
            found = box, Lane(lane)
    return found


def _group_size() -> int:
    return max(1, min(GROUP, nums_settings().mailing.DELIVERY_BATCH))


def _build(group: _Group) -> dict[int, Outgoing]:
    """The messages of a group. One row that cannot be built must not hold up the others."""
    rows = list(group.open.values())
    if not rows:
        return {}
    built: dict[int, Outgoing] = {}
    try:
        built.update(group.box.build(rows))
    except Exception:  # noqa: BLE001 - found out row by row below
        for row in rows:
            try:
                built.update(group.box.build([row]))
            except Exception as error:  # noqa: BLE001 - its class is kept, its text may hold anything
                # A refusal of ours, such as a bad address, stays true; anything else may have passed by then.
                never = isinstance(error, Refused)
                group.settle([Settled(row, Outcome.of(Status.REFUSED if never else Status.DEFERRED, error))])
                group.result.failed += never
                group.result.deferred += not never
    group.stop([pk for pk in group.open if pk not in built], "NothingToSend")
    return {pk: message for pk, message in built.items() if pk in group.open}


def _record_answers(group: _Group, answers: Sequence[Answer]) -> None:
    result = group.result
    refused = [pk for pk, outcome in answers if outcome.status is Status.REFUSED]
    sent = sum(outcome.status is Status.SENT for _pk, outcome in answers)
    if sent:
        channel_health.note_sent()
    elif refused and channel_health.note_refusals(len(refused)):
        result.trouble = dict(answers)[refused[0]].error_class
        answers = [(pk, outcome) for pk, outcome in answers if outcome.status is not Status.REFUSED]
        refused = []
    group.settle([Settled(group.open[pk], outcome) for pk, outcome in answers])
    result.sent += sent
    result.failed += len(refused)
    result.deferred += len(answers) - sent - len(refused)


def _add(total: Delivered, result: Delivered) -> None:
    for name in ("sent", "deferred", "failed", "stopped", "handed_back"):
        setattr(total, name, getattr(total, name) + getattr(result, name))
    total.trouble = result.trouble
