"""What each button of the receipt page does: one verb each, and what the page says afterwards."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from nums_wagtail.foundation.actors import LEDGER
from nums_wagtail.foundation.errors import BadInput, Refused
from nums_wagtail.vault import data_keys
from nums_wagtail.vault.holders import ReceiptHolder
from nums_wagtail.vault.receipts import Receipt

from . import access, additions, consent, contact, documents, evidence, follow_up, keeping, messages
from .consent import Through
from .form_page import KEEP_EXACT, Notice
from .models import Report
from .receipt_forms import AdditionForm, ConsentForm, FollowUpForm, KeepForm, MendForm, MessageForm, QuietForm
from .uploads import RefusedFile, Sent


@dataclass(frozen=True, repr=False)
class Visit:
    """Somebody with a receipt, and the report that it opens."""

    receipt: Receipt
    holder: ReceiptHolder
    report: Report


@dataclass(frozen=True)
class Outcome:
    """What to show: words on top, a form to mend, or another page than that of the report."""

    notice: Notice | None = None
    bound: QuietForm | None = None
    page: str = ""
    #: Files that were not kept, each with its reason.
    refused: tuple[RefusedFile, ...] = ()
    #: The words on top are no good news.
    odd: bool = False


#: Other pages that an outcome may lead to.
ASK_DELETE, DELETED = "delete", "deleted"


def _write(visit: Visit, sent: Sent) -> Outcome:
    form = MessageForm(sent.typed)
    if not form.is_valid():
        return Outcome(bound=form)
    try:
        messages.write_to_team(visit.report, form.cleaned_data["text"], holder=visit.holder)
    except BadInput as wrong:
        form.add_bad_input(wrong)
        return Outcome(bound=form)
    except Refused as error:
        return Outcome(Notice(_("Your message was not kept"), error.words), form)
    return Outcome(Notice(_("Your message is with the team"), _("Come back with your receipt to read the answer.")))


def _add(visit: Visit, sent: Sent) -> Outcome:
    form = AdditionForm(sent.typed)
    if not form.is_valid():
        return Outcome(bound=form)
    try:
        additions.add_words(visit.report, form.cleaned_data["text"], holder=visit.holder)
    except BadInput as wrong:
        form.add_bad_input(wrong)
        return Outcome(bound=form)
    except Refused as error:
        return Outcome(Notice(_("This was not added"), error.words), form)
    return Outcome(Notice(_("Added to your report"), _("Your first words stay as they were.")))


def _mend(visit: Visit, sent: Sent) -> Outcome:
    key = data_keys.open_key(visit.holder, visit.report.data_key)
    form = MendForm(documents.open_versions_with(visit.report, key)[-1], sent.typed)
    if not form.is_valid():
        return Outcome(bound=form)
    if not form.answers:
        return Outcome(Notice(_("Nothing was changed")))
    try:
        additions.mend(visit.report, form.answers, holder=visit.holder)
    except Refused as error:
        return Outcome(Notice(_("This was not added"), error.words), form)
    return Outcome(Notice(_("Thank you, we can read it now")))


def _add_files(visit: Visit, sent: Sent) -> Outcome:
    keep_exact = bool(sent.typed.get(KEEP_EXACT))
    prepared = evidence.prepare(sent.offered, keep_exact=keep_exact, refused=sent.refused)
    if not prepared:
        return Outcome(Notice(_("Nothing was chosen"), _("Choose a file first, then press the button.")), odd=True)
    key = data_keys.open_key(visit.holder, visit.report.data_key)
    added = additions.add_files(visit.report, key, prepared)
    if not added.files:
        words = "" if added.refused else _("We have these files already.")
        return Outcome(Notice(_("No file was added"), words), refused=added.refused, odd=True)
    return Outcome(Notice(_("We have your file")), refused=added.refused)


def _allow(visit: Visit, sent: Sent) -> Outcome:
    form = ConsentForm(visit.report, sent.typed)
    if not form.is_valid():
        return Outcome(bound=form)
    changed = consent.answer(visit.report, form.answers, Through.RECEIPT, by=LEDGER)
    return Outcome(Notice(_("Your answers are kept") if changed else _("Nothing was changed")))


def _keep(visit: Visit, sent: Sent) -> Outcome:
    form = KeepForm(sent.typed)
    if not form.is_valid():
        return Outcome(bound=form)
    keeping.choose_years(visit.report, form.cleaned_data["years"])
    return Outcome(Notice(_("Kept as you chose"), keeping.keeping_words(visit.report)))


def _forget_contact(visit: Visit, sent: Sent) -> Outcome:
    contact.end_contact(visit.report, by=LEDGER)
    words = _("Nobody of us can reach you now. Come back with your receipt to read what we write.")
    return Outcome(Notice(_("How to reach you is deleted"), words))


def _answer_later(visit: Visit, sent: Sent) -> Outcome:
    due = follow_up.due(visit.report)
    if due is None:
        return Outcome()
    form = FollowUpForm(due, sent.typed)
    if not form.is_valid():
        return Outcome(bound=form)
    given = form.cleaned_data
    follow_up.answer(visit.report, police=given["police"], otherwise=given.get("otherwise", ""))
    return Outcome(Notice(_("Thank you")))


def _ask_delete(visit: Visit, sent: Sent) -> Outcome:
    return Outcome(page=ASK_DELETE)


def _delete(visit: Visit, sent: Sent) -> Outcome:
    access.delete_report(visit.report, by=LEDGER)
    return Outcome(page=DELETED)


def _look(visit: Visit, sent: Sent) -> Outcome:
    return Outcome()


#: What a button is called in the page → what it does. "delete" asks, "delete-now" does it.
BUTTONS: dict[str, Callable[[Visit, Sent], Outcome]] = {
    "message": _write,
    "add": _add,
    "files": _add_files,
    "mend": _mend,
    "allow": _allow,
    "keep": _keep,
    "forget-contact": _forget_contact,
    "later": _answer_later,
    "delete": _ask_delete,
    "delete-now": _delete,
    "look": _look,
}

#: Buttons whose form holds words that must not be lost, with the form.
WORDS: dict[str, type[QuietForm]] = {"message": MessageForm, "add": AdditionForm}


@sensitive_variables()
def press(visit: Visit, sent: Sent) -> Outcome:
    """Do what the pressed button says; a button that is not there does nothing."""
    return BUTTONS.get(sent.typed.get("do", ""), _look)(visit, sent)
