"""Whether a worker of the queue lives: it says so once a minute, in a row everybody can read.

django-q2's own statistics live in the cache, which need not be shared between a web server and a worker.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from .models import WorkerBeat

#: The beat comes each minute; two may be missed while every worker is busy.
PATIENCE = timedelta(minutes=3)


def beat() -> None:
    """Called by a schedule, so it proves scheduler, queue and worker at once."""
    WorkerBeat.objects.update_or_create(pk=1, defaults={"at": timezone.now()})


def last_beat() -> datetime | None:
    return WorkerBeat.objects.filter(pk=1).values_list("at", flat=True).first()


def worker_alive(now: datetime | None = None) -> bool:
    """Whether a worker did a task of ours within the last three minutes."""
    at = last_beat()
    return at is not None and (now or timezone.now()) - at <= PATIENCE
