"""Drawing the report form: empty, with what was typed, and, when all else fails, without the database."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.models import Page, Site

from nums_wagtail.foundation.errors import BadInput, VaultError, Words
from nums_wagtail.foundation.quiet import quiet_headers, quiet_render
from nums_wagtail.regions.hours import reading_sentence
from nums_wagtail.regions.models import Region, StaffedHours
from nums_wagtail.regions.packs import country_pack
from nums_wagtail.regions.tree import national_region

from .blank_form import blank_form
from .form_state import Showing
from .forms import PREFIX, ReportForm
from .languages import PARAMETER, choices
from .pages import ReportPageMixin
from .uploads import RefusedFile

FORM = "nums_wagtail/reports/form.html"
CLOSED = "nums_wagtail/reports/closed.html"
PLAIN = "nums_wagtail/reports/not_sent.html"

#: Names of the addresses that take answers: the short form's, and the guided one's.
ANSWER, STEPS = "nums_wagtail:answer", "nums_wagtail:steps"

#: What the two buttons send, and the one that Enter in a text field presses.
WARN, TEAM, ENTER = "warn", "team", "enter"
#: Name of the tick that keeps files exactly as they are, too.
KEEP_EXACT = "keep_exact"

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Notice:
    """Words above the form about why it is there again."""

    title: Words
    text: Words = ""


def page_of(page_id: int | None) -> ReportPageMixin | None:
    """The report page of a showing, published or not, or None when it is gone."""
    page = Page.objects.filter(pk=page_id).first() if page_id else None
    specific = page.specific if page is not None else None
    return specific if isinstance(specific, ReportPageMixin) else None


def region_of(page: ReportPageMixin | None, code: str | None) -> Region:
    """Where a report goes: what its sender chose, else the page's region, else the country as a whole."""
    chosen = Region.objects.filter(code=code).first() if code else None
    found = chosen or (page.region if page is not None else None) or national_region()
    if found is None:
        raise LookupError("There are no regions; run nums_setup.")
    return found


def form_for(page: ReportPageMixin | None, data: QueryDict | None = None, *, spoken: bool = False) -> ReportForm:
    """The short form of a page. ``spoken``: a recording or picture came with what was typed."""
    blank = blank_form(page)
    return ReportForm(blank.form.asking, blank.regions, data, short=True, spoken=spoken, made=blank.made)


def add_errors(form: ReportForm, wrong: BadInput) -> None:
    """Put what a verb found wrong beside the fields; what has no field goes on top."""
    for key, words in wrong.fields.items():
        for one in words:
            form.add_error(key if key in form.fields else None, str(one))


def reading_words(request: HttpRequest) -> str:
    """The sentence that says when a person next reads reports."""
    site = Site.find_for_request(request)
    # Not ``for_site``, which writes a row where there is none: looking at a page changes nothing.
    hours = (StaffedHours.objects.filter(site=site).first() if site else None) or StaffedHours()
    return reading_sentence(hours, timezone.now())


def show_form(
    request: HttpRequest,
    page: ReportPageMixin | None,
    *,
    showing: Showing | None = None,
    form: ReportForm | None = None,
    notice: Notice | None = None,
    sends: bool = True,
    state: str | None = None,
    refused: Sequence[RefusedFile] = (),
    status: int = 200,
) -> HttpResponse:
    """The form page. ``showing`` is kept from an earlier showing; ``state`` puts back a sealed one as it came."""
    if state is None:
        try:
            state = (showing or Showing(page.pk if isinstance(page, Page) else None)).seal()
        except VaultError as error:
            # Nothing that is typed here could be stored, so nobody is asked to type it.
            logger.error("The report form is closed: %s", type(error).__name__)
            return quiet_render(request, CLOSED, page_words(request, page), status=503)
    drawn = ""
    if form is None:
        blank = blank_form(page, keep=sends)
        form, drawn = blank.form, blank.drawn
    context = {
        **page_words(request, page),
        "form": form,
        "drawn": drawn,
        "state": state,
        "notice": notice,
        "refused": refused,
        "sends": sends,
        # Keeps the language that was chosen.
        "steps_address": f"?way=steps&{PARAMETER}={get_language() or ''}",
    }
    return quiet_render(request, FORM, context, status=status)


def show_not_sent(request: HttpRequest, typed: QueryDict, *, to: str = ANSWER) -> HttpResponse:
    """The form with everything that was typed, and that it was not sent. Works without database and keys."""
    notice = Notice(
        _("This was not sent"),
        _("Something went wrong on our side. Your words are still here. Please try again in a moment."),
    )
    guided = to == STEPS
    if not guided:
        try:
            form, state = form_for(None, typed), typed.get("state", "")
            return show_form(request, None, form=form, notice=notice, state=state, status=503)
        except Exception as error:  # noqa: BLE001 - whatever is broken, what was typed must come back
            logger.error("The report form could not be drawn: %s", type(error).__name__)
    what = "" if guided else f"{PREFIX}-what_happened"
    rest = [(key, value) for key, values in typed.lists() for value in values if key not in (what, "send", "go")]
    context = {
        "action": reverse(to),
        "guided": guided,
        "go": typed.get("go", "next"),
        "words": typed.get(what, ""),
        "name": what,
        "rest": rest,
        "notice": notice,
        "emergency": country_pack().emergency,
        "warn": WARN,
        "team": TEAM,
    }
    response = HttpResponse(render_to_string(PLAIN, context), status=503)
    quiet_headers(response)
    return response


def page_words(request: HttpRequest, page: ReportPageMixin | None) -> Mapping[str, Any]:
    """What every page of the form says, whatever stands in the form."""
    return {
        "page": page,
        "title": page.title if isinstance(page, Page) else _("Tell us what happened"),
        "reading": reading_words(request),
        "emergency": country_pack().emergency,
        "languages": choices(),
        "hl": PARAMETER,
        "warn": WARN,
        "team": TEAM,
        "enter": ENTER,
        "keep_exact": KEEP_EXACT,
    }
