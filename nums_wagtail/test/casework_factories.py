"""Cases for tests, opened for reports that came in as a reporter's would."""

from __future__ import annotations

from typing import Any

from nums_wagtail.casework import cases, notes
from nums_wagtail.casework.models import Case
from nums_wagtail.foundation.actors import WORKER, Actor
from nums_wagtail.reports.models import Report
from nums_wagtail.test.people_factories import make_staff
from nums_wagtail.test.reports_factories import make_report


def case_of(report: Report) -> Case:
    """The case of a report; opened as the sweep does it when there is none yet."""
    cases.open_missing_cases(by=WORKER)
    return Case.objects.select_related("region", "assignee").get(case_reports__report=report)


def make_case(
    *,
    taken_by: Any = None,
    severity: str = "",
    note: str = "",
    closed: str = "",
    urgent: bool = False,
    answers: dict[str, Any] | None = None,
    by: Actor | None = None,
    **report_fields: Any,
) -> Case:
    """A case with one report. ``taken_by``: a user; ``closed``: an outcome; the rest as in ``make_report``.

    ``by`` grades, notes and closes; a new caseworker unless given.
    """
    said = {**(answers or {}), **({"urgent": "yes"} if urgent else {})}
    case = case_of(make_report(answers=said, **report_fields))
    if taken_by is not None:
        cases.take_case(case, by=Actor.person(taken_by))
    if not (severity or note or closed):
        return case
    by = by or Actor.person(make_staff("caseworker"))
    if severity:
        cases.grade_case(case, severity, by=by)
    if note:
        notes.write_note(case, note, by=by)
    if closed:
        cases.close_case(case, by=by, outcome=closed)
    return case
