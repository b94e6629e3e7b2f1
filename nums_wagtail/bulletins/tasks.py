"""What the queue calls in this room; all are safe with any number at once."""

from __future__ import annotations

import time
from uuid import UUID

from django.utils import timezone

from nums_wagtail.foundation.actors import WORKER
from nums_wagtail.mailing.queue import enqueue

from .compiling import SEND_TASK, compile_bulletin
from .compose import compose_missing
from .deliver import finish_if_done
from .models import Bulletin

#: An undo window this short is waited for here; a longer one ends with the next sweep of the mailing room.
SHORT_SECONDS = 10


def compile_bulletin_by_id(uuid: str) -> None:
    """Compile one bulletin, queued when it was composed."""
    bulletin = Bulletin.objects.filter(uuid=UUID(uuid)).first()
    if bulletin is None or compile_bulletin(bulletin, by=WORKER) is None:
        return
    left = (bulletin.starts_at - timezone.now()).total_seconds()
    if 0 < left <= SHORT_SECONDS:
        time.sleep(left)
        enqueue(SEND_TASK)


def sweep() -> None:
    """Each minute: what a worker or a server left undone when it died."""
    compose_missing(by=WORKER)
    for bulletin in Bulletin.objects.filter(state=Bulletin.State.COMPOSED).order_by("lane", "starts_at"):
        compile_bulletin(bulletin, by=WORKER)
    for pk in Bulletin.objects.filter(state=Bulletin.State.SENDING).values_list("pk", flat=True):
        finish_if_done(pk)
