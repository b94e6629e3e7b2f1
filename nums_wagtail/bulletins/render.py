"""Rendering: the three faces of an edition, made from releases alone. HTML and text for mail, a PDF for paper."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from types import TracebackType
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from nums_wagtail.alerts.cards import cards
from nums_wagtail.alerts.models import AlertRelease
from nums_wagtail.conf import nums_settings
from nums_wagtail.foundation import mail_styles
from nums_wagtail.foundation.quiet import branding_for
from nums_wagtail.mailing.message import UNSUBSCRIBE, place
from nums_wagtail.mailing.models import Lane
from nums_wagtail.members.models import Member
from nums_wagtail.printing.pdf import PdfFailed, PdfPrinter, PdfUnavailable
from nums_wagtail.regions.packs import country_pack

from .models import Bulletin, new_code
from .text_face import text_of

logger = logging.getLogger("nums_wagtail.bulletins")

#: Shown on phones and in the browser's downloads: neutral.


@dataclass(frozen=True)
class Rendered:
    """One edition. ``pdf`` is None when nobody wants one or none could be made."""

    code: str
    text: str
    html: str
    pdf: bytes | None


def subject_of(bulletin: Bulletin, language: str) -> str:
    """ "Update 214", and nothing of what it is about: the phone may lie on a table."""
    with translation.override(language):
        words = _("Update %(number)d, please read") if bulletin.lane == Lane.EMERGENCY else _("Update %(number)d")
        return words % {"number": bulletin.number}


class Rendering:
    """Renders the editions of one bulletin; PDFs share one child process. Use as a context manager."""

    def __init__(self, bulletin: Bulletin) -> None:
        self.bulletin = bulletin
        self.releases: list[AlertRelease] = list(
            bulletin.releases.select_related("withdrawal").order_by("-released_at", "-pk")
        )
        self.branding = branding_for(None)
        self._printer: PdfPrinter | None = None

    def __enter__(self) -> Rendering:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._printer is not None:
            self._printer.close()

    def edition(self, language: str, format: str) -> Rendered:
        """All faces that a reader of this language and format gets."""
        code = new_code()
        with translation.override(language):
            pdf = self._pdf(language, code) if format == Member.Format.PDF else None
            context = self._context(language) | {"pdf_missing": format == Member.Format.PDF and pdf is None}
            html = render_to_string(
                "nums_wagtail/bulletins/mail.html", context | {"cards": cards(self.releases, face="mail")}
            )
            text = text_of(context | {"cards": cards(self.releases, face="mail")})
        return Rendered(code, text, mail_styles.inline(html, accent=self.branding.accent), pdf)

    def _context(self, language: str) -> dict[str, Any]:
        ends = min(release.ends_at for release in self.releases)
        return {
            "branding": self.branding,
            "is_correction": self.bulletin.kind == Bulletin.Kind.CORRECTION,
            "stop_url": place(UNSUBSCRIBE),
            "home_url": nums_settings().mailing.BASE_URL.rstrip("/") + reverse("nums_wagtail:member_home"),
            "emergency": country_pack().emergency,
            "keep_until": date_format(timezone.localtime(ends), "j F Y"),
        }

    def _pdf(self, language: str, code: str) -> bytes | None:
        """A bulletin that comes without its PDF is better than one that does not come."""
        context = self._context(language) | {"cards": cards(self.releases, face="print"), "edition_code": code}
        if self.bulletin.kind != Bulletin.Kind.CORRECTION:
            context["take_down_by"] = context["keep_until"]
        page = render_to_string("nums_wagtail/bulletins/print.html", context)
        self._printer = self._printer or PdfPrinter()
        try:
            return self._printer.render(page, title=_("Update"), lang=language)
        except (PdfUnavailable, PdfFailed) as error:
            logger.error("An edition has no PDF: %s", type(error).__name__)
            return None


def new_rendering(bulletin: Bulletin) -> Rendering:
    return Rendering(bulletin)
