"""What a small host needs: web process, worker and PDF child together while a bulletin of a thousand goes out."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tests.bench.bulletins import readers, release_alert
from tests.bench.frame import Benchmark, Measured, NotDone, Size, must
from tests.bench.memory import as_numbers, memory_now, watched
from tests.bench.results import ROOT
from tests.bench.sink import running_sink

#: A small host has 1 GB; the system and the database's cache take the rest.
LIMIT_MIB = 700.0
#: Seconds after which something must be broken.
PATIENCE = 180.0
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
        port, cookie = _free_port(), _caseworkers_cookie()
        with (
            _running(environment, "tests.bench.web", str(port)) as web,
            _running(environment, "django", "qcluster") as worker,
        ):
            _wait_until(lambda: _answers(port), "the web server's start")
            _wait_until(lambda: last_beat() is not None, "the worker's first heartbeat")
            for path in LOOKED_AT:
                _look(port, path, cookie)
            sessions = {"web": web, "worker": worker}
            before = sum(memory_now(sessions).values())
            with watched(sessions) as peaks, _somebody_looks(port, cookie) as looks:
                _release()
                _wait_until(lambda: _is_sent(size.count), "the bulletin")
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


def _look(port: int, path: str, cookie: str = "") -> None:
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers={"Cookie": cookie})
    with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310 - the loopback
        must(answer.status == 200 and "/login/" not in answer.url, f"{path} was not answered")
        answer.read()


def _answers(port: int) -> bool:
    try:
        _look(port, LOOKED_AT[0])
    except OSError:
        return False
    return True


@contextmanager
def _somebody_looks(port: int, cookie: str) -> Iterator[list[str]]:
    """Two people who open page after page; gives what they have seen."""
    seen: list[str] = []
    over = threading.Event()

    def look() -> None:
        while not over.is_set():
            for path in LOOKED_AT:
                _look(port, path, cookie)
                seen.append(path)
            time.sleep(0.2)

    people = [threading.Thread(target=look, daemon=True) for _person in range(2)]
    for person in people:
        person.start()
    try:
        yield seen
    finally:
        over.set()
        for person in people:
            person.join()


@contextmanager
def _running(environment: dict[str, str], module: str, *arguments: str) -> Iterator[int]:
    """A program in a session of its own, ended with its children; gives the session's id."""
    process = subprocess.Popen(
        [sys.executable, "-m", module, *arguments],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield process.pid
    finally:
        process.terminate()
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            pass
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        process.wait()


def _wait_until(true: Callable[[], bool], words: str) -> None:
    end = time.monotonic() + PATIENCE
    while not true():
        if time.monotonic() > end:
            raise NotDone(f"{words} took longer than {PATIENCE:.0f} s")
        time.sleep(0.1)


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


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
