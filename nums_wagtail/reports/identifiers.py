"""Numbers and names of suspects: how each kind is written the same way every time, masked, and collected.

The one place that normalises and masks; matching, alerts and the checker call it. A reporter's own contact
never comes here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import phonenumbers

from nums_wagtail.regions.packs import CountryPack, country_pack

from .schema import SCHEMA, IdentifierKind, numbered

DOT = "•"

#: Shortest normal form that is worth a tag: shorter ones hit by chance.
SHORTEST = {
    IdentifierKind.PHONE: 6,
    IdentifierKind.PLATE: 4,
    IdentifierKind.EMAIL: 5,
    IdentifierKind.USERNAME: 3,
    IdentifierKind.WEB: 4,
    IdentifierKind.NAME: 3,
    IdentifierKind.PAYMENT: 3,
}


@dataclass(frozen=True, repr=False)
class Identifier:
    """One identifier. ``normal`` is what is compared; ``verified`` says that its form fits its kind."""

    kind: IdentifierKind
    typed: str
    normal: str
    verified: bool

    @property
    def is_worth_a_tag(self) -> bool:
        """Whether two reports that share it say anything."""
        return len(self.normal) >= SHORTEST[self.kind]

    def __repr__(self) -> str:
        return f"Identifier({self.kind})"


def normalise(kind: IdentifierKind | str, text: str, *, pack: CountryPack | None = None) -> Identifier:
    """Read one identifier. Never raises on what was typed: what does not fit is kept and not verified."""
    kind = IdentifierKind(kind)
    typed = text.strip()
    plain = unicodedata.normalize("NFKC", typed)
    normal, verified = _READERS[kind](plain, pack or country_pack())
    return Identifier(kind, typed, normal, verified)


def _read_phone(text: str, pack: CountryPack) -> tuple[str, bool]:
    bare = "".join(c for c in text if c.isdigit() or c == "+")
    # Words round a number ("... (work)") do not hide it from matching, but a person should look at it.
    number = _parsed_phone(bare, pack)
    if number is not None:
        is_bare = not re.search(r"[^\W\d_]", text)
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164), is_bare
    return "".join(str(unicodedata.digit(c)) for c in bare if c != "+"), False


def _parsed_phone(text: str, pack: CountryPack) -> phonenumbers.PhoneNumber | None:
    try:
        number = phonenumbers.parse(text[:60], pack.phone_region)
    except phonenumbers.NumberParseException:
        return None
    return number if phonenumbers.is_valid_number(number) or _has_a_possible_length(number) else None


def _has_a_possible_length(number: phonenumbers.PhoneNumber) -> bool:
    # Lists of ranges in use are always older than the newest number, so a length that fits is enough.
    return any(
        phonenumbers.is_possible_number_for_type_with_reason(number, kind)
        == phonenumbers.ValidationResult.IS_POSSIBLE
        for kind in (phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE)
    )


def _read_plate(text: str, pack: CountryPack) -> tuple[str, bool]:
    normal = "".join(c for c in text.upper() if c.isalnum())
    return normal, bool(re.fullmatch(pack.plate_pattern, normal))


def _read_email(text: str, pack: CountryPack) -> tuple[str, bool]:
    normal = "".join(text.casefold().split()).removeprefix("mailto:")
    return normal, bool(re.fullmatch(r"[^@\s,;<>]+@[^@\s,;<>.]+(\.[^@\s,;<>.]+)+", normal))


def _read_username(text: str, pack: CountryPack) -> tuple[str, bool]:
    normal = "".join(text.casefold().split()).lstrip("@")
    return normal, bool(normal)


def _read_web(text: str, pack: CountryPack) -> tuple[str, bool]:
    address = "".join(text.split())
    try:
        parts = urlsplit(address if "://" in address else f"//{address}")
        host = (parts.hostname or "").removeprefix("www.").rstrip(".")
    except ValueError:
        return address.casefold(), False
    normal = host + parts.path.rstrip("/") + (f"?{parts.query}" if parts.query else "")
    if not host:
        return address.casefold(), False
    return normal, bool(re.fullmatch(r"[^\s/@:.]+(\.[^\s/@:.]+)+", host))


def _read_name(text: str, pack: CountryPack) -> tuple[str, bool]:
    words = "".join(c if c.isalnum() else " " for c in text.casefold() if c not in "'’")
    return " ".join(words.split()), True


_READERS = {
    IdentifierKind.PHONE: _read_phone,
    IdentifierKind.PLATE: _read_plate,
    IdentifierKind.EMAIL: _read_email,
    IdentifierKind.USERNAME: _read_username,
    IdentifierKind.WEB: _read_web,
    IdentifierKind.NAME: _read_name,
    IdentifierKind.PAYMENT: _read_name,
}


def mask(kind: IdentifierKind | str, value: str, *, pack: CountryPack | None = None) -> str:
    """How readers see it: enough to recognise, not enough to dial. ``value`` may be typed or normal.

    Phone ``07••• •••412``, plate ``AB12 •••``. A name keeps its first word: that is what a client calls himself.
    """
    kind = IdentifierKind(kind)
    pack = pack or country_pack()
    found = normalise(kind, value, pack=pack)
    if not found.normal:
        return DOT * 3
    return _MASKS[kind](found, pack)


def _mask_phone(found: Identifier, pack: CountryPack) -> str:
    number = _parsed_phone(found.normal, pack)
    if number is None:
        last = 3 if len(found.normal) >= 6 else min(2, len(found.normal) - 1)
        return DOT * 3 + found.normal[len(found.normal) - last :]
    at_home = number.country_code == phonenumbers.country_code_for_region(pack.phone_region)
    style = phonenumbers.PhoneNumberFormat
    shown = phonenumbers.format_number(number, style.NATIONAL if at_home else style.INTERNATIONAL)
    shown = re.sub(r"[^\d+ ]", " ", shown)
    keep_first = 2 if at_home else len(str(number.country_code))
    places = [i for i, c in enumerate(shown) if c.isdigit()]
    hidden = set(places[keep_first:-3])
    return "".join(DOT if i in hidden else c for i, c in enumerate(shown))


def _mask_plate(found: Identifier, pack: CountryPack) -> str:
    shown = min(4, max(1, len(found.normal) - 2))
    return f"{found.normal[:shown]} {DOT * 3}"


def _mask_email(found: Identifier, pack: CountryPack) -> str:
    local, at, domain = found.normal.rpartition("@")
    if not at:
        return _mask_username(found, pack)
    return f"{local[: 2 if len(local) > 3 else 1]}{DOT * 3}@{domain}"


def _mask_username(found: Identifier, pack: CountryPack) -> str:
    return f"{found.normal[: 3 if len(found.normal) > 5 else 1]}{DOT * 3}"


def _mask_web(found: Identifier, pack: CountryPack) -> str:
    host, slash, _rest = found.normal.replace("?", "/", 1).partition("/")
    if slash:
        return f"{host}/{DOT * 3}"
    name, dot, end = host.rpartition(".")
    if not name:
        return f"{host[: min(2, len(host) - 1)]}{DOT * 3}"
    return f"{name[:2]}{DOT * 3}{dot}{end}"


def _mask_name(found: Identifier, pack: CountryPack) -> str:
    first, *others = found.typed.split() or [found.normal]
    return " ".join([first, *(f"{other[:1]}{DOT * 3}" for other in others)])


_MASKS = {
    IdentifierKind.PHONE: _mask_phone,
    IdentifierKind.PLATE: _mask_plate,
    IdentifierKind.EMAIL: _mask_email,
    IdentifierKind.USERNAME: _mask_username,
    IdentifierKind.WEB: _mask_web,
    IdentifierKind.NAME: _mask_name,
    IdentifierKind.PAYMENT: _mask_username,
}


def identifiers_of(answers: Mapping[str, Any], *, pack: CountryPack | None = None) -> list[Identifier]:
    """The suspects' identifiers in a report's answers (question key → answer), each once, in the schema's order."""
    pack = pack or country_pack()
    found: dict[tuple[IdentifierKind, str], Identifier] = {}
    for question in SCHEMA.questions:
        if question.identifier is None or question.identifies_reporter:
            continue
        for number in range(1, SCHEMA.group(question.group).most + 1):
            typed = str(answers.get(numbered(question.key, number)) or "")
            for part in _parts(question.identifier, typed):
                one = normalise(question.identifier, part, pack=pack)
                if one.normal:
                    found.setdefault((one.kind, one.normal), one)
    return list(found.values())


def _parts(kind: IdentifierKind, text: str) -> list[str]:
    # A web address may hold commas; nothing else that we collect does.
    parts = re.split(r"[\r\n]+" if kind == IdentifierKind.WEB else r"[\r\n,;]+", text)
    return [part.strip() for part in parts if part.strip()]
