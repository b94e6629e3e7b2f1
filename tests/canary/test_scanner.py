"""The scanner finds a word however it was written; a search that misses one encoding would pass for nothing."""

from __future__ import annotations

import base64
import gzip
import html
import json
import pickle
import quopri
import random
import zlib
from email.message import EmailMessage
from urllib.parse import quote, urlencode

import pytest
from django.core import signing
from django.http import HttpResponse
from django_q.signing import SignedPackage

from nums_wagtail.test.canary import assert_no_canary, finds, new_words, scan

pytestmark = pytest.mark.promise("P037")

PLAIN = "07700 900xqzvwkpt"
#: Umlaut, a letter of two UTF-16 units, a sign that HTML and percent-encoding write otherwise.
STRANGE = "Kün& 🐦tlich-öd"


def _noise(seed: int, count: int = 3000) -> bytes:
    return random.Random(seed).randbytes(count)  # noqa: S311 - to hide words in, nothing secret


def _percent(text: str) -> bytes:
    return "".join(f"%{byte:02X}" for byte in text.encode()).encode()


def _qp(text: str) -> bytes:
    """Broken in the middle of the word, as a long line of a mail is."""
    coded = quopri.encodestring(text.encode())
    return coded[:4] + b"=\r\n" + coded[4:]


def _mail(text: str, charset: str = "utf-8", cte: str = "base64") -> bytes:
    mail = EmailMessage()
    mail["Subject"] = text
    mail.set_content(f"Zwölf Boxkämpfer jagen: {text}\n", charset=charset, cte=cte)
    return mail.as_bytes()


def _in_lines(text: str) -> bytes:
    return base64.encodebytes(b"some words before it, so that a line ends inside of it: " * 2 + text.encode())


WAYS = {
    "utf-8": str.encode,
    "upper case": lambda text: text.upper().encode() if text.isascii() else text.encode(),
    "utf-16-le": lambda text: text.encode("utf-16-le"),
    "utf-16-be": lambda text: text.encode("utf-16-be"),
    "hex": lambda text: text.encode().hex().encode(),
    "upper hex of utf-16": lambda text: text.encode("utf-16-le").hex().upper().encode(),
    "hex with a digit before it": lambda text: b"a" + text.encode().hex().encode(),
    "bytea of pg_dump": lambda text: b"1\t\\\\x6e31" + text.encode().hex().encode() + b"\tf",
    **{
        f"base64, alignment {shift}": lambda text, shift=shift: base64.b64encode(b"\xff?~"[:shift] + text.encode())
        for shift in range(3)
    },
    **{
        f"urlsafe base64, alignment {shift}": lambda text, shift=shift: base64.urlsafe_b64encode(
            b"\xff\xfe"[:shift] + text.encode() + b"\xff\xfe\xfd"
        ).rstrip(b"=")
        for shift in range(3)
    },
    "base64 in lines": _in_lines,
    "base64 in lines inside json": lambda text: json.dumps(_in_lines(text).decode()).encode(),
    "base64 after a path": lambda text: b"/n/in/x" + base64.urlsafe_b64encode(text.encode()),
    "percent": lambda text: quote(text).encode(),
    "percent, every byte": _percent,
    "percent, small letters": lambda text: _percent(text).lower(),
    "percent twice": lambda text: quote(quote(text)).encode(),
    "form": lambda text: urlencode({"a": text}).encode(),
    "form in a form": lambda text: urlencode({"a": urlencode({"b": text})}).encode(),
    "quoted-printable": _qp,
    "mail in base64": _mail,
    "mail in quoted-printable": lambda text: _mail(text, cte="quoted-printable"),
    "json": lambda text: json.dumps({"a": text}).encode(),
    "json in json": lambda text: json.dumps(json.dumps(text)).encode(),
    "json, every letter": lambda text: "".join(
        f"\\u{unit:04X}" for unit in memoryview(text.encode("utf-16-le")).cast("H")
    ).encode(),
    "repr of bytes": lambda text: repr(text.encode()).encode(),
    "html": lambda text: html.escape(text).encode(),
    "html, every letter": lambda text: "".join(f"&#{ord(letter)};" for letter in text).encode(),
    "html, hexadecimal": lambda text: "".join(f"&#x{ord(letter):x};" for letter in text).encode(),
    **{
        f"pickle, protocol {protocol}": lambda text, protocol=protocol: pickle.dumps({"a": [text]}, protocol)
        for protocol in range(pickle.HIGHEST_PROTOCOL + 1)
    },
    "pickle of a pickle": lambda text: pickle.dumps(pickle.dumps(text)),
    "zlib": lambda text: zlib.compress(text.encode()),
    "zlib, fastest": lambda text: zlib.compress(text.encode(), 1),
    "zlib, cut off": lambda text: zlib.compress(text.encode() + _noise(1, 5000))[:-900],
    "gzip": lambda text: gzip.compress(text.encode()),
    "gzip of zlib": lambda text: gzip.compress(zlib.compress(text.encode())),
    "file of the cache": lambda text: pickle.dumps(1.5) + zlib.compress(pickle.dumps({"a": text})),
    "session": lambda text: signing.dumps({"a": text * 9}, compress=True).encode(),
    "row of the queue": lambda text: SignedPackage.dumps({"args": (text,)}).encode(),
    "base64 of zlib of json": lambda text: base64.b64encode(zlib.compress(json.dumps(text).encode())),
    "hex of base64 of zlib of utf-16": lambda text: (
        base64.b64encode(zlib.compress(text.encode("utf-16-le"))).hex().encode()
    ),
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("word", [PLAIN, STRANGE], ids=["plain", "strange"])
def test_a_word_is_found_however_it_is_written(way, word, settings):
    written = WAYS[way](word)
    assert finds(word, written)
    assert finds(word, _noise(1) + b" \n" + written + b"\n " + _noise(2)), "among other things"


@pytest.mark.parametrize("way", WAYS)
def test_what_is_not_there_is_not_found(way):
    assert not finds(PLAIN, WAYS[way]("07700 900xqzvwkpu") + _noise(3))


def test_latin_1_is_read_too():
    assert finds("Künstlich", "Künstlich".encode("latin-1"))
    assert finds("Künstlich", _mail("Künstlich", charset="latin-1", cte="8bit"))


def test_it_says_how_each_word_was_written():
    data = b"first " + base64.b64encode(zlib.compress(b"second second"))
    assert scan(data, ["first", "second", "third"]) == {"first": {"utf-8"}, "second": {"base64 > packed > utf-8"}}


def test_no_two_words_are_the_same():
    assert len({new_words() for _turn in range(200)}) == 200


def test_an_answer_with_a_canary_fails_without_quoting_it():
    assert_no_canary(HttpResponse("nothing", headers={"X-Thing": "nothing"}), PLAIN)
    cookie = HttpResponse()
    cookie.set_cookie("a", base64.b64encode(f"you: {PLAIN}".encode()).decode())
    carriers = [HttpResponse(json.dumps(PLAIN)), HttpResponse(headers={"X-Thing": quote(PLAIN)}), cookie]
    for answer in carriers:
        with pytest.raises(AssertionError) as raised:
            assert_no_canary(answer, PLAIN)
        assert PLAIN not in str(raised.value)
