"""The one way to a PDF: hands HTML to a child process and takes a tagged PDF back.

The child has no settings, no secrets, no network and no file to write; it serves our own assets from memory
and ends after use. Starting one takes about a second, so several documents share a ``PdfPrinter``.
"""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from threading import Timer
from types import TracebackType
from typing import IO

from . import child
from .assets import load_assets
from .exceptions import LIMIT_WORDS, PdfFailed, PdfUnavailable

__all__ = ["PdfFailed", "PdfPrinter", "PdfUnavailable", "Printable", "is_available", "render_many", "render_pdf"]

#: Seconds that one document may take, the start of the child included.
TIMEOUT_SECONDS = 60.0
#: Address space of the child in MiB. A hundred pages of plain text stay below 200.
MEMORY_MIB = 512

#: What the child keeps of the environment. Keys and passwords live there, so this is a list of what passes.
_PASSED_ON = (
    "PATH",
    "HOME",
    "LANG",
    "LC_ALL",
    "LD_LIBRARY_PATH",
    "DYLD_LIBRARY_PATH",
    "DYLD_FALLBACK_LIBRARY_PATH",
    "FONTCONFIG_FILE",
    "FONTCONFIG_PATH",
    "XDG_CACHE_HOME",
    "XDG_CONFIG_HOME",
    "XDG_DATA_HOME",
    "SYSTEMROOT",
    "WEASYPRINT_DLL_DIRECTORIES",
)


@dataclass(frozen=True, repr=False)
class Printable:
    """One document to print. ``title`` shows in the reader's window bar, so it should be neutral."""

    html: str
    title: str
    lang: str = "en"


def _python() -> str:
    """The interpreter; under uWSGI or mod_wsgi ``sys.executable`` is the server."""
    if "python" in Path(sys.executable or "").name.lower():
        return sys.executable
    return str(Path(sys.prefix) / "bin" / "python3")


class PdfPrinter:
    """Keeps one child alive for several documents; use it as a context manager.

    A child that fails a limit is ended and the next document gets a fresh one.
    """

    def __init__(self, *, timeout: float = TIMEOUT_SECONDS, memory_mib: int = MEMORY_MIB) -> None:
        self._timeout = timeout
        self._memory = memory_mib * 1024 * 1024
        self._process: subprocess.Popen[bytes] | None = None
        self._greeted = False

    def __enter__(self) -> PdfPrinter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def render(self, html: str, *, title: str, lang: str = "en") -> bytes:
        """A PDF/UA-1 file. Raises PdfUnavailable without native libraries, PdfFailed for this document."""
        job = json.dumps({"html": html, "title": title, "lang": lang}).encode()
        return self._guarded(job)

    def start(self) -> None:
        """Start the child now. Raises PdfUnavailable when it cannot load its libraries."""
        self._guarded(None)

    def close(self) -> None:
        """End the child; does nothing when there is none."""
        process, self._process = self._process, None
        self._greeted = False
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

    def _guarded(self, job: bytes | None) -> bytes:
        """Everything with the child, under one clock that kills it."""
        process = self._process or self._spawn()
        self._process = process
        late: list[bool] = []

        def stop() -> None:
            late.append(True)
            process.kill()

        clock = Timer(self._timeout, stop)
        clock.daemon = True
        clock.start()
        try:
            return self._exchange(process, job)
        except (OSError, EOFError):
            code = process.wait()
            self.close()
            if code == child.EXIT_LIBRARIES_MISSING:
                raise PdfUnavailable() from None
            if late:
                raise PdfFailed("pdf_too_slow", LIMIT_WORDS["pdf_too_slow"]) from None
            raise PdfFailed() from None
        finally:
            clock.cancel()

    def _exchange(self, process: subprocess.Popen[bytes], job: bytes | None) -> bytes:
        to_child, from_child = process.stdin, process.stdout
        if to_child is None or from_child is None:
            raise EOFError
        if not self._greeted:
            child.write_frame(to_child, self._greeting())
            _expect(from_child, child.READY)
            self._greeted = True
        if job is None:
            return b""
        child.write_frame(to_child, job)
        return _expect(from_child, child.DONE)

    def _greeting(self) -> bytes:
        assets = {name: (kind, base64.b64encode(body).decode()) for name, (kind, body) in load_assets().items()}
        return json.dumps({"path": sys.path, "memory": self._memory, "assets": assets}).encode()

    @staticmethod
    def _spawn() -> subprocess.Popen[bytes]:
        return subprocess.Popen(  # noqa: S603 - our own interpreter and our own file
            [_python(), "-I", "-B", str(Path(child.__file__))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={name: os.environ[name] for name in _PASSED_ON if name in os.environ},
        )


def _close_quietly(pipe: IO[bytes]) -> None:
    """Close a pipe whose other end is gone; what was still to be flushed no longer matters."""
    try:
        pipe.close()
    except OSError:
        return


def _expect(stream: IO[bytes], wanted: bytes) -> bytes:
    """The body of the child's answer. Raises PdfFailed when it says so and EOFError when it is gone."""
    frame = child.read_frame(stream)
    if not frame:
        raise EOFError
    status, body = frame[:1], frame[1:]
    if status == child.TOO_LARGE:
        raise PdfFailed("pdf_too_large", LIMIT_WORDS["pdf_too_large"])
    if status != wanted:
        raise PdfFailed()
    return body


def render_pdf(html: str, *, title: str, lang: str = "en") -> bytes:
    """One document, one child. Raises PdfUnavailable or PdfFailed, neither with anything of the document."""
    with PdfPrinter() as printer:
        return printer.render(html, title=title, lang=lang)


def render_many(documents: Iterable[Printable]) -> list[bytes]:
    """Several documents through one child, in their order. The first that fails raises."""
    with PdfPrinter() as printer:
        return [printer.render(item.html, title=item.title, lang=item.lang) for item in documents]


@cache
def is_available() -> bool:
    """Whether PDFs can be made on this machine; asks a child once for the life of the process."""
    try:
        with PdfPrinter() as printer:
            printer.start()
    except (PdfUnavailable, PdfFailed):
        return False
    return True
