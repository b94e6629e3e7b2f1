"""The reporter's way: sending a report, and coming back with its receipt. No cookie is set, no session is read.

Nothing here may raise: an error report would carry what was typed.
"""

from __future__ import annotations

import logging
from contextlib import suppress

from django.conf import settings
from django.core.exceptions import BadRequest, RequestDataTooBig, SuspiciousOperation
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_POST

from nums_wagtail.foundation.errors import BadInput
from nums_wagtail.foundation.quiet import quiet_page, quiet_render
from nums_wagtail.regions.packs import country_pack

from . import consent, form_page
from .form_page import Notice
from .form_state import read_state
from .intake import Accepted, Submission, accept_report
from .read import Value

SENT = "nums_wagtail/reports/sent.html"
UNREADABLE = "nums_wagtail/reports/too_long.html"

logger = logging.getLogger(__name__)


class NoFiles(FileUploadHandler):
    """Files are not asked for here, so none is kept: not on disk, not in memory."""

    def new_file(self, *args: object, **kwargs: object) -> None:
        raise SkipFile()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        return None

    def file_complete(self, file_size: int) -> None:
        return None


@csrf_exempt
@transaction.non_atomic_requests
@quiet_page
@require_POST
@sensitive_post_parameters()
@sensitive_variables()
def answer(request: HttpRequest) -> HttpResponse:
    """Take a report in and show its receipt; in every other case show the form again with all that was typed.

    Exempt from CSRF checks because there is no authority to steal: whoever is signed in is not looked at.
    """
    with suppress(AttributeError):  # a middleware of the host has read it all before us
        request.upload_handlers = [NoFiles(request)]
    try:
        typed = request.POST
    except (BadRequest, RequestDataTooBig, SuspiciousOperation, MultiPartParserError, UnreadablePostError):
        # Too much to read at all, or cut off on its way. The browser still has it.
        context = {"most": settings.DATA_UPLOAD_MAX_MEMORY_SIZE, "emergency": country_pack().emergency}
        return quiet_render(request, UNREADABLE, context, status=400)
    try:
        return _answer(request, typed)
    except Exception as error:  # noqa: BLE001 - one answer without values for whatever went wrong
        logger.error("A report was not stored: %s", type(error).__name__)
    return form_page.show_not_sent(request, typed)


@sensitive_variables()
def _answer(request: HttpRequest, typed: QueryDict) -> HttpResponse:
    read = read_state(typed.get("state", ""))
    page = form_page.page_of(read.showing.page_id)
    form = form_page.form_for(typed)
    button = typed.get("send")
    notice = None
    if not form.is_valid():
        pass  # each error stands beside its field
    elif not read.fresh:
        notice = Notice(
            _("Please press the button once more"),
            _("This page was open for a long time. Your words are still here. They were not sent yet."),
        )
    elif button not in (form_page.WARN, form_page.TEAM):
        notice = Notice(
            _("Who may we tell?"), _("Your words are still here. Choose one of the two buttons at the end.")
        )
    else:
        try:
            accepted = _accept(form.answers, read.showing, page, warn=button == form_page.WARN)
        except BadInput as wrong:
            form_page.add_errors(form, wrong)
        else:
            return _sent(request, page, accepted, form.answers, warn=button == form_page.WARN)
    return form_page.show_form(request, page, showing=read.showing, form=form, notice=notice, status=400)


def _accept(
    answers: dict[str, Value],
    showing: form_page.Showing,
    page: form_page.ReportPageMixin | None,
    *,
    warn: bool,
) -> Accepted:
    region = answers.get("region")
    return accept_report(
        Submission(
            answers=answers,
            region=form_page.region_of(page, region if isinstance(region, str) else None),
            consents=consent.by_button(warn=warn),
            form_id=showing.form_id,
            receipt=showing.receipt,
        )
    )


def _sent(
    request: HttpRequest,
    page: form_page.ReportPageMixin | None,
    accepted: Accepted,
    answers: dict[str, Value],
    *,
    warn: bool,
) -> HttpResponse:
    context = {
        "page": page,
        "receipt": accepted.receipt,
        "warn": warn,
        "urgent": bool(answers.get("urgent")),
        "reading": form_page.reading_words(request),
        "emergency": country_pack().emergency,
    }
    return quiet_render(request, SENT, context)
