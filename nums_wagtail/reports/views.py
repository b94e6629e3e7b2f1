"""The reporter's way: the short form and the steps of the guided one. No cookie is set, no session is read.

Nothing here may raise: an error report would carry what was typed.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.core.exceptions import BadRequest, RequestDataTooBig, SuspiciousOperation
from django.db import transaction
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_POST

from nums_wagtail.foundation.error_reports import look_at_nobody
from nums_wagtail.foundation.quiet import View, quiet_page, quiet_render
from nums_wagtail.regions.packs import country_pack

from . import consent, form_page, steps_page
from .form_state import Read, read_state
from .forms import unchecked
from .languages import speaking
from .sending import Filled, automatic
from .sent_page import show_sent
from .steps import read_walk
from .trying import try_to_send
from .uploads import Sent, read_sent

UNREADABLE = "nums_wagtail/reports/too_long.html"

logger = logging.getLogger(__name__)


Answering = Callable[[HttpRequest, Sent], HttpResponse]


def reporters_way(to: str) -> Callable[[Answering], View]:
    """An address of the reporter's way: reads what was sent under our limits, and answers every failure.

    Exempt from CSRF checks because there is no authority to steal: whoever is signed in is not looked at.
    ``to`` names the address itself, for the page that offers to try again.
    """

    def decorate(answering: Answering) -> View:
        @csrf_exempt
        @transaction.non_atomic_requests
        @quiet_page
        @require_POST
        @sensitive_post_parameters()
        @sensitive_variables()
        @wraps(answering)
        def answered(request: HttpRequest) -> HttpResponse:
            look_at_nobody(request)
            try:
                sent = read_sent(request)
            except (BadRequest, RequestDataTooBig, SuspiciousOperation, MultiPartParserError, UnreadablePostError):
                # Too much to read at all, or cut off on its way. The browser still has it.
                context = {"most": settings.DATA_UPLOAD_MAX_MEMORY_SIZE, "emergency": country_pack().emergency}
                return quiet_render(request, UNREADABLE, context, status=400)
            try:
                return answering(request, sent)
            except Exception as error:  # noqa: BLE001 - one answer without values for whatever went wrong
                logger.error("A report was not stored: %s", type(error).__name__)
            return form_page.show_not_sent(request, sent.typed, to=to)

        return answered

    return decorate


@reporters_way(form_page.ANSWER)
def answer(request: HttpRequest, sent: Sent) -> HttpResponse:
    """Take a report in and show its receipt; in every other case show the form again with all that was typed."""
    read = read_state(sent.typed.get("state", ""))
    with speaking(read.showing.language):
        return _answer(request, sent, read)


@sensitive_variables()
def _answer(request: HttpRequest, sent: Sent, read: Read) -> HttpResponse:
    page = form_page.page_of(read.showing.page_id)
    form = form_page.form_for(page, sent.typed)
    button = sent.typed.get("send")
    if "more" in sent.typed:
        return form_page.show_form(request, page, showing=read.showing, form=unchecked(form))
    filled = Filled(
        form,
        consent.by_button(warn=button == form_page.WARN),
        looks_automatic=automatic(request.META.get("REMOTE_ADDR", ""), read.showing, sent),
    )
    tried = try_to_send(filled, sent, read, page, pressed=button in (form_page.WARN, form_page.TEAM))
    if tried.accepted is not None:
        return show_sent(request, page, tried.accepted, tried.filled)
    refused = tried.filled.files.refused
    return form_page.show_form(
        request, page, showing=read.showing, form=form, notice=tried.notice, refused=refused, status=400
    )


@reporters_way(form_page.STEPS)
def steps(request: HttpRequest, sent: Sent) -> HttpResponse:
    """One step of the guided form: go on, go back, add one more, or send from the last one."""
    read = read_walk(sent.typed.get("state", ""))
    with speaking(read.walk.showing.language):
        return steps_page.answer_step(request, sent, read)
