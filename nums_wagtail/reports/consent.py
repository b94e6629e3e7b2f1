"""The ledger: what a reporter allowed, for which purpose, and since when. Every output asks here first."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nums_wagtail.foundation import journal, policy
from nums_wagtail.foundation.actors import Actor
from nums_wagtail.foundation.transactions import verb_transaction

from . import signals
from .day_log import write_by_day
from .incident_dates import local_day
from .models import ConsentEvent, Report
from .purposes import working

Purpose = ConsentEvent.Purpose
Answer = ConsentEvent.Answer
Through = ConsentEvent.Through

#: What one button gives together.
WARNING = (Purpose.ALERT, Purpose.CHECKER)

CHANGED = journal.declare("nums.reports.consent", _("Consent changed"))

#: Version of the words that stood on what was pressed. A new wording gets a new number, old entries keep theirs.
WORDING: dict[Through, str] = {Through.FORM: "button-1", Through.RECEIPT: "receipt-2", Through.STAFF: "spoken-1"}


def by_button(*, warn: bool) -> dict[Purpose, Answer]:
    """What the two buttons of the short form mean: warning is yes or no, everything else is asked later."""
    answers = dict.fromkeys(Purpose, Answer.ASK)
    answers[Purpose.ALERT] = answers[Purpose.CHECKER] = Answer.YES if warn else Answer.NO
    return answers


#: Version of the words of the guided form, which asks for each purpose by itself.
GUIDED_WORDING = "guided-1"
#: Version of the words on the printed sheet; it stands in the foot of each page.
SHEET_WORDING = "sheet-1"

#: Ways on which somebody writes down here what a reporter ticked on paper: keyed, or photographed.
KEYED, PHOTO = "keyed", "photo"
ON_PAPER = frozenset({KEYED, PHOTO})

#: Path of a report → version of the words that stood beside its consents, where it is not the usual one.
WORDING_OF_PATH = {"guided": GUIDED_WORDING, KEYED: SHEET_WORDING, PHOTO: SHEET_WORDING}


def record(
    report: Report,
    answers: Mapping[Purpose, Answer],
    through: Through,
    *,
    by: Actor,
    wording: str = "",
    is_new: bool = False,
) -> list[ConsentEvent]:
    """Add an entry for each answer that differs from the one in force, and return the entries.

    ``wording`` is the version of the words that were shown, where it is not the usual one of ``through``.
    ``is_new``: the report was stored in this transaction, so that no answer of it can be in force.

    Sends ``consent_changed`` inside the transaction for each answer that replaces another one.
    Raises NotAllowed when a person without the right to work on cases answers for the reporter.
    """
    if not by.machine:
        policy.require(by, "work_case")
    today = local_day(timezone.now())
    with verb_transaction():
        in_force = {} if is_new else standing(report)
        written = ConsentEvent.objects.bulk_create(
            ConsentEvent(
                report=report,
                purpose=purpose,
                answer=answer,
                wording=wording or WORDING[through],
                through=through,
                on=today,
            )
            for purpose, answer in answers.items()
            if purpose not in in_force or in_force[purpose].answer != answer
        )
        for event in written:
            purpose, answer = Purpose(event.purpose), Answer(event.answer)
            if purpose in in_force:
                write_by_day(
                    report, CHANGED, by=by, data={"purpose": str(purpose), "answer": str(answer), "entry": event.pk}
                )
                signals.consent_changed.send(Report, report=report, purpose=purpose, allowed=answer == Answer.YES)
    return written


def withdraw(report: Report, purpose: Purpose, through: Through, *, by: Actor) -> ConsentEvent | None:
    """Take a yes back. Returns the new entry, or None when it was no already."""
    return next(iter(record(report, {purpose: Answer.NO}, through, by=by)), None)


def answer(report: Report, answers: Mapping[Purpose, Answer], through: Through, *, by: Actor) -> list[ConsentEvent]:
    """Record what a reporter answered on a page that shows the working purposes. Others are left alone.

    Whoever takes the warning back takes back with it what its button gave and no page shows.
    """
    shown = {purpose: given for purpose, given in answers.items() if purpose in working()}
    warn = shown.get(Purpose.ALERT, Answer.YES)
    hidden = set(WARNING) - working() if warn != Answer.YES else set()
    return record(report, shown | dict.fromkeys(sorted(hidden), warn), through, by=by)


def standing(report: Report) -> dict[Purpose, ConsentEvent]:
    """The answer in force for each purpose that was ever answered: the newest one."""
    newest: dict[Purpose, ConsentEvent] = {}
    for event in ledger(report):
        newest[Purpose(event.purpose)] = event
    return newest


def ledger(report: Report) -> list[ConsentEvent]:
    """Every entry of a report, oldest first."""
    return list(ConsentEvent.objects.filter(report=report).order_by("id"))


def allows(report: Report, purpose: Purpose) -> ConsentEvent | None:
    """The entry that allows ``purpose`` now, to be kept with the output, or None. "Ask me first" allows nothing."""
    newest = ConsentEvent.objects.filter(report=report, purpose=purpose).order_by("-id").first()
    return newest if newest is not None and newest.answer == Answer.YES else None
