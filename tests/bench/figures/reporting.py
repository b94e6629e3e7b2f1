"""Twenty people who report at once while a bulletin goes out, and how soon the form begins to arrive."""

from __future__ import annotations

import http.client
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter
from typing import Any
from urllib.parse import urlencode

from tests.bench.bulletins import readers, release_alert
from tests.bench.clock import percentile
from tests.bench.frame import Benchmark, Measured, Size, must
from tests.bench.running import free_port, look, running, wait_until
from tests.bench.sink import running_sink

AT_ONCE = 20
#: Readers of the bulletin that goes out meanwhile.
READERS = 1_000
FORM, EMPTY_PAGE = "/form/", "/"


def web_server(port: int) -> tuple[str, ...]:
    """As docs/operations.md says for a site where many may report at once."""
    return ("example_site.wsgi", "--bind", f"127.0.0.1:{port}", "--workers", "2")


def a_thousand_readers(_count: int) -> None:
    readers(READERS)


def reporting(size: Size) -> Measured:
    from nums_wagtail.mailing.worker_state import last_beat

    with running_sink() as sink:
        environment = {**os.environ, "BENCH_SMTP_PORT": str(sink.port)}
        port = free_port()
        with (
            running(environment, "gunicorn", *web_server(port)),
            running(environment, "django", "qcluster", nice=10),
        ):
            wait_until(lambda: _opens(port, FORM) and _opens(port, EMPTY_PAGE), "the web server's start")
            wait_until(lambda: last_beat() is not None, "the worker's first heartbeat")
            bare = _together(size.count, lambda _number: _get(port, EMPTY_PAGE))
            states, first = _states(size.count), _states(2 * AT_ONCE)
            # A web process is slow once, while it loads what it needs.
            _together(len(first), lambda number: _post(port, first[number]))
            with _bulletins_going_out() as released:
                began = perf_counter()
                ours = _together(size.count, lambda number: _post(port, states[number]))
                seconds = perf_counter() - began
            wait_until(lambda: _gone_out() == len(released), "the last bulletin")
        mails = READERS * len(released)
        taken = sink.messages_of(mails)
    must(taken == mails, f"the sink took {taken} of {mails} messages")
    _prove([*first, *states])
    return Measured(
        percentile(ours, 0.95) * 1000,
        percentile(bare, 0.95) * 1000,
        0,
        {
            "p50": percentile(ours, 0.5) * 1000,
            "per_second": size.count / seconds,
            "lost": 0,
            "bulletins": len(released),
        },
    )


def first_byte(size: Size) -> Measured:
    port = free_port()
    with running(dict(os.environ), "gunicorn", *web_server(port)):
        wait_until(lambda: _opens(port, FORM) and _opens(port, EMPTY_PAGE), "the web server's start")
        ours, bare = [], []
        for _number in range(size.count):
            bare.append(_get(port, EMPTY_PAGE))
            ours.append(_get(port, FORM))
    return Measured(
        percentile(ours, 0.5) * 1000,
        percentile(bare, 0.5) * 1000,
        0,
        {"p95": percentile(ours, 0.95) * 1000, "against_p95": percentile(bare, 0.95) * 1000},
    )


def _opens(port: int, path: str) -> bool:
    try:
        look(port, path)
    except OSError:
        return False
    return True


def _get(port: int, path: str) -> float:
    """Seconds until the first byte of the answer."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    began = perf_counter()
    connection.request("GET", path)
    answer = connection.getresponse()
    seconds = perf_counter() - began
    must(answer.status == 200 and len(answer.read()) > 500, f"{path} was not answered")
    connection.close()
    return seconds


def _post(port: int, told: dict[str, str]) -> float:
    """Seconds from sending a report to the whole page with its receipt."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    began = perf_counter()
    connection.request("POST", "/n/send/", urlencode(told), {"Content-Type": "application/x-www-form-urlencoded"})
    answer = connection.getresponse()
    page = answer.read()
    seconds = perf_counter() - began
    must(answer.status == 200 and b"nums-receipt" in page, "a report got no receipt")
    connection.close()
    return seconds


def _together(count: int, work: Any) -> list[float]:
    """The work ``count`` times by twenty people, each one after another; what each time took."""
    numbers = iter(range(count))
    lock, taken, wrong = threading.Lock(), [], []

    def person() -> None:
        while not wrong:
            with lock:
                number = next(numbers, None)
            if number is None:
                return
            try:
                seconds = work(number)
            except Exception as error:  # noqa: BLE001 - told below, where it ends the round
                wrong.append(error)
                return
            taken.append(seconds)

    people = [threading.Thread(target=person) for _person in range(AT_ONCE)]
    for one in people:
        one.start()
    for one in people:
        one.join()
    if wrong:
        raise wrong[0]
    must(len(taken) == count, "not everybody was answered")
    return taken


def _states(count: int) -> list[dict[str, str]]:
    from nums_wagtail.reports.form_state import Showing

    return [
        {"state": Showing(None).seal(), "q-what_happened": f"Number {number}: he drove on. " * 12, "send": "warn"}
        for number in range(count)
    ]


def _release() -> None:
    from django.conf import settings
    from django.test import override_settings

    with override_settings(NUMS_WAGTAIL={**settings.NUMS_WAGTAIL, "UNDO_SECONDS": 0}):
        release_alert()


@contextmanager
def _bulletins_going_out() -> Iterator[list[int]]:
    """One bulletin after another, from before the block begins until it ends; yields a number for each."""
    released, over, failed = [1], threading.Event(), []
    _release()

    def releasing() -> None:
        from django.db import connection

        try:
            while not over.is_set():
                # Released while the former one is still on its way, so that there is no pause.
                if _mails_left() < READERS // 2 and _bulletins() == len(released):
                    released.append(len(released) + 1)
                    _release()
                time.sleep(0.1)
        except Exception as error:  # noqa: BLE001 - told below, where it ends the round
            failed.append(error)
        finally:
            connection.close()

    wait_until(_is_going_out, "the first mail of the bulletin")
    thread = threading.Thread(target=releasing)
    thread.start()
    try:
        yield released
    finally:
        over.set()
        thread.join()
    if failed:
        raise failed[0]


def _is_going_out() -> bool:
    from nums_wagtail.bulletins.models import Delivery
    from nums_wagtail.mailing.models import RowState

    return Delivery.objects.filter(state=RowState.SENT).exists() or _gone_out() > 0


def _bulletins() -> int:
    """How many were compiled."""
    from nums_wagtail.bulletins.models import Bulletin

    return Bulletin.objects.filter(deliveries__isnull=False).distinct().count()


def _mails_left() -> int:
    from nums_wagtail.bulletins.models import Delivery
    from nums_wagtail.mailing.models import RowState

    return Delivery.objects.filter(state=RowState.WAITING).count()


def _gone_out() -> int:
    from nums_wagtail.bulletins.models import Bulletin

    return Bulletin.objects.filter(state=Bulletin.State.SENT, reached=READERS).count()


def _prove(states: list[dict[str, str]]) -> None:
    """None is lost: each form that was sent is one report, opened by the receipt that its page carried."""
    from nums_wagtail.reports import access, documents
    from nums_wagtail.reports.form_state import read_state
    from nums_wagtail.reports.models import Report

    must(Report.objects.count() == len(states), "a report was lost, or is there twice")
    for told in states:
        found = access.find_by_receipt(read_state(told["state"]).showing.receipt)
        must(found is not None, "a receipt opens nothing")
        holder, report = found
        said = documents.open_versions(report, holder)[-1].value("what_happened")
        must(said == told["q-what_happened"].strip(), "a report says something else than was sent")


BENCHMARKS = (
    Benchmark(
        name="reporting",
        unit="ms",
        baseline="an almost empty Wagtail page opened by as many at once",
        sizes=(Size(100), Size(1_000)),
        measure=reporting,
        fill=a_thousand_readers,
        rounds=1,
    ),
    Benchmark(
        name="first-byte",
        unit="ms",
        baseline="an almost empty Wagtail page",
        sizes=(Size(100), Size(500)),
        measure=first_byte,
        rounds=1,
    ),
)
