"""Quoted-printable bodies with places that are filled for each recipient after the encoding.

A body is cut at its places first and each piece is encoded alone, so that a soft line break can never fall
into a place. A value is joined in between two soft line breaks, which a reader's program takes out again:
no line grows past 76 characters (RFC 2045 section 6.7), whatever the value's length.
"""

from __future__ import annotations

import binascii
from collections.abc import Callable, Mapping
from dataclasses import dataclass

_SOFT_BREAK = b"=\r\n"
_LINE = 70


def encode(text: str) -> bytes:
    """Text as quoted-printable lines of at most 76 characters, ended by CRLF, in UTF-8."""
    unix = text.replace("\r\n", "\n").replace("\r", "\n")
    return binascii.b2a_qp(unix.encode(), istext=True).replace(b"\n", b"\r\n")


def encode_value(value: str) -> bytes:
    """One ASCII value without white space, broken softly into short lines."""
    pieces = [value[i : i + _LINE // 3] for i in range(0, len(value), _LINE // 3)]
    return _SOFT_BREAK.join(piece.encode("ascii").replace(b"=", b"=3D") for piece in pieces)


@dataclass(frozen=True)
class Body:
    """Encoded pieces of one text; ``places[i]`` names the value that follows ``pieces[i]``."""

    pieces: tuple[bytes, ...]
    places: tuple[str, ...]
    prepare: Callable[[str], str]

    @classmethod
    def of(cls, text: str, tokens: Mapping[str, str], prepare: Callable[[str], str] = str) -> Body:
        """Cut ``text`` at the tokens (token → name of the value) and encode what lies between.

        ``prepare`` fits a value for the text it lands in, such as escaping it for HTML.
        """
        pieces: list[bytes] = []
        places: list[str] = []
        rest = text if text.endswith("\n") else text + "\n"
        while found := [(rest.index(token), token) for token in tokens if token in rest]:
            at, token = min(found)
            pieces.append(encode(rest[:at]))
            places.append(tokens[token])
            rest = rest[at + len(token) :]
        pieces.append(encode(rest))
        return cls(tuple(pieces), tuple(places), prepare)

    def fill(self, values: Mapping[str, str]) -> bytes:
        """The body for one recipient. A place without a value stays empty."""
        if not self.places:
            return self.pieces[0]
        parts = [self.pieces[0]]
        for place, piece in zip(self.places, self.pieces[1:], strict=True):
            encoded = encode_value(self.prepare(values.get(place, "")))
            parts += (_SOFT_BREAK, encoded, _SOFT_BREAK, piece)
        return b"".join(parts)
