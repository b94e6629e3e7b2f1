"""Workers killed in mid-delivery: nobody is missed, and who gets two gets the same message twice."""

from __future__ import annotations

import os
import random
import sqlite3
import subprocess
import sys
import time
from collections import Counter

import pytest

from .smtp_server import running_server

LETTERS, KILLS, WORKERS, CONNECTIONS, GROUP = 400, 8, 2, 2, 32


def start(environment: dict[str, str], *arguments: str) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.mailing.crash_worker", *arguments],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )


@pytest.mark.slow
@pytest.mark.promise("P050", "P051")
def test_killed_workers_miss_nobody_and_repeat_only_the_same_message(tmp_path):
    chance = random.Random(214)  # noqa: S311 - when to kill, nothing secret
    with running_server() as postbox:
        postbox.seconds_a_message = 0.02
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.mailing.crash_settings",
            "CRASH_DATABASE": str(tmp_path / "crash.sqlite3"),
            "CRASH_PORT": str(postbox.port),
        }
        writer = start(environment, "write", str(LETTERS))
        writer.communicate(timeout=120)
        assert writer.returncode == 0
        workers = [start(environment, "send") for _worker in range(WORKERS)]
        for _kill in range(KILLS):
            victim = workers.pop(0)
            victim.stdout.readline()
            time.sleep(chance.uniform(0.05, 0.4))
            victim.kill()
            victim.communicate()
            workers.append(start(environment, "send"))
        for worker in workers:
            worker.communicate(timeout=120)
        taken = list(postbox.taken)
        ids = {
            (recipient, message["Message-ID"])
            for recipient, message in zip(postbox.recipients, postbox.messages(), strict=True)
        }
    times = Counter(recipient for recipient, _data in taken)
    doubles = sum(times.values()) - len(times)
    sys.stdout.write(f"{doubles} of {LETTERS} messages doubled by {KILLS} kills\n")
    assert len(times) == LETTERS
    assert len(ids) == LETTERS
    assert len(set(taken)) == LETTERS
    assert doubles <= KILLS * CONNECTIONS * GROUP
    with sqlite3.connect(tmp_path / "crash.sqlite3") as database:
        states = dict(database.execute("SELECT state, COUNT(*) FROM nums_wagtail_letter GROUP BY state"))
    database.close()
    assert states == {"sent": LETTERS}
