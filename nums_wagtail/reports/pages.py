"""The report page: editors' words around the form. It answers GET alone, sets no cookie and reads no session."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.fields import StreamField
from wagtail.models import Page

from nums_wagtail.foundation.quiet import CONTENT_SECURITY_POLICY

from .page_blocks import AskedBlock

#: Words left for the editor of the sixty that stand before the first question.
INTRO_WORDS = 25


def validate_intro(value: str) -> None:
    if len(value.split()) > INTRO_WORDS:
        raise ValidationError(
            _("Please use at most %(count)s words: people read this in an emergency."),
            params={"count": INTRO_WORDS},
        )


def own_questions_panel() -> InlinePanel:
    """The panel for questions that the page adds; the rows are a model beside the page class."""
    return InlinePanel(
        "own_questions",
        label=_("Question of your own"),
        heading=_("Questions of your own"),
        help_text=_("Asked last, before the contact. Only your team reads the answers; none is ever published."),
    )


#: What an editor says of a question of the page's own. None can be required: only what happened is.
OWN_QUESTION_PANELS = [
    FieldPanel("label"),
    FieldPanel("help_text"),
    FieldPanel("field_type", classname="formbuilder-type", required_on_save=True),
    FieldPanel("choices", classname="formbuilder-choices"),
]


class ReportPageMixin(models.Model):
    """To be joined with a page type: ``class ReportPage(ReportPageMixin, Page)``."""

    intro = models.TextField(
        _("what is done with a report"),
        blank=True,
        validators=[validate_intro],
        help_text=_("Stands first on the page, at most 25 words. Leave empty for the usual words."),
    )
    thanks = models.TextField(
        _("thanks"),
        blank=True,
        help_text=_("Stands above the receipt. Leave empty for the usual words."),
    )
    region = models.ForeignKey(
        "nums_wagtail.Region",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("region"),
        help_text=_("Where a report goes when its sender names no region."),
    )

    asked = StreamField(
        AskedBlock(),
        blank=True,
        verbose_name=_("what is asked"),
        help_text=_(
            "Leave empty to ask everything. Otherwise choose the groups, in order. What happened, when and where "
            "are always asked. Other words show as they are in every language."
        ),
    )

    content_panels = [
        *Page.content_panels,
        FieldPanel("intro"),
        FieldPanel("thanks"),
        FieldPanel("region"),
        FieldPanel("asked"),
    ]

    class Meta:
        abstract = True
        verbose_name = _("report page")
        verbose_name_plural = _("report pages")

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The empty form. Answers go to the scheme's own view, never to this address."""
        from .form_page import show_form
        from .languages import language_asked_for
        from .steps_page import first_step

        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        with language_asked_for(request):
            if request.GET.get("way") == "steps":
                return first_step(request, self)
            return show_form(request, self)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """The form for an editor: it sends nothing, and the admin may show it in a frame."""
        from .form_page import show_form

        response = show_form(request, self, sends=False)
        response["X-Frame-Options"] = "SAMEORIGIN"
        response["Content-Security-Policy"] = CONTENT_SECURITY_POLICY.replace(
            "frame-ancestors 'none'", "frame-ancestors 'self'"
        )
        return response
