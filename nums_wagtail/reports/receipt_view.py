"""Coming back with a receipt. No cookie is set and no session is read; nothing here may raise."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import replace

from django.conf import settings
from django.core.exceptions import BadRequest, RequestDataTooBig, SuspiciousOperation
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from nums_wagtail.foundation.error_reports import look_at_nobody
from nums_wagtail.foundation.errors import CannotOpen, NotThere
from nums_wagtail.foundation.quiet import quiet_page, quiet_render
from nums_wagtail.regions.packs import country_pack
from nums_wagtail.vault.holders import ReceiptHolder
from nums_wagtail.vault.receipts import Receipt, read_receipt

from . import access, drafts, slowing
from .form_page import Notice
from .languages import PARAMETER, choices, language_asked_for
from .receipt_buttons import WORDS, Outcome, Visit, press
from .receipt_forms import ReceiptForm, where_to_look
from .receipt_page import open_visit, show
from .slowing import Wait
from .steps_page import go_on
from .uploads import Sent, read_sent
from .views import UNREADABLE

ASK = "nums_wagtail/reports/receipt.html"
AT_PROJECT = "nums_wagtail/reports/receipt_at_project.html"
WAIT = "nums_wagtail/reports/receipt_wait.html"
BROKEN = "nums_wagtail/reports/receipt_broken.html"

logger = logging.getLogger(__name__)

#: Words that were typed on a page that had become too old, with the button they were for.
Kept = Mapping[str, str]


@csrf_exempt
@transaction.non_atomic_requests
@quiet_page
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
@sensitive_variables()
def receipt(request: HttpRequest) -> HttpResponse:
    """GET asks for the receipt. POST shows the report behind it, or does what a button of its page says."""
    look_at_nobody(request)
    with language_asked_for(request):
        return _receipt(request)


def _receipt(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return _ask(request, ReceiptForm())
    try:
        sent = read_sent(request)
    except (BadRequest, RequestDataTooBig, SuspiciousOperation, MultiPartParserError, UnreadablePostError):
        context = {"most": settings.DATA_UPLOAD_MAX_MEMORY_SIZE, "emergency": country_pack().emergency}
        return quiet_render(request, UNREADABLE, context, status=400)
    try:
        return _answer(request, sent)
    except Exception as error:  # noqa: BLE001 - a receipt is a key: no error report may carry it
        logger.error("A receipt was not answered: %s", type(error).__name__)
    context = {"words": _words_of(sent.typed), "state": sent.typed.get("open", "")}
    return quiet_render(request, BROKEN, context, status=503)


def _answer(request: HttpRequest, sent: Sent) -> HttpResponse:
    posted = sent.typed
    if "open" in posted:
        return _act(request, sent)
    if "wait" in posted:
        return _after_waiting(request, posted.get("wait", ""))
    form = ReceiptForm(posted)
    kept = {name: given for name in ("kept_do", "kept_text") if (given := posted.get(name, ""))}
    if not form.is_valid():
        return _ask(request, form, kept=kept, status=400)
    typed = form.cleaned_data["receipt"]
    seconds = slowing.seconds_to_wait(request.META.get("REMOTE_ADDR", ""))
    if seconds:
        return _wait(request, Wait.begin(typed, seconds, kept).seal(), seconds)
    return _look_up(request, typed, kept)


def _after_waiting(request: HttpRequest, sealed: str) -> HttpResponse:
    try:
        wait = Wait.open(sealed)
    except CannotOpen:
        return _ask(request, ReceiptForm())
    if (left := wait.left) > 0:
        return _wait(request, sealed, left)
    return _look_up(request, wait.typed, wait.kept)


def _look_up(request: HttpRequest, typed: str, kept: Kept) -> HttpResponse:
    reading = read_receipt(typed)
    visit = _visit(reading.receipt) if reading.receipt is not None else None
    draft = drafts.find(ReceiptHolder(reading.receipt)) if visit is None and reading.receipt is not None else None
    if draft is not None and draft.walk.for_project:
        return _begun_at_project(request, draft)
    if draft is not None:
        return go_on(request, draft)
    if visit is None:
        form = ReceiptForm({"receipt": typed})
        form.add_error("receipt", where_to_look(reading))
        return _ask(request, form, kept=kept, status=400)
    form_class = WORDS.get(kept.get("kept_do", ""))
    if form_class is None:
        return show(request, visit, Outcome())
    still_here = Notice(_("Your words are still here"), _("They were not sent yet. Please press the button again."))
    return show(request, visit, Outcome(still_here, form_class(initial={"text": kept.get("kept_text", "")})))


def _begun_at_project(request: HttpRequest, draft: drafts.Draft) -> HttpResponse:
    """It can be finished at the project, which is not known here, or from this page and without it."""
    walk = replace(draft.walk, for_project=False)
    context = {"state": walk.seal(), "step": draft.step, "title": _("Saved")}
    return quiet_render(request, AT_PROJECT, context)


def _visit(found: Receipt) -> Visit | None:
    opened = access.find_by_receipt(found)
    return Visit(found, *opened) if opened is not None else None


def _act(request: HttpRequest, sent: Sent) -> HttpResponse:
    posted = sent.typed
    try:
        found = open_visit(posted.get("open", ""))
    except CannotOpen:
        again = Notice(_("Please type your receipt again"), _("The page was open for a long time."))
        return _ask(request, ReceiptForm(), notice=again, kept=_words_of(posted))
    visit = _visit(found)
    if visit is None:
        return _ask(request, ReceiptForm(), notice=Notice(_("This report was deleted.")))
    try:
        outcome = press(visit, sent)
    except NotThere:
        return _ask(request, ReceiptForm(), notice=Notice(_("This report was deleted.")))
    return show(request, visit, outcome)


def _words_of(posted: QueryDict) -> Kept:
    """What was typed for a button whose words must not be lost."""
    button, words = posted.get("do", ""), posted.get("text", "")
    return {"kept_do": button, "kept_text": words} if button in WORDS and words else {}


def _ask(
    request: HttpRequest,
    form: ReceiptForm,
    *,
    notice: Notice | None = None,
    kept: Kept | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "form": form,
        "notice": notice,
        "kept": kept or {},
        "emergency": country_pack().emergency,
        "languages": choices(),
        "hl": PARAMETER,
    }
    return quiet_render(request, ASK, context, status=status)


def _wait(request: HttpRequest, state: str, seconds: int) -> HttpResponse:
    return quiet_render(request, WAIT, {"state": state, "seconds": seconds}, status=429)
