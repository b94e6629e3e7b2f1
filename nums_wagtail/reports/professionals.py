"""The page for nurses, doctors and advisers: what the scheme is, how to tell a patient, papers to print.

A public page without secrets inside the host's own layout; to be joined with a page type.
"""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin
from wagtail.contrib.routable_page.models import path as subpath
from wagtail.models import Page, Site

from nums_wagtail.foundation.quiet import branding_for
from nums_wagtail.foundation.site_layout import site_context
from nums_wagtail.printing.exceptions import PdfBusy, PdfError
from nums_wagtail.regions.packs import country_pack

from .help_now import help_text
from .help_words import BY_CATEGORY, HelpTopic
from .languages import PARAMETER, choices, language_asked_for
from .pages import ReportPageMixin
from .papers import Paper, print_paper, short_address

TEMPLATE = "nums_wagtail/reports/professionals.html"

#: What asks for the version that does not say what kind of work somebody does.
NEUTRAL = "n"


class ProfessionalsPageMixin(RoutablePageMixin, models.Model):
    """To be joined with a page type: ``class ProfessionalsPage(ProfessionalsPageMixin, Page)``."""

    intro = models.TextField(
        _("what the scheme is"),
        blank=True,
        help_text=_("Stands first on the page. Leave empty for the usual words."),
    )
    more = models.TextField(
        _("how to reach you"),
        blank=True,
        help_text=_("Who answers questions of nurses, doctors and advisers. Everybody can read it."),
    )
    address = models.URLField(
        _("address on the papers"),
        blank=True,
        help_text=_("A short address that leads to the report page. Leave empty for the report page's own."),
    )

    content_panels = [*Page.content_panels, FieldPanel("intro"), FieldPanel("more"), FieldPanel("address")]

    class Meta:
        abstract = True
        verbose_name = _("page for professionals")
        verbose_name_plural = _("pages for professionals")

    @subpath("", name="show")
    def show_view(self, request: HttpRequest) -> HttpResponse:
        address = self.report_address(request)
        context = {
            **self.get_context(request),
            **site_context(),
            "scheme": branding_for(request).scheme_name,
            "scheme_term": country_pack().help_terms.scheme,
            "adviser_term": country_pack().help_terms.adviser,
            "emergency": country_pack().emergency,
            "report_address": address,
            "short_address": short_address(address),
            "topics": [help_text(topic) for topic in BY_CATEGORY],
            "child": help_text(HelpTopic.UNDER_18),
            "papers": Paper,
            "languages": choices(),
            "hl": PARAMETER,
        }
        return TemplateResponse(request, TEMPLATE, context)

    @subpath("print/<slug:paper>/", name="paper")
    def paper_view(self, request: HttpRequest, paper: str) -> HttpResponse:
        """A paper as a PDF to keep. Nothing is stored, and nothing says who asked."""
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        address = self.report_address(request)
        if paper not in Paper.values or not address:
            raise Http404
        with language_asked_for(request):
            try:
                body = print_paper(
                    Paper(paper),
                    address=address,
                    scheme=branding_for(request).scheme_name,
                    neutral=request.GET.get("w") == NEUTRAL,
                )
            except PdfError as error:
                return self._no_paper(error)
        response = HttpResponse(body, content_type="application/pdf")
        response["Content-Disposition"] = f'attachment; filename="{paper}.pdf"'
        response["X-Content-Type-Options"] = "nosniff"
        response["X-Robots-Tag"] = "noindex"
        return response

    @staticmethod
    def _no_paper(error: PdfError) -> HttpResponse:
        response = HttpResponse(str(error.words), status=503, content_type="text/plain; charset=utf-8")
        if isinstance(error, PdfBusy):
            response["Retry-After"] = "60"
        return response

    def report_address(self, request: HttpRequest | None = None) -> str:
        """Where people report: the editor's short address, else the first report page of this site, else nothing."""
        if self.address:
            return str(self.address)
        site = Site.find_for_request(request) if request is not None else None
        pages = Page.objects.live().public()
        if site is not None:
            pages = pages.in_site(site)
        found = pages.type(*_report_page_types()).order_by("path").first()
        return (found.get_full_url(request) or "") if found is not None else ""


def _report_page_types() -> list[Any]:
    return [model for model in apps.get_models() if issubclass(model, ReportPageMixin)]
