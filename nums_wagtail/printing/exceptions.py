"""What can go wrong while a PDF is made.

NumsError
└── PdfError
    ├── PdfUnavailable    the native libraries are missing on this machine
    ├── PdfBusy           others are printing, and waited for long enough
    └── PdfFailed         this one document could not be made; the code says how
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from ..foundation.errors import NumsError, Words


class PdfError(NumsError):
    code = "pdf"
    words = _("The PDF could not be made.")


class PdfUnavailable(PdfError):
    code = "pdf_unavailable"
    words = _("PDFs cannot be made on this server. Everything else works. Ask whoever runs it.")


class PdfBusy(PdfError):
    code = "pdf_busy"
    words = _("Others are printing just now. Please try again in a minute.")


class PdfFailed(PdfError):
    """``code`` is ``pdf_failed``, ``pdf_too_slow`` or ``pdf_too_large``."""

    code = "pdf_failed"


#: Words by code, for the two limits that shortening a document helps against.
LIMIT_WORDS: dict[str, Words] = {
    "pdf_too_slow": _("Making the PDF took too long. Try again, or make it shorter."),
    "pdf_too_large": _("The document is too large for a PDF. Make it shorter."),
}
