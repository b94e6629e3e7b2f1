"""The buttons of the receipt's card, right after sending: keep a picture, type it once, see it again."""

from __future__ import annotations

import logging

from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_POST

from nums_wagtail.foundation.error_reports import look_at_nobody
from nums_wagtail.foundation.errors import CannotOpen
from nums_wagtail.foundation.quiet import quiet_page, quiet_render
from nums_wagtail.vault.receipts import Receipt

from .form_page import Notice
from .languages import language_asked_for
from .receipt_card import Compared, card_of, compare, open_card
from .receipt_forms import ReceiptForm, TypeForm, counted, look_at
from .receipt_picture import FILE_NAME, picture_of
from .receipt_view import ASK, BROKEN
from .uploads import read_sent

TYPE = "nums_wagtail/reports/receipt_type.html"

logger = logging.getLogger(__name__)


@csrf_exempt
@transaction.non_atomic_requests
@quiet_page
@require_POST
@sensitive_post_parameters()
@sensitive_variables()
def receipt_card(request: HttpRequest) -> HttpResponse:
    """Answers from what the page itself carries. Nothing is looked up, stored or counted."""
    look_at_nobody(request)
    try:
        with language_asked_for(request):
            return _answer(request, read_sent(request).typed)
    except Exception as error:  # noqa: BLE001 - a receipt is a key: no error report may carry it
        logger.error("A receipt's card was not answered: %s", type(error).__name__)
    return quiet_render(request, BROKEN, status=503)


def _answer(request: HttpRequest, posted: QueryDict) -> HttpResponse:
    try:
        receipt = open_card(posted.get("card", ""))
    except CannotOpen:
        words = _("We can show the receipt only for an hour. Do you have it? Then you can go on here.")
        context = {"form": ReceiptForm(), "notice": Notice(_("This page was open for a long time"), words)}
        return quiet_render(request, ASK, context, status=400)
    match posted.get("do"):
        case "picture":
            return _picture(receipt)
        case "check":
            return _check(request, receipt, posted)
        case "show":
            return _show(request, receipt, again=True)
    return _show(request, receipt, form=TypeForm())


def _picture(receipt: Receipt) -> HttpResponse:
    response = HttpResponse(picture_of(receipt), content_type="image/png")
    response["Content-Disposition"] = f'attachment; filename="{FILE_NAME}"'
    return response


def _check(request: HttpRequest, receipt: Receipt, posted: QueryDict) -> HttpResponse:
    form = TypeForm(posted)
    if form.is_valid():
        found = compare(receipt, form.cleaned_data["receipt"])
        if found.right:
            return _show(request, receipt, right=True)
        form.add_error("receipt", _where(found))
    return _show(request, receipt, form=form)


def _where(found: Compared) -> str:
    if found.wrong:
        return look_at(found.wrong, digits=found.digits)
    return counted(found.typed, found.wanted, digits=found.digits)


def _show(
    request: HttpRequest,
    receipt: Receipt,
    *,
    form: TypeForm | None = None,
    right: bool = False,
    again: bool = False,
) -> HttpResponse:
    context = {"card": card_of(receipt), "form": form, "right": right, "again": again}
    status = 400 if form is not None and form.errors else 200
    return quiet_render(request, TYPE, context, status=status)
