"""The paper form as a PDF. It is the same for everybody, so what was printed once is kept in the process."""

from __future__ import annotations

from functools import lru_cache

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from nums_wagtail.foundation.models import Branding
from nums_wagtail.printing.exceptions import PdfBusy, PdfError
from nums_wagtail.printing.turns import print_in_turn
from nums_wagtail.regions.packs import country_pack

from .consent import SHEET_WORDING
from .sheet import paper_groups

TEMPLATE = "nums_wagtail/reports/sheet.html"
#: A few languages, and the projects whose name stands on theirs.
KEPT = 16


def sheet_html(branding: Branding, *, hand_in: str = "") -> str:
    """The sheet in the active language. ``hand_in``: where it is given back; else the charity's contact line."""
    context = {
        "title": file_title(),
        "groups": paper_groups(),
        "hand_in": hand_in or branding.contact_line,
        "edition_code": SHEET_WORDING,
        "emergency": country_pack().emergency,
        "branding": branding,
    }
    return render_to_string(TEMPLATE, context)


def print_sheet(branding: Branding, *, hand_in: str = "") -> bytes:
    """Raises PdfError when it cannot be made."""
    return _printed(sheet_html(branding, hand_in=hand_in), file_title(), get_language() or "en")


def sheet_response(branding: Branding, *, hand_in: str = "") -> HttpResponse:
    """The PDF to keep, or a sentence that says why there is none. Nothing is stored."""
    try:
        body = print_sheet(branding, hand_in=hand_in)
    except PdfError as error:
        response = HttpResponse(str(error.words), status=503, content_type="text/plain; charset=utf-8")
        if isinstance(error, PdfBusy):
            response["Retry-After"] = "60"
    else:
        response = HttpResponse(body, content_type="application/pdf")
        response["Content-Disposition"] = 'attachment; filename="sheet.pdf"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


@lru_cache(maxsize=KEPT)
def _printed(html: str, title: str, language: str) -> bytes:
    return print_in_turn(html, title=title, lang=language)


def file_title() -> str:
    """What a window shows above the PDF: true, and it says nothing."""
    return _("Form")
