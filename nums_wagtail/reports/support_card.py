"""The support card: chosen from fixed sentences, held up as a page or taken away as a PDF, and stored nowhere.

An address of the reporter's way: no cookie, no session, and nothing that was chosen in any log.
"""

from __future__ import annotations

import logging
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import get_language, get_language_bidi, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from nums_wagtail.foundation.error_reports import look_at_nobody
from nums_wagtail.foundation.quiet import quiet_page, quiet_render
from nums_wagtail.printing.exceptions import PdfError
from nums_wagtail.printing.turns import print_in_turn

from .card_sentences import MOST, OPPOSITES, SECTIONS, lines
from .form_page import Notice
from .languages import ENGLISH, PARAMETER, choices, language_asked_for, speaking

CHOOSE = "nums_wagtail/reports/card.html"
HOLD_UP = "nums_wagtail/reports/card_held_up.html"
PRINT = "nums_wagtail/reports/card_print.html"

#: What the buttons send.
SHOW, TAKE, CHANGE = "show", "take", "change"

logger = logging.getLogger(__name__)


class CardForm(forms.Form):
    """Some of the fixed sentences; what is not among them is refused without being quoted."""

    say = forms.MultipleChoiceField(
        label=gettext_lazy("Your sentences"),
        choices=[(one.code, one.words) for section in SECTIONS for one in section.sentences],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": gettext_lazy("Please choose from the list.")},
    )

    def clean_say(self) -> list[str]:
        chosen = list(self.cleaned_data["say"])
        if len(chosen) > MOST:
            raise ValidationError(_("Please choose at most %(most)s sentences."), params={"most": MOST})
        if any(one in chosen and other in chosen for one, other in OPPOSITES):
            raise ValidationError(_("Two of these say the opposite. Please keep one of them."))
        return chosen


@csrf_exempt
@transaction.non_atomic_requests
@quiet_page
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
@sensitive_variables()
def card(request: HttpRequest) -> HttpResponse:
    """GET offers the sentences. POST shows the card or gives it as a PDF; nothing of it is kept."""
    look_at_nobody(request)
    if request.method != "POST":
        with language_asked_for(request):
            return _choose(request, CardForm())
    try:
        with speaking(request.POST.get(PARAMETER, "")):
            return _answer(request)
    except Exception as error:  # noqa: BLE001 - what somebody needs to say belongs in no error report
        logger.error("A card was not made: %s", type(error).__name__)
    sorry = Notice(_("Something went wrong on our side."), _("Please try again in a moment."))
    return _choose(request, CardForm(), notice=sorry, status=503)


def _answer(request: HttpRequest) -> HttpResponse:
    form = CardForm(request.POST)
    wanted = request.POST.get("do", SHOW)
    if not form.is_valid():
        return _choose(request, form, status=400)
    if wanted == CHANGE:
        return _choose(request, form)
    chosen: list[str] = form.cleaned_data["say"]
    if wanted != TAKE:
        return _hold_up(request, chosen)
    try:
        return _as_pdf(chosen)
    except PdfError as error:
        instead = Notice(error.words, _("You can hold up this page instead."))
        return _hold_up(request, chosen, notice=instead, status=503)


def _choose(
    request: HttpRequest, form: CardForm, *, notice: Notice | None = None, status: int = 200
) -> HttpResponse:
    chosen = form["say"].value() or []
    said = {line.code: line for line in lines()}
    numbers = {code: number for number, code in enumerate(said)}
    sections = [
        (section.heading, [(numbers[one.code], said[one.code], one.code in chosen) for one in section.sentences])
        for section in SECTIONS
    ]
    context = {**_words(), "form": form, "sections": sections, "notice": notice, "most": MOST}
    return quiet_render(request, CHOOSE, context, status=status)


def _hold_up(
    request: HttpRequest, chosen: list[str], *, notice: Notice | None = None, status: int = 200
) -> HttpResponse:
    context = {**_words(), "lines": lines(chosen), "notice": notice}
    return quiet_render(request, HOLD_UP, context, status=status)


def _as_pdf(chosen: list[str]) -> HttpResponse:
    title = _("Card")
    html = render_to_string(PRINT, {**_words(), "lines": lines(chosen), "title": title})
    body = print_in_turn(html, title=title, lang=get_language() or ENGLISH)
    response = HttpResponse(body, content_type="application/pdf")
    response["Content-Disposition"] = 'attachment; filename="card.pdf"'
    return response


def _words() -> dict[str, Any]:
    return {
        "languages": choices(),
        "hl": PARAMETER,
        "language": get_language() or ENGLISH,
        "direction": "rtl" if get_language_bidi() else "ltr",
        "show": SHOW,
        "take": TAKE,
        "change": CHANGE,
    }
