"""PDFs that anybody may ask for: one at a time, so that a crowd cannot fill the memory of a small machine.

What the team and the worker print goes through ``pdf`` and waits for nobody.
"""

from __future__ import annotations

from threading import BoundedSemaphore

from .exceptions import PdfBusy
from .pdf import render_pdf

#: Seconds that somebody waits for those before them, and that one document may take.
WAIT_SECONDS = 15.0

_turn = BoundedSemaphore(1)


def print_in_turn(html: str, *, title: str, lang: str = "en") -> bytes:
    """One document as soon as nobody else prints in this process.

    Raises PdfBusy when others take too long, PdfUnavailable and PdfFailed as ``render_pdf`` does.
    """
    if not _turn.acquire(timeout=WAIT_SECONDS):
        raise PdfBusy()
    try:
        return render_pdf(html, title=title, lang=lang)
    finally:
        _turn.release()
