"""Programs that the road is walked with: a Redis of its own, a cluster of django-q2, and when it has nothing to do."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import redis
from django.db import connection
from django_q.brokers import get_broker

from nums_wagtail.bulletins.models import Bulletin, Delivery
from nums_wagtail.bulletins.stopping import OPEN
from nums_wagtail.mailing.models import Letter
from nums_wagtail.members.models import Knock
from nums_wagtail.reports.models import Report

#: Longest that anything here may take; reached only when something is broken.
PATIENCE = 120.0


def wait_until(true: Callable[[], bool], words: str, *, seconds: float = PATIENCE) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, f"{words} took longer than {seconds:.0f} s"
        time.sleep(0.1)


@contextmanager
def running_redis(folder: Path) -> Iterator[str]:
    """The address of a Redis that keeps nothing, for as long as the block runs."""
    program = shutil.which("redis-server")
    assert program, "redis-server is missing (Debian: apt-get install redis-server)"
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = ["--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", str(folder)]
    process = subprocess.Popen([program, *options], stdout=subprocess.DEVNULL)
    address = f"redis://127.0.0.1:{port}/0"
    try:
        wait_until(lambda: process.poll() is not None or _answers(address), "Redis' start")
        assert process.poll() is None, "Redis did not start"
        yield address
    finally:
        process.terminate()
        process.wait(30)


def _answers(address: str) -> bool:
    with redis.from_url(address) as client:
        try:
            return bool(client.ping())
        except redis.ConnectionError:
            return False


@contextmanager
def running_cluster(*, redis_address: str, smtp_port: int, log: Path) -> Iterator[int]:
    """A cluster in a process of its own on this test's database; gives its process id."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.road.cluster_settings",
        "PGDATABASE": str(connection.settings_dict["NAME"]),
        "ROAD_REDIS": redis_address,
        "ROAD_SMTP_PORT": str(smtp_port),
    }
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "django", "qcluster"],
            env=environment,
            stdout=out,
            stderr=out,
            start_new_session=True,
        )
        try:
            yield process.pid
        finally:
            process.terminate()
            try:
                process.wait(30)
            finally:
                # As KillMode=control-group does: its children would outlive it.
                _end_group(process.pid)


def _end_group(pid: int) -> None:
    try:
        os.killpg(pid, signal.SIGKILL)
    except ProcessLookupError:
        return


def nothing_waits() -> bool:
    """Whether the queue is empty and every row that a task works on is finished."""
    return not (
        get_broker().queue_size()
        or Knock.objects.exists()
        or Report.objects.filter(tagged=False).exists()
        or Bulletin.objects.filter(state__in=OPEN).exists()
        or Delivery.objects.unfinished().exists()
        or Letter.objects.unfinished().exists()
    )
