"""A reporter's receipt: a secret she can say, write down or type, and the keys that are made from it.

Five words of a list of 7,776 hold 64.6 bits. The same secret as digits has one group of four a word: the
word's number in the list, counted from 0. Nothing of a receipt is stored; what is made from it finds and opens
the data key of one report.
"""

from __future__ import annotations

import hmac
import re
import secrets
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import NoReturn

from django.core.exceptions import ImproperlyConfigured
from django.views.decorators.debug import sensitive_variables

from nums_wagtail.conf import nums_settings

from . import derivation
from .keyring import Label, site_keyring

#: Lengths in words that a receipt may have. All are read, whatever the setting says now.
LENGTHS = (5, 7, 10)
#: Longer texts are no receipt; nobody shall keep the server busy with a book.
MOST_CHARACTERS = 400
LETTERS = "abcdefghijklmnopqrstuvwxyz"


@cache
def word_list() -> tuple[str, ...]:
    """The 7,776 words, in order. Public, hence no secret in a cache."""
    return tuple((files(__package__) / "data" / "words.txt").read_text("ascii").split())


@cache
def _numbers() -> dict[str, int]:
    """Word without its hyphen → its number."""
    return {word.replace("-", ""): number for number, word in enumerate(word_list())}


class Receipt:
    """The secret. Shown as words or digits, and as nothing in a log, a pickle or a traceback."""

    __slots__ = ("_parts",)

    def __init__(self, parts: Sequence[int]) -> None:
        if len(parts) not in LENGTHS or not all(0 <= part < len(word_list()) for part in parts):
            raise ValueError("Not a receipt.")
        self._parts = tuple(parts)

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(word_list()[part] for part in self._parts)

    @property
    def digits(self) -> str:
        """Groups of four digits, one a word, with spaces between."""
        return " ".join(f"{part:04d}" for part in self._parts)

    def lookup_id(self, kid: str | None = None) -> bytes:
        """The 16 bytes by which a data key is found; costs one Argon2id. ``kid``: which site key peppers it."""
        return self.keys(kid or site_keyring().write_kid).lookup_id

    @sensitive_variables()
    def keys(self, kid: str) -> ReceiptKeys:
        """What is made from the receipt under one site key; costs one Argon2id. Raises KeyMissing."""
        pepper = site_keyring().subkey(kid, Label.RECEIPTS)
        slow = derivation.from_guessable(self.digits.replace(" ", "").encode("ascii"), pepper)
        return ReceiptKeys(
            lookup_id=derivation.from_key(slow, "receipt|lookup", 16),
            wrapping_key=derivation.from_key(slow, "receipt|wrap"),
        )

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Receipt):
            return NotImplemented
        return hmac.compare_digest(self.digits, other.digits)

    __hash__ = None  # type: ignore[assignment]  # a secret is no key of a dict

    def __repr__(self) -> str:
        return "<Receipt>"

    def __reduce__(self) -> NoReturn:
        raise TypeError("A receipt is never stored.")


@dataclass(frozen=True, slots=True, repr=False)
class ReceiptKeys:
    """Look-up id (16 bytes) and the key (32 bytes) that unwraps the report's data key."""

    lookup_id: bytes
    wrapping_key: bytes = field(compare=False)


def new_receipt() -> Receipt:
    """A fresh receipt of as many words as the settings ask for. Raises ImproperlyConfigured."""
    length = nums_settings().vault.RECEIPT_WORDS
    if length not in LENGTHS:
        raise ImproperlyConfigured("RECEIPT_WORDS must be 5, 7 or 10.")
    return Receipt([secrets.randbelow(len(word_list())) for _word in range(length)])


@dataclass(frozen=True, slots=True, repr=False)
class Reading:
    """What was made of something typed, from the word list alone: nothing here knows which receipts exist.

    ``parts``: the number of each word in the order typed, None where no word fits, or several do.
    """

    receipt: Receipt | None
    parts: tuple[int | None, ...] = ()
    digits: bool = False

    @property
    def unclear(self) -> tuple[int, ...]:
        """Which words to look at again, counted from 1."""
        return tuple(number for number, part in enumerate(self.parts, 1) if part is None)


@sensitive_variables()
def parse_receipt(text: str) -> Receipt | None:
    """What somebody typed, as a receipt, or None when it is none. See ``read_receipt``."""
    return read_receipt(text).receipt


@sensitive_variables()
def read_receipt(text: str) -> Reading:
    """What somebody typed, word by word.

    Case, accents, hyphens, commas, spaces and line numbers do not matter, nor does one slip in a word (a letter
    wrong, missing, doubled or swapped with its neighbour) while only one word of the list fits. Digits may be
    grouped in any way and come from any script.
    """
    if len(text) > MOST_CHARACTERS:
        return Reading(None)
    plain = unicodedata.normalize("NFKD", text).casefold()
    plain = "".join(character for character in plain if not unicodedata.combining(character))
    if not re.search(r"[a-z]", plain):
        return _from_digits(plain)
    tokens = re.findall(r"[a-z]+", plain)
    exact = _run_together("".join(tokens))
    if exact is not None:
        return Reading(Receipt(exact), tuple(exact))
    slips = _Slips(tokens)
    readings = slips.readings()
    if len(readings) == 1:
        parts = readings.pop()
        return Reading(Receipt(parts), parts)
    return Reading(None, slips.word_by_word())


def _from_digits(plain: str) -> Reading:
    digits = "".join(str(unicodedata.decimal(character)) for character in plain if character.isdecimal())
    groups = [digits[at : at + 4] for at in range(0, len(digits), 4)]
    parts = tuple(int(one) if len(one) == 4 and int(one) < len(word_list()) else None for one in groups)
    known = [part for part in parts if part is not None]
    whole = len(known) == len(parts) and len(parts) in LENGTHS
    return Reading(Receipt(known) if whole else None, parts, digits=True)


def _run_together(letters: str) -> list[int] | None:
    """Words without anything between them. No word begins another one, so there is one reading at most."""
    parts: list[int] = []
    while letters:
        ends = (end for end in range(3, min(len(letters), 10) + 1) if letters[:end] in _numbers())
        end = next(ends, None)
        if end is None or len(parts) == max(LENGTHS):
            return None
        parts.append(_numbers()[letters[:end]])
        letters = letters[end:]
    return parts if len(parts) in LENGTHS else None


class _Slips:
    """Reads typed words that are nearly right; two neighbours may be one hyphenated word taken apart."""

    def __init__(self, tokens: list[str]) -> None:
        self._tokens = tokens if len(tokens) <= 2 * max(LENGTHS) else []
        self._fits: dict[str, int | None] = {}

    def readings(self) -> set[tuple[int, ...]]:
        """Every way to read all tokens as a receipt, at most two: a second one already means "unclear"."""
        found: set[tuple[int, ...]] = set()
        for parts in self._read(0, ()):
            if len(parts) in LENGTHS:
                found.add(parts)
            if len(found) == 2:
                break
        return found

    def word_by_word(self) -> tuple[int | None, ...]:
        """The plainest reading of all tokens, for saying which word nobody can make out."""
        found: list[int | None] = []
        at = 0
        while at < len(self._tokens):
            one, two = self._tokens[at], "".join(self._tokens[at : at + 2])
            part = self._fit(one)
            joined = self._fit(two) if part is None and two != one else None
            found.append(part if joined is None else joined)
            at += 1 if joined is None else 2
        return tuple(found)

    def _read(self, at: int, parts: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
        if at == len(self._tokens):
            yield parts
            return
        for width in (1, 2):
            taken = self._tokens[at : at + width]
            if len(taken) == width and len(parts) < max(LENGTHS):
                part = self._fit("".join(taken))
                if part is not None:
                    yield from self._read(at + width, (*parts, part))

    def _fit(self, typed: str) -> int | None:
        if typed not in self._fits:
            self._fits[typed] = _nearest(typed)
        return self._fits[typed]


def _nearest(typed: str) -> int | None:
    """The number of the one word that ``typed`` is, or is one slip away from; None when none or several are."""
    numbers = _numbers()
    if typed in numbers:
        return numbers[typed]
    if len(typed) > 12:
        return None
    cuts = [(typed[:at], typed[at:]) for at in range(len(typed) + 1)]
    near = {left + right[1:] for left, right in cuts if right}
    near |= {left + letter + right for left, right in cuts for letter in LETTERS}
    near |= {left + letter + right[1:] for left, right in cuts if right for letter in LETTERS}
    swapped = {left + right[1] + right[0] + right[2:] for left, right in cuts if len(right) > 1}
    # A swap is two edits on paper; it counts only where no single edit gives a word.
    for candidates in (near, swapped):
        fitting = candidates & numbers.keys()
        if fitting:
            return numbers[fitting.pop()] if len(fitting) == 1 else None
    return None
