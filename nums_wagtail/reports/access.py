"""The one door to reports: it checks, logs the look, and opens with a key holder that the caller names."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from nums_wagtail.foundation import journal, policy
from nums_wagtail.foundation.actors import CLOCK, LEDGER, SETUP, Actor
from nums_wagtail.foundation.errors import NotAllowed, NotThere, Refused
from nums_wagtail.foundation.transactions import verb_transaction
from nums_wagtail.members.models import Organisation
from nums_wagtail.vault import data_keys
from nums_wagtail.vault.holders import KeyHolder, ReceiptHolder
from nums_wagtail.vault.receipts import Receipt

from . import documents, evidence, evidence_sealing, messages, signals
from .day_log import write_by_day
from .evidence_sealing import Described, Kind, OpenedFile
from .identifiers import Identifier
from .messages import OpenedMessage
from .models import Report, SuspectTag
from .read import Answers

#: The reading log is one of the few places with an exact time: misuse must be traceable.
OPENED = journal.declare("nums.reports.opened", _("Report opened"))
FILE_OPENED = journal.declare("nums.reports.file_opened", _("File of a report opened"))
DELETED = journal.declare("nums.reports.deleted", _("Report deleted"))

#: Machines that may delete: periods that ran out, a reporter's own wish, demo content.
MAY_DELETE = frozenset({CLOCK, LEDGER, SETUP})


@dataclass(frozen=True, repr=False)
class OpenedReport:
    """A report and what it says. ``earlier`` are the words as first sent, when it was sent again with others."""

    report: Report
    answers: Answers
    earlier: tuple[Answers, ...] = ()
    messages: tuple[OpenedMessage, ...] = ()
    #: Its files as they came and copies made of them, their content unopened.
    files: tuple[Described, ...] = ()

    @property
    def versions(self) -> tuple[Answers, ...]:
        """Every version, oldest first."""
        return (*self.earlier, self.answers)

    def identifiers(self) -> list[Identifier]:
        """The suspects' numbers and names in any version, each once."""
        found = {(one.kind, one.normal): one for answers in self.versions for one in answers.identifiers()}
        return list(found.values())


def open_report(holder: KeyHolder, report: Report | uuid.UUID | int, *, by: Actor, why: str) -> OpenedReport:
    """Open one report and log the look. ``why`` is a short code such as ``case`` or ``clearance``, never words.

    Raises NotThere when there is no such report or the actor may not open cases: both look the same.
    Raises VaultError when it cannot be opened.
    """
    found = _find(report) if policy.may(by, "open_case") else None
    if found is None:
        raise NotThere()
    key = data_keys.open_key(holder, found.data_key)
    *earlier, answers = documents.open_versions_with(found, key)
    said = tuple(messages.messages_of(found, key))
    files = evidence.described(found, key)
    journal.write(found, OPENED, by=by, data={"why": why})
    return OpenedReport(found, answers, tuple(earlier), said, files)


def _find(report: Report | uuid.UUID | int) -> Report | None:
    if isinstance(report, Report):
        return report
    wanted = {"uuid": report} if isinstance(report, uuid.UUID) else {"pk": report}
    return Report.objects.select_related("region").filter(**wanted).first()


def open_file(holder: KeyHolder, file_uuid: uuid.UUID, *, by: Actor, why: str) -> OpenedFile:
    """Open one file of a report and log the look. ``why`` is a short code such as ``case``, never words.

    Raises NotThere when there is none, when nothing of it was kept, or when the actor may not open cases: all look
    the same. Raises Refused for an exact file, which is opened for nobody; VaultError when it cannot be opened.
    """
    row = evidence.file_row(file_uuid) if policy.may(by, "open_case") else None
    if row is None or row.content is None:
        raise NotThere()
    key = data_keys.open_key(holder, row.report.data_key)
    if evidence_sealing.about(row, key).kind == Kind.EXACT:
        raise Refused("exact_file", _("The exact file stays sealed. It leaves with a named referral only."))
    opened = evidence_sealing.open_row(row, key)
    journal.write(row.report, FILE_OPENED, by=by, data={"why": why, "file": str(row.uuid)})
    return opened


def by_uuid(report_uuid: uuid.UUID) -> Report | None:
    """The plain row of a report, unopened. For whoever proved elsewhere that it is theirs."""
    return Report.objects.filter(uuid=report_uuid).first()


def reports_of(project: Organisation) -> QuerySet[Report]:
    """The plain rows of the reports that came from a project's page, newest first, unopened."""
    return Report.objects.filter(project=project).select_related("region").order_by("-pk")


def reports_without_case(in_cases: QuerySet[Any, Any] | Iterable[int]) -> QuerySet[Report]:
    """Reports, oldest first, whose id is not among ``in_cases``: casework names those that it has."""
    return Report.objects.exclude(pk__in=in_cases).order_by("pk")


def find_by_receipt(receipt: Receipt) -> tuple[ReceiptHolder, Report] | None:
    """The report that a receipt opens, with the holder that opens it; None for a receipt nobody was given."""
    found = data_keys.find_by_receipt(receipt)
    if found is None:
        return None
    holder, key_id = found
    report = Report.objects.filter(data_key=key_id).first()
    return (holder, report) if report is not None else None


def sharing_identifier(report: Report) -> list[tuple[int, tuple[str, ...]]]:
    """Other reports that share a suspect's identifier: (report id, kinds shared), newest first.

    Says that they share it, never what it is. A report that is not tagged yet finds nothing.
    """
    own = SuspectTag.objects.filter(report=report).values_list("kind", "tag")
    same = Q()
    for kind, tag in own:
        same |= Q(kind=kind, tag=tag)
    if not same:
        return []
    shared: dict[int, set[str]] = {}
    for report_id, kind in SuspectTag.objects.filter(same).exclude(report=report).values_list("report_id", "kind"):
        shared.setdefault(report_id, set()).add(kind)
    return [(report_id, tuple(sorted(shared[report_id]))) for report_id in sorted(shared, reverse=True)]


def delete_report(report: Report, *, by: Actor) -> None:
    """Remove a report for good: what rests on it falls in the same transaction, its key is shredded, then its rows.

    Raises NotAllowed for a person who may not work on cases and for a machine that does not delete.
    """
    if by.machine:
        if by not in MAY_DELETE:
            raise NotAllowed()
    else:
        policy.require(by, "work_case")
    with verb_transaction():
        write_by_day(report, DELETED, by=by)
        signals.report_deleted.send(Report, report=report)
        data_keys.shred_with_record(key for key in (report.data_key, report.contact_key) if key is not None)
        report.delete()
