"""Coming back with a receipt: the state of a report, and taking consent back. Everything travels in the page."""

from __future__ import annotations

import logging
import time
import uuid

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from nums_wagtail.foundation.actors import LEDGER
from nums_wagtail.foundation.errors import CannotOpen
from nums_wagtail.foundation.quiet import quiet_page, quiet_render
from nums_wagtail.regions.packs import country_pack
from nums_wagtail.vault.receipts import parse_receipt
from nums_wagtail.vault.sealed_state import open_state, seal_state

from . import access, consent, slowing
from .consent import Purpose, Through
from .form_page import Notice, reading_words
from .forms import ReceiptForm
from .models import Report
from .receipts import view_of

ASK = "nums_wagtail/reports/receipt.html"
WAIT = "nums_wagtail/reports/receipt_wait.html"
STATUS = "nums_wagtail/reports/receipt_status.html"
BROKEN = "nums_wagtail/reports/receipt_broken.html"

#: Purposes of the states that travel, and seconds that they are good for.
OPEN, OPEN_SECONDS = "receipt-open", 30 * 60
WAITING, WAITING_SECONDS = "receipt-wait", 10 * 60

logger = logging.getLogger(__name__)


@csrf_exempt
@transaction.non_atomic_requests
@quiet_page
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
@sensitive_variables()
def receipt(request: HttpRequest) -> HttpResponse:
    """GET asks for the receipt. POST shows the report's state, or takes a consent back and shows it again."""
    if request.method != "POST":
        return _ask(request, ReceiptForm())
    try:
        return _answer(request)
    except Exception as error:  # noqa: BLE001 - a receipt is a key: no error report may carry it
        logger.error("A receipt was not answered: %s", type(error).__name__)
    return quiet_render(request, BROKEN, status=503)


def _answer(request: HttpRequest) -> HttpResponse:
    if "open" in request.POST:
        return _take_back(request)
    if "wait" in request.POST:
        return _after_waiting(request)
    form = ReceiptForm(request.POST)
    if not form.is_valid():
        return _ask(request, form, status=400)
    typed = form.cleaned_data["receipt"]
    seconds = slowing.seconds_to_wait(request.META.get("REMOTE_ADDR", ""))
    if seconds:
        state = seal_state(WAITING, {"typed": typed, "from": int(time.time()) + seconds})
        return _wait(request, state, seconds)
    return _look_up(request, typed)


def _look_up(request: HttpRequest, typed: str) -> HttpResponse:
    found = parse_receipt(typed)
    opened = access.find_by_receipt(found) if found is not None else None
    if opened is None:
        form = ReceiptForm({"receipt": typed})
        form.add_error(
            "receipt",
            _("We do not know this receipt. Please look at each word again."),
        )
        return _ask(request, form, status=400)
    _holder, report = opened
    return _show(request, report)


def _after_waiting(request: HttpRequest) -> HttpResponse:
    state_text = request.POST["wait"]
    try:
        state = open_state(WAITING, state_text, WAITING_SECONDS)
    except CannotOpen:
        return _ask(request, ReceiptForm())
    left = int(state["from"]) - int(time.time())
    return _wait(request, state_text, left) if left > 0 else _look_up(request, str(state["typed"]))


def _take_back(request: HttpRequest) -> HttpResponse:
    try:
        state = open_state(OPEN, request.POST["open"], OPEN_SECONDS)
    except CannotOpen:
        again = Notice(_("Please type your receipt again"), _("The page was open for a long time."))
        return _ask(request, ReceiptForm(), notice=again)
    report = access.by_uuid(uuid.UUID(str(state["report"])))
    if report is None:
        return _ask(request, ReceiptForm(), notice=Notice(_("This report was deleted.")))
    wanted = request.POST.get("withdraw", "")
    notice: Notice | None = None
    if wanted in Purpose.values:
        consent.take_back(report, Purpose(wanted), Through.RECEIPT, by=LEDGER)
        notice = Notice(_("You took this back."), str(Purpose(wanted).label))
    return _show(request, report, notice=notice)


def _ask(
    request: HttpRequest, form: ReceiptForm, *, notice: Notice | None = None, status: int = 200
) -> HttpResponse:
    context = {"form": form, "notice": notice, "emergency": country_pack().emergency}
    return quiet_render(request, ASK, context, status=status)


def _wait(request: HttpRequest, state: str, seconds: int) -> HttpResponse:
    return quiet_render(request, WAIT, {"state": state, "seconds": seconds}, status=429)


def _show(request: HttpRequest, report: Report, *, notice: Notice | None = None) -> HttpResponse:
    context = {
        "view": view_of(report),
        "state": seal_state(OPEN, {"report": str(report.uuid)}),
        "notice": notice,
        "reading": reading_words(request),
        "emergency": country_pack().emergency,
    }
    return quiet_render(request, STATUS, context)
