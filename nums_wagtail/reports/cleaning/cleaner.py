"""Hands files to the child that makes them harmless, and takes back harmless ones or reasons. Parent's side.

One child serves one reporter and ends: a hostile file that got hold of it meets nobody else's.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from threading import BoundedSemaphore, Timer
from types import TracebackType
from typing import IO

from django.views.decorators.debug import sensitive_variables

from nums_wagtail.conf import nums_settings

from . import child
from .kinds import TYPES, Clean, Unfit

#: Seconds that one file may take by the clock on the wall, the start of the child included, and of processor time.
TIMEOUT_SECONDS = 40.0
CPU_SECONDS = 20
#: Address space of the child in MiB: the largest picture, opened and shrunk, stays below.
MEMORY_MIB = 768
#: Children that one process of ours keeps at once; whoever comes then waits, and loses nothing.
AT_ONCE = 2

#: Not now is the one reason that is not the file's fault.
NOT_NOW = "not_now"

#: What the child keeps of the environment. Keys and passwords live there, so this is a list of what passes.
_PASSED_ON = ("PATH", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "SYSTEMROOT")

_places = BoundedSemaphore(AT_ONCE)


class Cleaner:
    """Keeps one child alive for the files of one reporter; use it as a context manager.

    A child that fails a limit is ended, and the next file gets a fresh one.
    """

    def __init__(
        self, *, timeout: float = TIMEOUT_SECONDS, seconds: int = CPU_SECONDS, memory_mib: int = MEMORY_MIB
    ) -> None:
        self._timeout = timeout
        self._seconds = seconds
        self._memory = memory_mib * 1024 * 1024
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Cleaner:
        _places.acquire()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self.close()
        finally:
            _places.release()

    def clean(self, content: bytes) -> Clean:
        """A harmless file of the same kind. Raises Unfit with the reason, and nothing else."""
        return self._guarded({"pages": nums_settings().reports.EVIDENCE_PDF_PAGES}, content)

    def block_out(self, content: bytes, boxes: Sequence[tuple[int, int, int, int]]) -> Clean:
        """A picture with each box (left, top, right, bottom in pixels) painted over. Raises Unfit."""
        return self._guarded({"boxes": [list(box) for box in boxes]}, content)

    def close(self) -> None:
        """End the child; does nothing when there is none."""
        process, self._process = self._process, None
        if process is None:
            return
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                _close_quietly(pipe)
        try:
            process.wait(timeout=2)  # it ends when its input does
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    @sensitive_variables()
    def _guarded(self, job: dict[str, object], content: bytes) -> Clean:
        """Everything with the child, under one clock that kills it."""
        try:
            process, fresh = self._process, False
            if process is None:
                process, fresh = self._spawn(), True
        except OSError:
            raise Unfit(NOT_NOW) from None
        self._process = process
        started = not fresh
        clock = Timer(self._timeout, process.kill)
        clock.daemon = True
        clock.start()
        try:
            if fresh:
                _greet(process, self._memory, self._seconds)
                started = True
            return _exchange(process, job, content)
        except (OSError, EOFError, ValueError):
            self.close()
            # A child that never came up says nothing about the file; one that died at it does.
            raise Unfit("too_hard" if started else NOT_NOW) from None
        finally:
            clock.cancel()

    @staticmethod
    def _spawn() -> subprocess.Popen[bytes]:
        return subprocess.Popen(  # noqa: S603 - our own interpreter and our own file
            [_python(), "-I", "-B", str(Path(child.__file__))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd="/" if os.name == "posix" else None,
            env={name: os.environ[name] for name in _PASSED_ON if name in os.environ},
        )


def _python() -> str:
    """The interpreter; under uWSGI or mod_wsgi ``sys.executable`` is the server."""
    if "python" in Path(sys.executable or "").name.lower():
        return sys.executable
    return str(Path(sys.prefix) / "bin" / "python3")


def _pipes(process: subprocess.Popen[bytes]) -> tuple[IO[bytes], IO[bytes]]:
    if process.stdin is None or process.stdout is None:
        raise EOFError
    return process.stdin, process.stdout


def _frame(stream: IO[bytes]) -> bytes:
    frame = child.read_frame(stream)
    if frame is None:
        raise EOFError
    return frame


def _greet(process: subprocess.Popen[bytes], memory: int, seconds: int) -> None:
    to_child, from_child = _pipes(process)
    path = [str(Path(entry).absolute()) for entry in sys.path]
    hello = {"path": path, "memory": memory, "seconds": seconds}
    child.write_frame(to_child, json.dumps(hello).encode())
    _frame(from_child)


def _exchange(process: subprocess.Popen[bytes], job: dict[str, object], content: bytes) -> Clean:
    to_child, from_child = _pipes(process)
    child.write_frame(to_child, json.dumps(job).encode())
    child.write_frame(to_child, content)
    answer, clean = json.loads(_frame(from_child)), _frame(from_child)
    if "refused" in answer:
        raise Unfit(str(answer["refused"]))
    # The child saw a hostile file: believe nothing it says beyond our own list, and counts.
    if answer.get("type") not in TYPES or not clean:
        raise ValueError
    facts = {str(key): value for key, value in answer.get("facts", {}).items() if isinstance(value, int)}
    return Clean(clean, answer["type"], facts)


def _close_quietly(pipe: IO[bytes]) -> None:
    """Close a pipe whose other end is gone; what was still to be flushed no longer matters."""
    try:
        pipe.close()
    except OSError:
        return
