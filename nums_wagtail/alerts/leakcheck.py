"""The leak check: what must not stand in an alert's text.

Two halves. *Plain* findings come from the text alone and are shown to everyone who may see the draft.
*Comparing* findings come from the reports; they are made for somebody who may read the case, and for nobody
else, so that no draft tells what an unpublished report says. A finding is a kind and a place, never what was found.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from nums_wagtail.regions.packs import country_pack
from nums_wagtail.reports.access import OpenedReport
from nums_wagtail.reports.identifiers import Identifier, mask, normalise
from nums_wagtail.reports.schema import SCHEMA, IdentifierKind, QuestionKind

from .content import AlertContent

#: So many words running from a report are the reporter's words, not the editor's.
RUNNING_WORDS = 8
#: A shorter working name would hit by chance.
SHORTEST_NAME = 3
#: Digits in a row, whatever stands between them, that make a number somebody can dial.
SHORTEST_NUMBER = 7


class FindingKind(TextChoices):
    PHONE = "phone", _("a whole phone number")
    PLATE = "plate", _("a whole registration")
    EMAIL = "email", _("a whole email address")
    POSTCODE = "postcode", _("a postcode")
    DATE = "date", _("an exact date")
    STREET = "street", _("a street address")
    IDENTIFIER = "identifier", _("a number or name from the report, not masked")
    REPORTER = "reporter", _("the reporter's own name or contact")
    NARRATIVE = "narrative", _("words taken from the report")


class Place(TextChoices):
    LINE = "line", _("Warning line")
    IDENTIFIERS = "identifiers", _("Identifiers")


@dataclass(frozen=True)
class Finding:
    """What kind of thing was found, and where."""

    kind: FindingKind
    place: Place

    def to_document(self) -> dict[str, str]:
        return {"kind": self.kind.value, "place": self.place.value}

    @property
    def words(self) -> str:
        return f"{self.place.label}: {self.kind.label}"


_MONTHS = (
    "january|february|march|april|may|june|july|august|september|october|november|december|"
    "jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec"
)
_DATE = re.compile(
    rf"\b\d{{1,4}}[./-]\d{{1,2}}[./-]\d{{1,4}}\b|\b\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?(?:{_MONTHS})\b"
    rf"|\b(?:{_MONTHS})\s+\d{{1,2}}(?:st|nd|rd|th)?\b",
    re.IGNORECASE,
)
#: A house number, up to three words that are no small words, and a word for a street.
_STREET = re.compile(
    r"\b\d{1,4}[a-z]?,?\s+(?:(?!(?:a|an|and|at|by|from|in|into|near|of|off|on|the|to|with)\b)[\w'’-]+\s+){1,3}"
    r"(?:street|st|road|rd|avenue|ave|lane|terrace|gardens|crescent|mews|grove|square)\b",
    re.IGNORECASE,
)
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_NUMBER = re.compile(r"\+?\(?\d(?:[\s().\-/]*\d)+")


def plain_findings(content: AlertContent) -> list[Finding]:
    """What the text itself gives away, in a fixed order. Raises nothing."""
    found = {Finding(kind, place) for place, text in _texts(content) for kind in _plain_kinds(text)}
    return sorted(found, key=lambda finding: (finding.place, finding.kind))


def comparing_findings(content: AlertContent, opened_reports: Iterable[OpenedReport]) -> list[Finding]:
    """What the text gives away of these reports. For eyes with the right to the case only."""
    found: set[Finding] = set()
    for opened in opened_reports:
        for place, text in _texts(content):
            found |= {Finding(kind, place) for kind in _shared_kinds(text, opened)}
    return sorted(found, key=lambda finding: (finding.place, finding.kind))


def _texts(content: AlertContent) -> list[tuple[Place, str]]:
    shown = "\n".join(one.masked for one in content.identifiers)
    return [(Place.LINE, content.line), (Place.IDENTIFIERS, shown)]


def _plain_kinds(text: str) -> Iterator[FindingKind]:
    pack = country_pack()
    if any(sum(c.isdigit() for c in number) >= SHORTEST_NUMBER for number in _NUMBER.findall(text)):
        yield FindingKind.PHONE
    patterns: Mapping[FindingKind, re.Pattern[str]] = {
        FindingKind.PLATE: pack.plate_pattern,
        FindingKind.EMAIL: _EMAIL,
        FindingKind.POSTCODE: pack.postcode_pattern,
        FindingKind.DATE: _DATE,
        FindingKind.STREET: _STREET,
    }
    yield from (kind for kind, pattern in patterns.items() if pattern.search(text))


def _shared_kinds(text: str, opened: OpenedReport) -> Iterator[FindingKind]:
    for answers in (opened.answers, *opened.earlier):
        if any(_stands_whole_in(text, one) for one in answers.identifiers()):
            yield FindingKind.IDENTIFIER
        own = [answers.text(q.key) for q in SCHEMA.questions if q.identifies_reporter]
        if any(_names_the_reporter(text, words) for words in own):
            yield FindingKind.REPORTER
        told = [answers.text(q.key) for q in SCHEMA.questions if q.kind in _TOLD]
        if any(_shares_a_run(text, words) for words in told):
            yield FindingKind.NARRATIVE
    if any(_shares_a_run(text, one.text) for one in opened.messages if one.from_reporter):
        yield FindingKind.NARRATIVE


_TOLD = frozenset({QuestionKind.TEXT, QuestionKind.LONG_TEXT})


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKC", text).casefold().replace("’", "").replace("'", "")
    return re.findall(r"\w+", plain)


def _holds(text: str, wanted: str) -> bool:
    """Whether all words of ``wanted`` stand in ``text`` one after the other."""
    return bool(_words(wanted)) and f" {' '.join(_words(wanted))} " in f" {' '.join(_words(text))} "


def _stands_whole_in(text: str, one: Identifier) -> bool:
    if not one.is_worth_a_tag or mask(one.kind, one.typed) == one.typed:
        # What readers get whole anyway, such as the first name a client uses, is no leak.
        return False
    if one.kind == IdentifierKind.PHONE:
        return _same_number(text, one.normal)
    bare = "".join(c for c in text.casefold() if c.isalnum())
    if one.kind == IdentifierKind.PLATE:
        return one.normal.casefold() in bare
    if one.kind == IdentifierKind.NAME:
        return _holds(text, one.normal)
    return one.normal.casefold() in "".join(text.casefold().split())


def _same_number(text: str, normal: str) -> bool:
    wanted = normal.lstrip("+")
    for typed in _NUMBER.findall(text):
        digits = "".join(c for c in typed if c.isdigit())
        if len(digits) < SHORTEST_NUMBER:
            continue
        if normalise(IdentifierKind.PHONE, typed).normal.lstrip("+") == wanted or digits[-9:] == wanted[-9:]:
            return True
    return False


def _names_the_reporter(text: str, own: str) -> bool:
    """Their working name, or any number or address among the words they gave about themselves."""
    if len(own.strip()) >= SHORTEST_NAME and len(_words(own)) < RUNNING_WORDS and _holds(text, own):
        return True
    if any(email.casefold() in text.casefold() for email in _EMAIL.findall(own)):
        return True
    numbers = (number for number in _NUMBER.findall(own) if sum(c.isdigit() for c in number) >= SHORTEST_NUMBER)
    return any(_same_number(text, normalise(IdentifierKind.PHONE, number).normal) for number in numbers)


def _shares_a_run(text: str, told: str) -> bool:
    words = _words(told)
    runs = (words[start : start + RUNNING_WORDS] for start in range(len(words) - RUNNING_WORDS + 1))
    here = f" {' '.join(_words(text))} "
    return any(f" {' '.join(run)} " in here for run in runs)


def words_of(findings: Iterable[Mapping[str, Any]]) -> list[str]:
    """Stored findings as words."""
    return [Finding(FindingKind(one["kind"]), Place(one["place"])).words for one in findings]
