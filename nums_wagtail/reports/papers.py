"""Papers that a nurse, a doctor or an adviser prints: a poster, cards for a pocket, a leaflet.

Each comes in two versions; the neutral one never says what kind of work somebody does, nor the scheme's name.
Everything on them is public, so what was printed once is kept in the process for whoever asks next.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlencode, urlsplit

import segno
from django.db.models import TextChoices
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from nums_wagtail.printing.turns import print_in_turn
from nums_wagtail.regions.packs import country_pack

from . import languages
from .help_now import help_text
from .help_words import BY_CATEGORY
from .languages import ENGLISH, PARAMETER

#: Cards on one sheet of the size that fits most printers.
CARDS = 10
#: How many papers are kept; two versions of three in four languages.
KEPT = 24


class Paper(TextChoices):
    """Their codes stand in addresses and file names."""

    POSTER = "poster", gettext_lazy("Poster for a wall (A4)")
    CARDS = "cards", gettext_lazy("Cards for a pocket (A4, ten to cut)")
    LEAFLET = "leaflet", gettext_lazy("Leaflet (A4, printed on both sides and folded)")


@dataclass(frozen=True)
class Wording:
    """What differs between the two versions."""

    headline: Promise
    whom: Promise
    warn: Promise
    short: Promise


OPEN = Wording(
    gettext_lazy("Did a client hurt, threaten or rob you?"),
    gettext_lazy("For everybody who does sex work."),
    gettext_lazy("We can warn other sex workers, if you want us to."),
    gettext_lazy("Warnings for sex workers"),
)
NEUTRAL = Wording(
    gettext_lazy("Did somebody hurt, threaten or rob you?"),
    gettext_lazy("For people who meet others alone."),
    gettext_lazy("We can warn others, if you want us to."),
    gettext_lazy("Tell us. Stay safe."),
)


def print_paper(paper: Paper, *, address: str, scheme: str, neutral: bool) -> bytes:
    """The PDF in the active language; ``address`` is where people report, ``scheme`` the charity's name for it.

    Raises PdfError when it cannot be made.
    """
    language = get_language() or ENGLISH
    goes_to = _in_language(address, language)
    sentence = _("The code leads to this address.")
    context = {
        "title": file_title(),
        "wording": NEUTRAL if neutral else OPEN,
        "neutral": neutral,
        "scheme": "" if neutral else scheme,
        "address": short_address(address),
        "code": qr_code(goes_to, title=sentence),
        "emergency": country_pack().emergency,
        "times": range(CARDS),
        "topics": [help_text(topic) for topic in BY_CATEGORY] if paper is Paper.LEAFLET else [],
    }
    html = render_to_string(f"nums_wagtail/reports/papers/{paper.value}.html", context)
    return _printed(html, str(context["title"]), language)


@lru_cache(maxsize=KEPT)
def _printed(html: str, title: str, language: str) -> bytes:
    return print_in_turn(html, title=title, lang=language)


def file_title() -> str:
    """What a window shows above the PDF: true, and it says nothing."""
    return _("Information")


def short_address(address: str) -> str:
    """An address as somebody types it: without scheme, ``www.`` and the last slash."""
    parts = urlsplit(address)
    return f"{parts.netloc.removeprefix('www.')}{parts.path.rstrip('/')}" if parts.netloc else address


def qr_code(address: str, *, title: str) -> SafeString:
    """A QR code drawn as SVG, with words for whoever cannot see it. It can lose a quarter and still be read."""
    drawn = segno.make_qr(address, error="q").svg_inline(omitsize=True, border=4, title=title, svgclass="nums-qr")
    return mark_safe(drawn)  # noqa: S308 - drawn by segno, which escapes the title


def _in_language(address: str, language: str) -> str:
    """The address that opens in the paper's language."""
    code = language.split("-")[0]
    if code == ENGLISH or code not in languages.offered():
        return address
    return f"{address}{'&' if '?' in address else '?'}{urlencode({PARAMETER: code})}"
