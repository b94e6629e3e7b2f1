"""What a person reads of a page, of a mail, of a paper: the text and what screen readers say, piece by piece."""

from __future__ import annotations

import re
from html.parser import HTMLParser

#: Attributes that somebody reads or hears.
SAID = ("title", "aria-label", "alt", "placeholder", "aria-description")
_SILENT = {"script", "style", "template", "noscript"}


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self._silent = 0
        #: The element that says of itself that it is not translated, as the words of a receipt do.
        self._as_it_is = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if given.get("translate") == "no" and not self._as_it_is:
            self._as_it_is = tag
        self._silent += tag in _SILENT
        self.pieces += [given[name] or "" for name in SAID if given.get(name)]
        if tag == "input" and given.get("type") in ("submit", "button"):
            self.pieces.append(given.get("value") or "")

    def handle_endtag(self, tag: str) -> None:
        if tag == self._as_it_is:
            self._as_it_is = ""
        self._silent -= tag in _SILENT

    def handle_data(self, data: str) -> None:
        if not self._silent and not self._as_it_is:
            self.pieces.append(data)


def pieces(text: str) -> list[str]:
    """The texts of a page in order, each with its spaces drawn together; of plain text its lines."""
    if "<" not in text:
        return [line.strip() for line in text.splitlines() if line.strip()]
    reader = _Reader()
    reader.feed(text)
    return [words for piece in reader.pieces if (words := re.sub(r"\s+", " ", piece).strip())]


def untranslated(piece: str, allowed: re.Pattern[str]) -> str:
    """What is left of a piece without its translated parts, numbers and what may stand as it is."""
    left = allowed.sub(" ", _without_translated(piece))
    return " ".join(re.findall(r"[A-Za-z][A-Za-z'’-]+", left))


def _without_translated(piece: str) -> str:
    """Everything in brackets goes, inner ones first: a translated text may hold another."""
    while True:
        shorter = re.sub(r"⟦[^⟦⟧]*⟧", " ", piece)
        if shorter == piece:
            return shorter
        piece = shorter
