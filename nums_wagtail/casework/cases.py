"""The life of a case: opened for a report, taken, graded, closed, opened again. Reading one is in ``access``."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..foundation import journal, policy
from ..foundation.actors import Actor
from ..foundation.errors import BadInput, Conflict, NotAllowed, NotThere, Refused
from ..foundation.transactions import verb_transaction
from ..reports import access as reports_access
from ..reports.models import Report
from ..reports.receipts import set_status
from ..vault import data_keys
from ..vault.models import KeyKind
from .models import Case, CaseReport
from .signals import case_closed

TAKEN = journal.declare("nums.casework.taken", _("Case taken"))
GRADED = journal.declare("nums.casework.graded", _("Case graded"))
POLICE_SET = journal.declare("nums.casework.police_set", _("Case: police answer recorded"))
CLOSED = journal.declare("nums.casework.closed", _("Case closed"))
REOPENED = journal.declare("nums.casework.reopened", _("Case opened again"))
NEWS_READ = journal.declare("nums.casework.news_read", _("News from a reporter marked as read"))

#: What somebody may choose; the two others are set by what happens.
OUTCOMES = tuple(o for o in Case.Outcome if o not in (Case.Outcome.OPEN, Case.Outcome.TAKEN_BACK))


def open_missing_cases(*, by: Actor) -> int:
    """Open a case for each report that has none, and say for how many. Safe with any number at once.

    It writes no log entry: the exact time in it would tell when a report came in. Raises NotAllowed for a
    person who may not work on cases; our machines may.
    """
    if by.user is not None:
        policy.require(by, "work_case")
    in_cases = CaseReport.objects.values("report_id")
    return sum(_open_for(report) for report in list(reports_access.reports_without_case(in_cases)))


def open_case(report: Report, *, by: Actor) -> bool:
    """Open the case of a report that came in just now; False when it has one. Looks at no other report.

    Log and rights as ``open_missing_cases``.
    """
    if by.user is not None:
        policy.require(by, "work_case")
    return _open_for(report)


def _open_for(report: Report) -> bool:
    key = None
    try:
        with verb_transaction("setup"):
            # In a database of its own the key is kept now, whatever becomes of the case; else both are one commit.
            key = data_keys.create_for_team(KeyKind.CASE)
            case = Case.objects.create(
                data_key=key.id,
                region_id=report.region_id,
                urgent=report.urgent,
                looks_automatic=report.looks_automatic,
                received_on=report.received_on,
            )
            CaseReport.objects.create(case=case, report=report)
    except IntegrityError:
        # Somebody else was faster: the report has its case.
        if key is not None:
            data_keys.shred([key.id])
        return False
    return True


def take_case(case: Case, *, by: Actor, over_from: str = "") -> None:
    """Become the one who works on a case, and let its reporters know that it is being read.

    ``over_from``: id, as text, of the colleague it is taken over from, as the page showed it. Taking one's own
    again changes nothing. Raises Conflict when somebody else has it, Refused when it is closed.
    """
    policy.require(by, "open_case")
    if by.user is None:
        raise NotAllowed()
    with verb_transaction():
        lock(case)
        if case.assignee_id == by.user_id:
            return
        if case.is_closed:
            raise Refused("case_closed", _("This case is closed. Open it again first."))
        before = "" if case.assignee_id is None else str(case.assignee_id)
        if before and before != over_from:
            raise Conflict("case_taken", _("Somebody else has taken this case."))
        change(case, assignee=by.user, status=Case.Status.OPEN)
        _tell_reporters(case, Report.Status.OPENED, instead_of=(Report.Status.RECEIVED,), by=by)
        journal.write(case, TAKEN, by=by, data={"from": before} if before else {})


def follow_report(case: Case, report: Report, *, by: Actor) -> None:
    """Take over what a report of the case says by now: that it is urgent, and its region where it is the only one."""
    policy.require(by, "work_case")
    with verb_transaction():
        lock(case)
        is_alone = case.case_reports.count() == 1
        change(
            case,
            urgent=case.urgent or report.urgent,
            region_id=report.region_id if is_alone else case.region_id,
        )


def grade_case(case: Case, severity: str, *, by: Actor) -> None:
    """Say how serious it is. Raises BadInput for what is no grade."""
    policy.require(by, "work_case")
    _require_choice("severity", severity, [s for s in Case.Severity if s != Case.Severity.UNGRADED])
    with verb_transaction():
        lock(case)
        if case.severity != severity:
            change(case, severity=severity)
            journal.write(case, GRADED, by=by, data={"severity": str(severity)})


def set_police(case: Case, police: str, *, by: Actor) -> None:
    """Record whether the reporter went, or let us go, to the police. Raises BadInput."""
    policy.require(by, "work_case")
    _require_choice("police", police, Case.Police)
    with verb_transaction():
        lock(case)
        if case.police != police:
            change(case, police=police)
            journal.write(case, POLICE_SET, by=by, data={"police": str(police)})


def close_case(case: Case, *, by: Actor, outcome: str) -> None:
    """End the work on a case; its retention clock counts from now. Closing it again changes nothing.

    ``outcome``: one of OUTCOMES. Raises BadInput, Refused while the safeguarding lead has not decided.
    """
    policy.require(by, "work_case")
    _require_choice("outcome", outcome, OUTCOMES)
    with verb_transaction():
        lock(case)
        if case.is_closed:
            return
        if case.lead == Case.Lead.WAITING:
            raise Refused("lead_waiting", _("The safeguarding lead has to decide first."))
        change(case, status=Case.Status.CLOSED, outcome=outcome, closed_on=timezone.localdate())
        # "A warning went out" says more to its reporter than "closed".
        still_open = (Report.Status.RECEIVED, Report.Status.OPENED)
        _tell_reporters(case, Report.Status.CLOSED, instead_of=still_open, by=by)
        journal.write(case, CLOSED, by=by, data={"outcome": str(outcome)})
        transaction.on_commit(partial(case_closed.send_robust, sender=Case, case=case, by=by))


def reopen_case(case: Case, *, by: Actor) -> None:
    """Go on working on a closed case."""
    policy.require(by, "work_case")
    with verb_transaction():
        lock(case)
        if not case.is_closed:
            return
        if not case.case_reports.exists():
            raise Refused("case_empty", _("The report of this case was deleted. There is nothing left to work on."))
        status = Case.Status.NEW if case.assignee_id is None else Case.Status.OPEN
        change(case, status=status, outcome=Case.Outcome.OPEN, closed_on=None)
        told = Report.Status.RECEIVED if case.assignee_id is None else Report.Status.OPENED
        _tell_reporters(case, told, instead_of=(Report.Status.CLOSED,), by=by)
        journal.write(case, REOPENED, by=by)


def mark_news(report: Report) -> None:
    """A reporter wrote or added something: their case says so until somebody has read it.

    What they added may be urgent. Part of what the reporter did. Writes no log entry: its exact time would tell when
    they came by.
    """
    cases = Case.objects.filter(case_reports__report=report)
    cases.update(**{"has_news": True, **({"urgent": True} if report.urgent else {})})


def read_news(case: Case, *, by: Actor) -> None:
    """Take the mark off: what the reporter wrote was read."""
    policy.require(by, "open_case")
    with verb_transaction():
        lock(case)
        if case.has_news:
            change(case, has_news=False)
            journal.write(case, NEWS_READ, by=by)


def keep_police_answer(report: Report, answer: str) -> None:
    """What a reporter said on the receipt page about the police.

    What staff handed over stays: a "no" says nothing about that. Part of the answer, and not logged, as ``mark_news``.
    """
    ours = (Case.Police.ANONYMOUS, Case.Police.NAMED)
    cases = Case.objects.filter(case_reports__report=report)
    if answer == Case.Police.NO:
        cases = cases.exclude(police__in=ours)
    cases.update(police=answer)


def leave_out_report(report: Report) -> None:
    """Before a report is deleted: a case that rests on it alone is closed and loses its notes and its key.

    Part of the deletion, which has asked the right. Writes no log entry: the deletion has its own, to the day,
    and an exact time would tell when its reporter came by.
    """
    with verb_transaction("setup"):
        link = CaseReport.objects.select_related("case").filter(report=report).first()
        if link is None:
            return
        case = link.case
        lock(case)
        if case.case_reports.exclude(pk=link.pk).exists():
            return
        case.notes.all().delete()
        change(
            case,
            status=Case.Status.CLOSED,
            outcome=Case.Outcome.TAKEN_BACK,
            closed_on=timezone.localdate(),
            has_news=False,
        )
        # After the commit: a shredded key could not come back with the rows if this were rolled back.
        transaction.on_commit(partial(data_keys.shred, [case.data_key]))


def case_reports(case: Case) -> list[Report]:
    """The reports of a case as the tables know them, first come first."""
    return [link.report for link in case.case_reports.select_related("report", "report__region").order_by("pk")]


def lock(case: Case) -> None:
    """Part of a verb on a case: read its row again and hold it until the transaction ends.

    Raises NotThere when it has gone.
    """
    try:
        case.refresh_from_db(from_queryset=Case.objects.select_for_update(of=("self",)))
    except Case.DoesNotExist:
        raise NotThere() from None


def change(case: Case, **fields: Any) -> None:
    """Part of a verb on a case: set columns of a locked row, and save them."""
    for name, value in fields.items():
        setattr(case, name, value)
    case.save(update_fields=list(fields))


def _require_choice(field: str, value: str, choices: Any) -> None:
    if value not in [str(choice) for choice in choices]:
        raise BadInput({field: [_("Choose one of the list.")]})


def _tell_reporters(case: Case, status: Report.Status, *, instead_of: tuple[Report.Status, ...], by: Actor) -> None:
    for report in case_reports(case):
        if report.status in instead_of:
            set_status(report, status, by=by)
