"""A site whose web server and worker are processes of their own, and somebody who opens its pages."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from .frame import NotDone, must
from .results import ROOT

#: Seconds after which something must be broken.
PATIENCE = 180.0


def look(port: int, path: str, cookie: str = "") -> None:
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers={"Cookie": cookie})
    with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310 - the loopback
        must(answer.status == 200 and "/login/" not in answer.url, f"{path} was not answered")
        answer.read()


def answers(port: int) -> bool:
    try:
        look(port, "/form/")
    except OSError:
        return False
    return True


@contextmanager
def running(environment: dict[str, str], module: str, *arguments: str, nice: int = 0) -> Iterator[int]:
    """A program in a session of its own, ended with its children; gives the session's id.

    ``nice``: how far it steps back when others want the processor.
    """
    process = subprocess.Popen(
        ["nice", "-n", str(nice), sys.executable, "-m", module, *arguments],
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


def wait_until(true: Callable[[], bool], words: str) -> None:
    end = time.monotonic() + PATIENCE
    while not true():
        if time.monotonic() > end:
            raise NotDone(f"{words} took longer than {PATIENCE:.0f} s")
        time.sleep(0.1)


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
