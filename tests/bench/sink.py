"""A mail server that takes everything and counts: postfix's own load generator's other end, ``smtp-sink``."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .frame import NotDone

#: Where packagers put it; it is rarely on the path.
PLACES = ("/usr/sbin", "/usr/libexec/postfix", "/usr/lib/postfix/sbin", "/usr/local/sbin")
_COUNTERS = re.compile(rb"sess=(\d+) quit=(\d+) mesg=(\d+)")


class Sink:
    """A running sink. ``messages`` counts what it took so far."""

    def __init__(self, port: int, counters: Path) -> None:
        self.port = port
        self._counters = counters

    @property
    def messages(self) -> int:
        found = _COUNTERS.findall(self._counters.read_bytes())
        return int(found[-1][2]) if found else 0

    def messages_of(self, wanted: int) -> int:
        """The count once ``wanted`` have come, or after a moment in which no more did."""
        for _moment in range(50):
            if self.messages >= wanted:
                break
            time.sleep(0.02)
        return self.messages


def find_sink() -> str:
    """The program. Raises NotDone, which names what to install."""
    found = shutil.which("smtp-sink", path=os.pathsep.join((os.environ.get("PATH", ""), *PLACES)))
    if found is None:
        raise NotDone("smtp-sink is missing: install postfix (Debian: apt-get install postfix)")
    return found


@contextmanager
def running_sink() -> Iterator[Sink]:
    """A sink on a free port of the loopback for as long as the block runs."""
    program = find_sink()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    as_nobody = ["-u", "nobody"] if os.geteuid() == 0 else []
    with tempfile.TemporaryDirectory() as folder:
        counters = Path(folder) / "counters"
        with counters.open("wb") as out:
            process = subprocess.Popen([program, "-c", *as_nobody, f"127.0.0.1:{port}", "100"], stdout=out)
        try:
            _wait_for(port, process)
            yield Sink(port, counters)
        finally:
            process.terminate()
            process.wait()


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    for _moment in range(200):
        if process.poll() is not None:
            break
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise NotDone("smtp-sink did not start")
