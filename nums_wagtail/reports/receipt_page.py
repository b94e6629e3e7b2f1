"""Drawing the pages behind the receipt. Everything they need travels in the page, sealed."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from wagtail.models import Site

from nums_wagtail.foundation.errors import CannotOpen
from nums_wagtail.foundation.quiet import quiet_render
from nums_wagtail.regions.packs import country_pack
from nums_wagtail.vault import data_keys
from nums_wagtail.vault.receipts import Receipt, parse_receipt
from nums_wagtail.vault.sealed_state import open_state, seal_state

from . import documents, evidence, follow_up, keeping, messages
from .contact import contact_until
from .form_page import KEEP_EXACT, reading_words
from .help_now import HelpNow, help_now
from .help_words import lasting
from .incident_dates import local_day
from .models import ReceiptWords, Report
from .read import Answers, tells_of_child
from .receipt_buttons import ASK_DELETE, DELETED, Outcome, Visit
from .receipt_forms import AdditionForm, ConsentForm, FollowUpForm, KeepForm, MendForm, MessageForm, QuietForm
from .receipts import view_of

STATUS = "nums_wagtail/reports/receipt_status.html"
OTHERS = {
    ASK_DELETE: "nums_wagtail/reports/receipt_delete.html",
    DELETED: "nums_wagtail/reports/receipt_deleted.html",
}

#: Purpose of the state that travels, and seconds that it is good for.
OPEN, OPEN_SECONDS = "receipt-open", 30 * 60


#: Days after a report for which its page says what help cannot wait.
HELP_DAYS = 7


def seal_visit(receipt: Receipt) -> str:
    """The state of an opened page. Raises VaultError."""
    return seal_state(OPEN, {"receipt": receipt.digits})


def open_visit(state: str) -> Receipt:
    """The receipt that an opened page carries. Raises CannotOpen, with code ``expired`` when it is too old."""
    receipt = parse_receipt(str(open_state(OPEN, state, OPEN_SECONDS)["receipt"]))
    if receipt is None:
        raise CannotOpen()
    return receipt


def show(request: HttpRequest, visit: Visit, outcome: Outcome) -> HttpResponse:
    """The page of a report, or another one that a button led to. Raises VaultError when it cannot be opened."""
    context: dict[str, Any] = {"notice": outcome.notice, "emergency": country_pack().emergency}
    if outcome.page == DELETED:
        return quiet_render(request, OTHERS[DELETED], context)
    context |= {"state": seal_visit(visit.receipt), "view": view_of(visit.report, _own_words(request))}
    if outcome.page:
        return quiet_render(request, OTHERS[outcome.page], context)
    key = data_keys.open_key(visit.holder, visit.report.data_key)
    said = messages.messages_of(visit.report, key)
    answers = documents.open_versions_with(visit.report, key)[-1]
    child = tells_of_child(answers.values)
    context |= _forms(visit, answers, outcome.bound)
    own = evidence.own_files(visit.report, key)
    context |= {
        "messages": said,
        "help": _help(visit.report, answers, child=child),
        "child": child,
        "news": messages.seen_by_reporter(visit.report),
        "reading": reading_words(request),
        "kept": keeping.keeping_words(visit.report),
        "contact_until": contact_until(visit.report),
        "bound": outcome.bound,
        "odd": outcome.odd or outcome.bound is not None,
        "refused": outcome.refused or own.refused,
        "files": own.kept,
        "keep_exact": KEEP_EXACT,
    }
    wrong = outcome.bound is not None and bool(outcome.bound.errors)
    return quiet_render(request, STATUS, context, status=400 if wrong else 200)


def _forms(visit: Visit, answers: Answers, bound: QuietForm | None) -> dict[str, QuietForm | None]:
    due = follow_up.due(visit.report)
    forms: dict[str, QuietForm | None] = {
        "message": MessageForm(),
        "add": AdditionForm(),
        "allow": ConsentForm(visit.report),
        "keep": KeepForm(initial={"years": visit.report.keep_years}),
        "later": FollowUpForm(due) if due else None,
        "mend": MendForm(answers) if answers.marked else None,
    }
    if bound is not None:
        forms[bound.name] = bound
    return {f"{name}_form": form for name, form in forms.items()}


def _help(report: Report, answers: Answers, *, child: bool) -> HelpNow:
    """What cannot wait, while it is a matter of days; where to find what was asked for, as long as the page is."""
    support = answers.codes("support")
    if (local_day(timezone.now()) - report.received_on).days > HELP_DAYS:
        return help_now(report.region, [], False, lasting(support), child=child)
    return help_now(report.region, report.categories, bool(answers.value("urgent")), support, child=child)


def _own_words(request: HttpRequest) -> ReceiptWords | None:
    site = Site.find_for_request(request)
    # Not ``for_site``, which writes a row where there is none.
    return ReceiptWords.objects.filter(site=site).first() if site else None
