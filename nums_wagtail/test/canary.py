"""Looks for planted words in bytes: a table, a log, a mail, a cache file, an answer.

A raw search would give a false pass, because words are stored encoded, packed and nested. Each layer takes off
one encoding and gives the pieces that stood in it; what comes out is searched, and unpacked again.
"""

from __future__ import annotations

import base64
import html
import quopri
import re
import secrets
import zlib
from collections.abc import Callable, Iterable, Iterator
from typing import Any
from urllib.parse import unquote_to_bytes

#: Layers of encoding that are taken off, one inside the other.
DEPTH = 4
#: Bytes on both sides of an escape that belong to its piece; longer words are not planted.
MARGIN = 400
#: Most bytes that one packed stream may grow to.
MOST_BYTES = 8_000_000

#: Bytes of a needle by which needles are told apart first.
BEGINNING = 3

ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "latin-1")

Layer = Callable[[bytes], Iterator[bytes]]


def new_words(prefix: str = "cnr") -> str:
    """A word that stands nowhere by chance: lower-case letters only, so that it goes through any field."""
    return prefix + "".join(secrets.choice("abcdefghijklmnopqrstuvwxyz") for _letter in range(14))


def scan(data: bytes, words: Iterable[str]) -> dict[str, set[str]]:
    """Each of ``words`` that stands in ``data`` → the ways it was found, such as ``base64 > packed > utf-8``.

    Letter case does not matter.
    """
    needles = _needles(words)
    found: dict[str, set[str]] = {}
    seen: set[bytes] = set()
    waiting: list[tuple[bytes, tuple[str, ...]]] = [(data, ())]
    while waiting:
        here, way = waiting.pop()
        lower = here.lower()
        for beginning, begun_so in needles.items():
            for word, name, needle in begun_so if beginning in lower else ():
                if needle in lower:
                    found.setdefault(word, set()).add(" > ".join((*way, name)))
        if len(way) < DEPTH:
            for layer, take_off in _after(way).items():
                fresh = [piece for piece in take_off(here) if piece not in seen and piece]
                seen.update(fresh)
                if fresh:
                    waiting.append((b"\0\n\0".join(fresh), (*way, layer)))
    return found


def finds(word: str, data: bytes) -> bool:
    """Whether ``word`` stands in ``data``, however it is encoded."""
    return word in scan(data, [word])


def assert_no_canary(response: Any, *words: str) -> None:
    """No canary in this response: neither in its body nor in its headers. Takes any response of Django's."""
    body = response.getvalue() if getattr(response, "streaming", False) else response.content
    head = "\n".join(f"{name}: {value}" for name, value in response.headers.items())
    cookies = response.cookies.output() if getattr(response, "cookies", None) else ""
    found = scan(b"\0".join((body, head.encode(), cookies.encode())), words)
    if found:
        raise AssertionError(
            f"{len(found)} of the words stand in the answer: {sorted(map(sorted, found.values()))}"
        )


def _needles(words: Iterable[str]) -> dict[bytes, list[tuple[str, str, bytes]]]:
    """Word, encoding and bytes to look for, by how the bytes begin: many share that, and it is looked for once."""
    found: dict[bytes, list[tuple[str, str, bytes]]] = {}
    for word in words:
        for encoding in ENCODINGS:
            try:
                # ``bytes.lower`` is what the data goes through, too: it changes ASCII letters alone.
                needle = word.lower().encode(encoding).lower()
            except UnicodeEncodeError:
                continue
            if encoding != "latin-1" or not word.isascii():
                found.setdefault(needle[:BEGINNING], []).append((word, encoding, needle))
    return found


def _after(way: tuple[str, ...]) -> dict[str, Layer]:
    """What is taken off next. Ways to write letters lie in one order, since taking them off in another gives the
    same."""
    written = list(WRITTEN)
    first = written.index(way[-1]) if way and way[-1] in WRITTEN else 0
    return {**{layer: WRITTEN[layer] for layer in written[first:]}, **PACKED}


_HEX = re.compile(rb"(?:[0-9a-f]{2}){8,}[0-9a-f]?", re.I)
_BASE64 = re.compile(rb"[A-Za-z0-9+/_-]{12,}")
#: What breaks lines inside base64: as it is, and as a JSON string or a repr has it.
_BREAKS = re.compile(rb"\r?\n[ \t]?|\\r\\n|\\n")
_PLUS = re.compile(rb"(?<=[\w%.*-])\+(?=[\w%.*-])")
_PERCENT = re.compile(rb"%[0-9a-f]{2}", re.I)
_QUOTED = re.compile(rb"=(?:[0-9a-f]{2}|[ \t]*\r?\n)", re.I)
_ESCAPE = re.compile(
    rb"(?P<units>(?:\\+u[0-9a-fA-F]{4})+)|\\+U(?P<point>[0-9a-fA-F]{8})|\\+x(?P<byte>[0-9a-fA-F]{2})"
    rb"|&(?:\#[xX]?[0-9a-fA-F]{1,7}|[a-zA-Z]{2,8}[0-9]?);"
)
_PACKED = re.compile(rb"\x78[\x01\x5e\x9c\xda]|\x1f\x8b\x08", re.S)
#: zlib's own way to say: either header, zlib's or gzip's.
_ANY_HEADER = 32 + zlib.MAX_WBITS


def _from_hex(data: bytes) -> Iterator[bytes]:
    for run in _HEX.findall(data):
        for start in (0, 1):
            digits = run[start:]
            yield bytes.fromhex(digits[: len(digits) // 2 * 2].decode("ascii"))


def _from_base64(data: bytes) -> Iterator[bytes]:
    # A run may begin with what is no part of it, so each of the four alignments is tried.
    for text in {data, _BREAKS.sub(b"", data)}:
        for run in _BASE64.findall(text):
            plain = run.replace(b"-", b"+").replace(b"_", b"/")
            for start in range(4):
                part = plain[start:]
                if len(part) % 4 == 1:
                    part = part[:-1]
                yield base64.b64decode(part + b"=" * (-len(part) % 4))


def _around(data: bytes, pattern: re.Pattern[bytes]) -> Iterator[bytes]:
    """The stretches of ``data`` in which ``pattern`` stands, each with what is around it."""
    start = end = -1
    for match in pattern.finditer(data):
        if start < 0:
            start = max(0, match.start() - MARGIN)
        elif match.start() - MARGIN > end:
            yield data[start:end]
            start = max(0, match.start() - MARGIN)
        end = match.end() + MARGIN
    if start >= 0:
        yield data[start:end]


def _from_percent(data: bytes) -> Iterator[bytes]:
    for piece in _around(data, _PERCENT):
        yield unquote_to_bytes(piece)


def _from_form(data: bytes) -> Iterator[bytes]:
    """Of a form as browsers send it, in which a blank is a plus."""
    for piece in _around(data, _PLUS):
        yield unquote_to_bytes(piece.replace(b"+", b" "))


def _from_quoted(data: bytes) -> Iterator[bytes]:
    for piece in _around(data, _QUOTED):
        yield quopri.decodestring(piece)


def _from_escapes(data: bytes) -> Iterator[bytes]:
    """Of JSON (also inside JSON), of a repr, of HTML, of the oldest pickles."""
    for piece in _around(data, _ESCAPE):
        yield _ESCAPE.sub(_unescaped, piece)
        if not piece.isascii():
            # The oldest pickles write in Latin-1 what fits into it.
            yield _ESCAPE.sub(_unescaped, piece.decode("latin-1").encode())


def _unescaped(match: re.Match[bytes]) -> bytes:
    if match["byte"]:
        return bytes.fromhex(match["byte"].decode("ascii"))
    if match["point"]:
        number = int(match["point"], 16)
        return chr(number).encode("utf-8", "ignore") if number < 0x110000 else b""
    if match["units"]:
        # Together, because a character beyond the first 65,536 is two of them.
        units = re.sub(rb"\\+[uU]", b"", match["units"]).decode("ascii")
        return bytes.fromhex(units).decode("utf-16-be", "ignore").encode()
    return html.unescape(match.group().decode("ascii")).encode("utf-8", "ignore")


def _unpacked(data: bytes) -> Iterator[bytes]:
    for match in _PACKED.finditer(data):
        stream = zlib.decompressobj(_ANY_HEADER)
        try:
            # What was unpacked before a stream is cut off counts too.
            yield stream.decompress(data[match.start() : match.start() + MOST_BYTES], MOST_BYTES)
        except zlib.error:
            continue


#: Ways to write letters, in the order in which they lie around each other: a mail's lines first.
WRITTEN: dict[str, Layer] = {
    "quoted-printable": _from_quoted,
    "percent": _from_percent,
    "form": _from_form,
    "escapes": _from_escapes,
}
#: What holds other things, in any order.
PACKED: dict[str, Layer] = {"hex": _from_hex, "base64": _from_base64, "packed": _unpacked}
