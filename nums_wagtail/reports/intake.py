"""Taking a report in: sealed from the first row, once, with a receipt."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from nums_wagtail.foundation import journal
from nums_wagtail.foundation.actors import INTAKE, Actor
from nums_wagtail.foundation.errors import BadInput
from nums_wagtail.foundation.transactions import verb_transaction
from nums_wagtail.mailing.queue import enqueue
from nums_wagtail.members.models import Organisation
from nums_wagtail.regions.models import Region
from nums_wagtail.vault import data_keys
from nums_wagtail.vault.holders import ReceiptHolder
from nums_wagtail.vault.models import KeyKind
from nums_wagtail.vault.receipts import Receipt, new_receipt

from . import consent, documents, signals
from .consent import Answer, Purpose, Through
from .contact import exchanged
from .day_log import write_by_day
from .evidence import Added, Prepared, add_files
from .exceptions import NotSent
from .incident_dates import incident_date, local_day
from .models import Report
from .read import Answers, OwnAnswer, Value, tells_of_child
from .schema import SCHEMA, UNSAID, Words, split_number
from .uploads import RefusedFile

RECEIVED = journal.declare("nums.reports.received", _("Report received"))
ADDED_TO = journal.declare("nums.reports.added_to", _("Report sent again with other words"))

#: For how long a warning waits, by the answer to when it may go out.
HELD_BACK = {"3_days": timedelta(days=3), "2_weeks": timedelta(days=14)}

TAGGING_TASK = "nums_wagtail.reports.tasks.make_tags"

logger = logging.getLogger(__name__)


@dataclass(frozen=True, repr=False)
class Submission:
    """A report as it arrives. ``answers`` are by question key, cleaned by the form; dates as YYYY-MM-DD."""

    answers: Mapping[str, Value]
    region: Region
    consents: Mapping[Purpose, Answer]
    #: One showing of the form: sent twice, it is one report.
    form_id: uuid.UUID = field(default_factory=uuid.uuid4)
    receipt: Receipt = field(default_factory=new_receipt)
    received_at: datetime = field(default_factory=timezone.now)
    source: Report.Source = Report.Source.PUBLIC
    #: The project from whose page it came.
    project: Organisation | None = None
    language: str = ""
    path: str = "short"
    #: Answers to the page's own questions.
    own: tuple[OwnAnswer, ...] = ()
    #: What could not be read and is kept as typed, by the name of its answer.
    marked: Mapping[str, str] = field(default_factory=dict)
    #: Whether a recording or a picture came with it that says what happened.
    spoken: bool = False
    files: Prepared = field(default_factory=Prepared)
    #: Asked once, when the report is really new: whether it looks as if a machine sent it, or comes in a flood.
    looks_automatic: Callable[[], bool] = lambda: False


@dataclass(frozen=True, repr=False)
class Accepted:
    """What the reporter is shown. ``again`` when this form had been sent before."""

    report_uuid: uuid.UUID
    receipt: Receipt
    again: bool = False
    #: Files that were not kept, each with its reason.
    refused: tuple[RefusedFile, ...] = ()


def accept_report(submission: Submission, *, by: Actor = INTAKE) -> Accepted:
    """Store a report, or recognise one that was sent before.

    The same form again is the same report and the same receipt; other words in it become a further version,
    so that nothing is lost and nothing is overwritten. Raises BadInput when "what happened" is empty or an
    answer fits no question, VaultError when it cannot be sealed, NotSent when the database refuses.
    """
    _check(submission)
    holder = ReceiptHolder(submission.receipt)
    # The slow part stands outside the transaction: where one writes at a time, all others would wait for it.
    holder.derive()
    # Twice, because the same form may arrive twice in one moment: the second time round, the other one is there.
    for _turn in range(2):
        try:
            return _accept(submission, holder, by)
        except IntegrityError:
            # Its text would carry values.
            continue
    raise NotSent()


def tells_what_happened(answers: Mapping[str, Value], *, spoken: bool = False) -> bool:
    """Whether the one thing was said that a report needs: typed, ticked or spoken."""
    typed = str(answers.get("what_happened") or "").strip()
    ticked = set(answers.get("categories") or ()) - {UNSAID}
    return bool(typed or ticked or spoken)


def _check(submission: Submission) -> None:
    wrong: dict[str, list[Words]] = {}
    if not tells_what_happened(submission.answers, spoken=submission.spoken):
        wrong["what_happened"] = [_("Please tell us what happened.")]
    for name, value in submission.answers.items():
        if not SCHEMA.asks(name):
            wrong[name] = [_("This question is not asked.")]
            continue
        question = SCHEMA.question(split_number(name)[0])
        if value and question.vocabulary:
            chosen = {value} if isinstance(value, str) else set(value)
            if not chosen <= SCHEMA.vocabulary(question.vocabulary).codes | {UNSAID}:
                wrong[name] = [_("Please choose from the list.")]
    if wrong:
        raise BadInput(wrong)


def _accept(submission: Submission, holder: ReceiptHolder, by: Actor) -> Accepted:
    with verb_transaction():
        known = Report.objects.select_for_update().filter(form_id=submission.form_id).first()
        if known is not None:
            added = _add_what_is_new(known, submission, holder, by)
            return Accepted(known.uuid, submission.receipt, again=True, refused=added.refused)
        key = data_keys.create_for_team(KeyKind.REPORT, holder)
        report = Report(
            data_key=key.id,
            form_id=submission.form_id,
            source=submission.source,
            project=submission.project,
            language=(submission.language or get_language() or "en")[:10],
            received_on=local_day(submission.received_at),
            exchanged_on=local_day(submission.received_at),
            looks_automatic=submission.looks_automatic(),
        )
        answers = _answers(submission)
        _set_plain_facts(report, submission, answers)
        # Most reports name nothing that is compared: then no worker has to open them for it.
        report.tagged = not any(one.is_worth_a_tag for one in answers.identifiers())
        report.save(force_insert=True)
        documents.add_version(report, key, answers, 1)
        added = add_files(report, key, submission.files, by=by)
        _record_consents(report, submission, by, is_new=True)
        write_by_day(report, RECEIVED, by=by, at=submission.received_at)
        transaction.on_commit(partial(_announce, report))
    return Accepted(report.uuid, submission.receipt, refused=added.refused)


def _answers(submission: Submission) -> Answers:
    return Answers(
        values=dict(submission.answers),
        received_at=submission.received_at,
        incident=incident_date(submission.answers, submission.received_at),
        path=submission.path,
        own=submission.own,
        marked=dict(submission.marked),
    )


def _set_plain_facts(report: Report, submission: Submission, answers: Answers) -> None:
    report.region = submission.region
    # Not taken back by a later sending: whoever was there when it was ticked may be at risk still.
    report.child = report.child or tells_of_child(answers.values)
    # A child at risk cannot wait either; what follows from it is said beside the tick.
    report.urgent = bool(answers.value("urgent")) or report.child
    report.categories = answers.codes("categories")
    report.incident_on = answers.incident.on
    held = HELD_BACK.get(str(answers.value("not_before")))
    report.warn_from = local_day(submission.received_at) + held if held else None


def _record_consents(report: Report, submission: Submission, by: Actor, *, is_new: bool = False) -> None:
    wording = consent.WORDING_OF_PATH.get(submission.path, "")
    consent.record(report, submission.consents, _through(submission), by=by, wording=wording, is_new=is_new)


def _through(submission: Submission) -> Through:
    """What was said on paper, or to somebody of the team, was written down here for the reporter."""
    for_reporter = submission.source == Report.Source.STAFF or submission.path in consent.ON_PAPER
    return Through.STAFF if for_reporter else Through.FORM


def _add_what_is_new(report: Report, submission: Submission, holder: ReceiptHolder, by: Actor) -> Added:
    """The form was sent before: add its words as a version when they differ, and its consents."""
    answers = _answers(submission)
    key = data_keys.open_key(holder, report.data_key)
    versions = documents.open_versions_with(report, key)
    added = add_files(report, key, submission.files, by=by)
    _record_consents(report, submission, by)
    if versions[-1].says_the_same_as(answers):
        return added
    documents.add_version(report, key, answers, len(versions) + 1)
    _set_plain_facts(report, submission, answers)
    report.tagged = False
    report.save(update_fields=["region", "urgent", "child", "categories", "incident_on", "warn_from", "tagged"])
    exchanged(report)
    write_by_day(report, ADDED_TO, by=by, at=submission.received_at)
    signals.reporter_came_back.send(Report, report=report, what="words")
    transaction.on_commit(partial(_make_tags_soon, report))
    return added


def _announce(report: Report) -> None:
    """After the commit. Whatever fails here, the report is stored: schedules pick up what was missed."""
    for receiver, result in signals.report_received.send_robust(Report, report=report):
        if isinstance(result, Exception):
            name = getattr(receiver, "__qualname__", type(receiver).__name__)
            logger.error("A receiver of report_received failed: %s, %s", name, type(result).__name__)
    _make_tags_soon(report)


def _make_tags_soon(report: Report) -> None:
    if report.tagged:
        return
    enqueue(TAGGING_TASK, report.uuid, leave_no_trace=True)
