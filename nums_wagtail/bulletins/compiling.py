"""Compiling: who gets a bulletin, in which editions, and one outbox row for each of them.

Each distinct edition is rendered once, outside any transaction. All rows and the bulletin's number then come
into being in one: a worker that dies before leaves nothing, and the sweep begins again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.db import IntegrityError
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nums_wagtail.alerts.models import AlertRelease
from nums_wagtail.foundation import journal, policy
from nums_wagtail.foundation.actors import Actor
from nums_wagtail.foundation.transactions import verb_transaction
from nums_wagtail.mailing.queue import enqueue

from .audience import audience_of
from .models import Bulletin, Delivery, Edition
from .render import Rendered, new_rendering, subject_of

COMPILED = journal.declare("nums.bulletins.compiled", _("Bulletin compiled"), reader="read_released")

SEND_TASK = "nums_wagtail.mailing.tasks.send_waiting_mail"
_BATCH = 1000
_NUMBER_TRIES = 5

#: Language and format: what decides which edition somebody gets.
Wanted = tuple[str, str]


@dataclass(frozen=True)
class Compiled:
    """Counts of one compiling."""

    readers: int
    editions: int


def compile_bulletin(bulletin: Bulletin, *, by: Actor) -> Compiled | None:
    """Make editions and deliveries of a composed bulletin; again, or side by side, is fine.

    None when it was compiled or pulled back already. Nothing goes out before ``starts_at``. Raises NotAllowed.
    """
    policy.require(by, "write_bulletin")
    if bulletin.state != Bulletin.State.COMPOSED:
        return None
    if _has_lapsed(bulletin):
        _end(bulletin, Bulletin.State.STOPPED)
        return None
    groups = _groups(bulletin)
    if not groups:
        _end(bulletin, Bulletin.State.SENT)
        return Compiled(0, 0)
    with new_rendering(bulletin) as rendering:
        rendered = {wanted: rendering.edition(*wanted) for wanted in groups}
    for attempt in range(_NUMBER_TRIES):
        try:
            return _write(bulletin, groups, rendered, by=by)
        except IntegrityError:  # another bulletin took the number
            if attempt == _NUMBER_TRIES - 1:
                raise
    return None


def _groups(bulletin: Bulletin) -> Mapping[Wanted, list[int]]:
    groups: dict[Wanted, list[int]] = defaultdict(list)
    known = {code for code, _name in settings.LANGUAGES}
    readers = audience_of(bulletin).order_by("pk").values_list("pk", "member__language", "member__format")
    for pk, language, format in readers.iterator(chunk_size=_BATCH):
        groups[language if language in known else settings.LANGUAGE_CODE, format].append(pk)
    return groups


def _write(
    bulletin: Bulletin, groups: Mapping[Wanted, list[int]], rendered: Mapping[Wanted, Rendered], *, by: Actor
) -> Compiled | None:
    readers = sum(len(pks) for pks in groups.values())
    now = timezone.now()
    with verb_transaction():
        number = (Bulletin.objects.aggregate(last=Max("number"))["last"] or 0) + 1
        mine = Bulletin.objects.filter(pk=bulletin.pk, state=Bulletin.State.COMPOSED).update(
            state=Bulletin.State.SENDING, number=number, readers=readers
        )
        if not mine:
            return None
        bulletin.refresh_from_db()
        for (language, format), pks in groups.items():
            words = rendered[language, format]
            edition = Edition.objects.create(
                bulletin=bulletin,
                language=language,
                format=format,
                code=words.code,
                subject=subject_of(bulletin, language),
                text=words.text,
                html=words.html,
                pdf=words.pdf,
            )
            Delivery.objects.bulk_create(
                (
                    Delivery(
                        bulletin=bulletin,
                        edition=edition,
                        subscription_id=pk,
                        lane=bulletin.lane,
                        due_at=bulletin.starts_at,
                        message_date=now,
                    )
                    for pk in pks
                ),
                batch_size=_BATCH,
            )
        journal.write(bulletin, COMPILED, by=by, data={"readers": readers, "editions": len(groups)})
        enqueue(SEND_TASK)
    return Compiled(readers, len(groups))


def _has_lapsed(bulletin: Bulletin) -> bool:
    """Whether a warning was withdrawn, replaced or over before it was compiled."""
    if bulletin.kind == Bulletin.Kind.CORRECTION:
        return False
    standing = AlertRelease.objects.current().filter(bulletin_alerts__bulletin=bulletin)
    return not standing.exists()


def _end(bulletin: Bulletin, state: Bulletin.State) -> None:
    Bulletin.objects.filter(pk=bulletin.pk, state=Bulletin.State.COMPOSED).update(
        state=state, finished_at=timezone.now()
    )
