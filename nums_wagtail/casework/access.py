"""The only door to cases: who sees which, and opening one, which is remembered.

Who works on cases sees all of them. Who may open but not work on them (on call) sees the urgent ones. For
everybody else, superusers too, there are none: not yours and not there look the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet, Value
from django.db.models.functions import StrIndex
from django.utils.translation import gettext_lazy as _

from ..foundation import journal, policy
from ..foundation.actors import Actor
from ..foundation.errors import NotThere
from ..foundation.transactions import verb_transaction
from ..reports.access import OpenedReport, open_file, open_report
from ..reports.evidence import file_row
from ..reports.evidence_sealing import OpenedFile
from ..reports.models import EvidenceFile
from ..vault import data_keys
from ..vault.holders import KeyHolder
from .cases import case_reports
from .models import Case
from .notes import OpenedNote, read_notes

LOOKED = journal.declare("nums.casework.looked", _("Case looked at"))

#: Said to the reading log of reports.
WHY = "case"

#: What nobody has read yet comes first, what is closed last; within a stage what looks
#: automatic after the rest, urgent ones first, then as they came.
QUEUE_ORDER = ("stage", "looks_automatic", "-urgent", "received_on", "pk")
_STAGES = ",".join((Case.Status.NEW, Case.Status.OPEN, Case.Status.CLOSED))


@dataclass(frozen=True, repr=False)
class OpenedCase:
    """A case with everything in it readable. Hand it to a page and forget it."""

    case: Case
    reports: list[OpenedReport]
    notes: list[OpenedNote]

    def __repr__(self) -> str:
        return f"OpenedCase({self.case})"


def may_read(by: Actor) -> bool:
    """Whether there are cases at all for this actor."""
    return policy.may(by, "open_case")


def queue(by: Actor) -> QuerySet[Case]:
    """The cases that the actor may open, in the order in which to read them; none without the right."""
    cases = Case.objects.annotate(stage=StrIndex(Value(_STAGES), "status")).order_by(*QUEUE_ORDER)
    if not may_read(by):
        return cases.none()
    return cases if policy.may(by, "work_case") else cases.filter(urgent=True)


def get_case(uuid: UUID | str, *, by: Actor) -> Case:
    """The case, unopened. Raises NotThere when there is none, or none for this actor."""
    case = queue(by).select_related("region", "assignee").filter(uuid=uuid).first()
    if case is None:
        raise NotThere()
    return case


def open_case(holder: KeyHolder, case_uuid: UUID | str, *, by: Actor, why: str = WHY) -> OpenedCase:
    """Open a case with its reports and notes, and remember who looked. ``why`` is a short code, never words.

    All or nothing: raises VaultError when any part of it cannot be opened, NotThere as ``get_case``.
    """
    case = get_case(case_uuid, by=by)
    # Submitting an alert compares it with its reports, inside the transaction of Wagtail's form.
    with verb_transaction(joins="admin"):
        journal.write(case, LOOKED, by=by)
        reports = [open_report(holder, report, by=by, why=why) for report in case_reports(case)]
        return OpenedCase(case, reports, _open_notes(holder, case))


def case_file(case: Case, file_uuid: UUID) -> EvidenceFile:
    """The row of a file of one of the case's reports, unopened. Raises NotThere for a file of another case."""
    row = file_row(file_uuid)
    if row is None or not case.case_reports.filter(report=row.report_id).exists():
        raise NotThere()
    return row


def open_case_file(
    holder: KeyHolder, case_uuid: UUID | str, file_uuid: UUID, *, by: Actor, why: str = WHY
) -> OpenedFile:
    """Open a file of one of the case's reports, and remember who looked.

    Raises NotThere as ``get_case`` and ``case_file``; Refused for an exact file; VaultError.
    """
    row = case_file(get_case(case_uuid, by=by), file_uuid)
    with verb_transaction():
        return open_file(holder, row.uuid, by=by, why=why)


def _open_notes(holder: KeyHolder, case: Case) -> list[OpenedNote]:
    rows: list[Any] = list(case.notes.select_related("by"))
    return read_notes(data_keys.open_key(holder, case.data_key), rows) if rows else []
