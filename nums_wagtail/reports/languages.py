"""In which languages the reporter's way can be read. The choice travels in address and page, in no cookie."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import get_language_info

#: Name in the address, short and saying nothing.
PARAMETER = "hl"
ENGLISH = "en"

_CATALOGUES = Path(__file__).resolve().parent.parent / "locale"


@dataclass(frozen=True)
class Language:
    """A language by its own name, as whoever speaks it looks for it."""

    code: str
    name: str
    right_to_left: bool
    chosen: bool


@cache
def offered() -> tuple[str, ...]:
    """Codes of the languages with a catalogue of ours, English first."""
    found = sorted(path.parent.parent.name for path in _CATALOGUES.glob("*/LC_MESSAGES/django.mo"))
    return (ENGLISH, *(code for code in found if code != ENGLISH))


def choices() -> list[Language]:
    """The languages to choose from, for the top of a page."""
    active = (translation.get_language() or ENGLISH).split("-")[0]
    return [
        Language(code, info["name_local"], info["bidi"], chosen=code == active)
        for code in offered()
        for info in [get_language_info(code)]
    ]


def own_name(code: str) -> str:
    """A language as its speakers call it; an unknown code is its own name."""
    try:
        return str(get_language_info(code)["name_local"])
    except KeyError:
        return code


def is_english() -> bool:
    """Whether the page is in the language that receipts' words are of."""
    return (translation.get_language() or ENGLISH).split("-")[0] == ENGLISH


def in_same_language(address: str) -> str:
    """``address`` with the active language in it, where a page of ours is offered in that language."""
    active = (translation.get_language() or ENGLISH).split("-")[0]
    return address if active == ENGLISH or active not in offered() else f"{address}?{PARAMETER}={active}"


@contextmanager
def language_asked_for(request: HttpRequest) -> Iterator[None]:
    """Speak the language that the address asks for; without one, the host's choice stays."""
    with speaking(request.GET.get(PARAMETER, "")):
        yield


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Speak ``code`` where it is offered; anything else changes nothing."""
    if code not in offered():
        yield
        return
    with translation.override(code):
        yield
