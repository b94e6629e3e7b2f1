"""Letters: mail that is no bulletin, queued by a verb in its own transaction and sent by a worker after it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone

from ..conf import nums_settings
from ..foundation.actors import Actor
from ..foundation.errors import KeyMissing
from ..foundation.transactions import verb_transaction
from ..vault import data_keys
from .addresses import wire_address
from .message import MailFaces, MessageTemplate, Outgoing, header_value
from .models import Lane, Letter, RowState
from .outbox import Delivered, Outbox, deliver_all, outboxes
from .queue import enqueue

OUTBOX_KEY = "letters"
#: How long a finished letter's empty shell is kept, so that staff can see that mail went out.
KEPT = timedelta(days=30)


def queue_letter(
    *,
    kind: str,
    to: str,
    subject: str,
    text: str,
    lane: Lane,
    by: Actor,
    due_at: datetime | None = None,
    useful_until: datetime | None = None,
) -> Letter:
    """Write a letter down to be sent; a worker is woken when the transaction commits.

    Goes inside the verb whose doing it tells of: no commit, no letter. ``kind`` is a short slug for the
    register. After ``useful_until`` (a sign-in link's end) it is not sent any more. Raises BadAddress, BadHeader.
    """
    address = wire_address(to)
    with verb_transaction():
        letter = Letter.objects.create(
            kind=kind,
            # That a person or which machine wrote, never which person: letters would tell who works when.
            queued_by=by.machine or "person",
            to=address,
            subject=header_value(subject),
            body=text,
            lane=lane,
            due_at=due_at or timezone.now(),
            useful_until=useful_until,
        )
        enqueue("nums_wagtail.mailing.tasks.send_waiting_letters")
    return letter


def send_letters(*, seconds: float) -> Delivered:
    """Send letters that are due, for at most ``seconds``."""
    return deliver_all(seconds=seconds, keys={OUTBOX_KEY})


def end_old_letters(now: datetime) -> int:
    """Delete finished letters that are older than 30 days; returns how many."""
    old = Letter.objects.finished().filter(message_date__lt=now - KEPT)
    _shred([key for key in old.values_list("data_key", flat=True) if key is not None])
    ended, _by_model = old.delete()
    return ended


def take_back_letters(letters: QuerySet[Letter]) -> int:
    """Delete letters with all that is known of them, sent or not; returns how many. One on its way still arrives.

    For letters whose time would tell something that is over. Part of the verb that ends it.
    """
    keys = [key for key in letters.values_list("data_key", flat=True) if key is not None]
    data_keys.shred_with_record(keys)
    return letters.delete()[0]


def still_wanted(letters: Sequence[Letter]) -> set[int]:
    """Those of ``letters`` that still exist, still wait to be sent and are not overtaken by time."""
    in_time = Q(useful_until=None) | Q(useful_until__gt=timezone.now())
    held = Letter.objects.filter(in_time, pk__in=[letter.pk for letter in letters], state=RowState.CLAIMED)
    return set(held.values_list("pk", flat=True))


def build(letters: Sequence[Letter]) -> Mapping[int, Outgoing]:
    """The messages of ``letters``. One whose key was shredded has nothing left to send and is left out."""
    sender = nums_settings().mailing.LETTER_FROM or settings.DEFAULT_FROM_EMAIL
    built: dict[int, Outgoing] = {}
    for letter in letters:
        try:
            template = MessageTemplate(MailFaces(letter.subject, letter.body), from_=sender)
            to = letter.to
        except KeyMissing:
            continue
        built[letter.pk] = template.for_recipient(to=to, message_id=letter.message_id, date=letter.message_date)
    return built


def settled(letters: Sequence[Letter]) -> None:
    """Make what needs no further attempt unreadable; a failed letter stays readable until it is deleted."""
    _shred([row.data_key for row in letters if row.state != RowState.FAILED and row.data_key is not None])


def _shred(keys: Sequence[UUID]) -> None:
    if keys:
        data_keys.shred(keys)


LETTERS = outboxes.register(
    OUTBOX_KEY,
    Outbox(rows=Letter.objects.all, still_wanted=still_wanted, build=build, settled=settled),
    owner="nums_wagtail.mailing",
)
