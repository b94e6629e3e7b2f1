"""What a small host needs: web process, worker and PDF child together while a bulletin of a thousand goes out."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from tests.bench.bulletins import readers, release_alert
from tests.bench.frame import Benchmark, Measured, Size, must
from tests.bench.memory import as_numbers, memory_now, watched
from tests.bench.running import answers, free_port, look, running, wait_until
from tests.bench.sink import running_sink

#: A small host has 1 GB; the system and the database's cache take the rest.
LIMIT_MIB = 700.0
#: What somebody looks at meanwhile: the form, the member's door, the admin's home page and queue.
LOOKED_AT = ("/form/", "/n/in/", "/admin/", "/admin/cases/")


def sending(size: Size) -> Measured:
    from nums_wagtail.mailing.worker_state import last_beat

    with running_sink() as sink:
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.bench.small_settings",
            "BENCH_SMTP_PORT": str(sink.port),
        }
        port, cookie = free_port(), _caseworkers_cookie()
        with (
            running(environment, "tests.bench.web", str(port)) as web,
            running(environment, "django", "qcluster") as worker,
        ):
            wait_until(lambda: answers(port), "the web server's start")
            wait_until(lambda: last_beat() is not None, "the worker's first heartbeat")
            for path in LOOKED_AT:
                look(port, path, cookie)
            sessions = {"web": web, "worker": worker}
            before = sum(memory_now(sessions).values())
            with watched(sessions) as peaks, _somebody_looks(port, cookie) as looks:
                _release()
                wait_until(lambda: _is_sent(size.count), "the bulletin")
            taken = sink.messages_of(size.count)
    must(taken == size.count, f"the sink took {taken} of {size.count} messages")
    must(len(looks) >= 2 * len(LOOKED_AT), "two people did not get every page meanwhile")
    must(peaks.parts["pdf"] > 0, "no PDF was made while we looked")
    must(peaks.together < LIMIT_MIB, f"{peaks.together:.0f} MiB are more than {LIMIT_MIB:.0f}")
    return Measured(peaks.together, before, 0, {**as_numbers(peaks), "pages_meanwhile": len(looks)})


def _release() -> None:
    """Without an undo window, as the worker's settings have it too."""
    from django.conf import settings
    from django.test import override_settings

    with override_settings(NUMS_WAGTAIL={**settings.NUMS_WAGTAIL, "UNDO_SECONDS": 0}):
        release_alert()


def _is_sent(count: int) -> bool:
    """Every reader's row is sent, the bulletin says so, and one edition has its PDF."""
    from nums_wagtail.bulletins.models import Bulletin, Delivery, Edition
    from nums_wagtail.mailing.models import RowState

    done = Bulletin.objects.filter(state=Bulletin.State.SENT, reached=count).exists()
    if done:
        must(Delivery.objects.filter(state=RowState.SENT).count() == count, "a row is not sent")
        must(any(edition.pdf for edition in Edition.objects.all()), "no edition has a PDF")
    return done


def _caseworkers_cookie() -> str:
    from django.conf import settings
    from django.test import Client

    from nums_wagtail.test.people_factories import make_staff

    client = Client()
    client.force_login(make_staff("caseworker"))
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


@contextmanager
def _somebody_looks(port: int, cookie: str) -> Iterator[list[str]]:
    """Two people who open page after page; gives what they have seen."""
    seen: list[str] = []
    over = threading.Event()

    def looks() -> None:
        while not over.is_set():
            for path in LOOKED_AT:
                look(port, path, cookie)
                seen.append(path)
            time.sleep(0.2)

    people = [threading.Thread(target=looks, daemon=True) for _person in range(2)]
    for person in people:
        person.start()
    try:
        yield seen
    finally:
        over.set()
        for person in people:
            person.join()


BENCHMARKS = (
    Benchmark(
        name="memory",
        unit="MiB",
        baseline="the same processes before, each page opened once",
        sizes=(Size(1_000), Size(5_000)),
        measure=sending,
        fill=readers,
        rounds=1,
    ),
)
