"""The child process that turns HTML into PDF. The only module that imports WeasyPrint.

Run as a file, never imported by the host: it uses the standard library and WeasyPrint, no Django, no settings
and no secrets. It speaks frames (four bytes of length, then the bytes) on standard input and output: first a
greeting with assets and limits, then one frame of JSON a document, each answered by one byte of status and the
PDF. It ends when its input ends. Nothing that stood in a document is ever logged or reported.
"""

from __future__ import annotations

import base64
import json
import logging
import os
import struct
import sys
import tempfile
from collections.abc import Mapping
from typing import IO, Any

READY = b"R"
DONE = b"P"
FAILED = b"E"
TOO_LARGE = b"M"

#: Exit code that says: WeasyPrint or a native library it needs cannot be loaded.
EXIT_LIBRARIES_MISSING = 78

#: Scheme of our own assets in HTML and CSS: ``nums:print.css``.
ASSET_SCHEME = "nums:"

#: What the child may never do once WeasyPrint is loaded, whatever a document asks for.
_REFUSED_EVENTS = ("socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.fork", "ftplib.")


def read_frame(stream: IO[bytes]) -> bytes | None:
    """The next frame, or None at the end of the stream."""
    head = stream.read(4)
    if len(head) < 4:
        return None
    (size,) = struct.unpack(">I", head)
    body = stream.read(size)
    return body if len(body) == size else None


def write_frame(stream: IO[bytes], body: bytes) -> None:
    stream.write(struct.pack(">I", len(body)) + body)
    stream.flush()


def _take_limits(memory: int) -> None:
    """Bound memory, write no file and no core dump: a document is clear text."""
    try:
        import resource
    except ImportError:  # not on Windows, where the timeout alone holds
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _refuse_the_outside(event: str, args: tuple[Any, ...]) -> None:
    if event.startswith(_REFUSED_EVENTS):
        raise PermissionError("The PDF child reaches nothing outside itself.")


def _make_fetcher(assets: Mapping[str, tuple[str, bytes]]) -> Any:
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class OwnAssetsOnly(URLFetcher):
        """Answers our own assets from memory and refuses every other address, local files among them."""

        def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> Any:
            found = assets.get(url.removeprefix(ASSET_SCHEME)) if url.startswith(ASSET_SCHEME) else None
            if found is None:
                raise ValueError("Only the scheme's own assets are served.")
            kind, body = found
            return URLFetcherResponse(url, body, {"Content-Type": kind})

    return OwnAssetsOnly(allowed_protocols=(), allow_redirects=False)


def _forget_the_maker(document: Any, pdf: Any) -> None:
    """Put a neutral producer where WeasyPrint's name and version stand, in the info and in the XMP stream."""
    import pydyf
    import weasyprint

    pdf.info["Producer"] = pydyf.String("PDF")
    maker = f"WeasyPrint {weasyprint.__version__}".encode()
    for item in pdf.objects:
        if isinstance(item, pydyf.Stream) and item.extra.get("Type") == "/Metadata":
            item.stream = [part.replace(maker, b"PDF") for part in item.stream]


def render(job: Mapping[str, str], fetcher: Any) -> bytes:
    """One tagged PDF. Title and language are the caller's; author, dates and attachments are none."""
    from weasyprint import HTML
    from weasyprint.pdf.metadata import DocumentMetadata

    document = HTML(string=job["html"], url_fetcher=fetcher).render(pdf_variant="pdf/ua-1")
    document.metadata = DocumentMetadata(title=job["title"], lang=job["lang"])
    pdf: bytes = document.write_pdf(pdf_variant="pdf/ua-1", finisher=_forget_the_maker)
    return pdf


def answer(job: Mapping[str, str], fetcher: Any) -> bytes:
    try:
        return DONE + render(job, fetcher)
    except MemoryError:
        return TOO_LARGE
    except Exception:  # noqa: BLE001 - its text may quote the document
        return FAILED


def main() -> int:
    # WeasyPrint prints when a library is missing: keep our end of the pipe for frames alone.
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    source = sys.stdin.buffer
    greeting = read_frame(source)
    if greeting is None:
        return 0
    hello = json.loads(greeting)
    sys.path[:] = hello["path"]
    logging.disable(logging.CRITICAL)
    tempfile.gettempdir()  # finds the folder by writing to it, so it must come before the limits
    _take_limits(hello["memory"])
    try:
        import weasyprint  # noqa: F401
    except (ImportError, OSError):
        return EXIT_LIBRARIES_MISSING
    fetcher = _make_fetcher(
        {name: (kind, base64.b64decode(body)) for name, (kind, body) in hello["assets"].items()}
    )
    sys.addaudithook(_refuse_the_outside)
    write_frame(out, READY)
    while (frame := read_frame(source)) is not None:
        write_frame(out, answer(json.loads(frame), fetcher))
    return 0


if __name__ == "__main__":
    sys.exit(main())
