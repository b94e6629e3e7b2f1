"""From a case to a draft: what may be published is filled in, the warning line is left to a person.

Nothing of the reporter's own words comes over, and nothing of a report that does not allow a warning.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from django.utils.translation import gettext_lazy as _

from nums_wagtail.casework import access as casework
from nums_wagtail.casework.models import Case
from nums_wagtail.foundation import journal, policy
from nums_wagtail.foundation.actors import Actor
from nums_wagtail.foundation.transactions import verb_transaction
from nums_wagtail.regions.models import Region
from nums_wagtail.regions.tree import region_choices
from nums_wagtail.reports.access import OpenedReport
from nums_wagtail.reports.consent import allows
from nums_wagtail.reports.schema import IdentifierKind
from nums_wagtail.vault.holders import KeyHolder, TeamHolder

from .clearance import cannot_be_recognised
from .content import fact_questions, in_order
from .exceptions import CannotRelease
from .models import Alert, AlertCase, AlertIdentifier, AlertReport
from .resting import PURPOSE

DRAFTED = journal.declare("nums.alerts.drafted", _("Alert drafted from a case"))


def draft_alert(case: Case, *, by: Actor, holder: KeyHolder | None = None) -> Alert:
    """Make a draft from the reports of a case that allow a warning.

    Raises NotAllowed without the right to write alerts, NotThere when the case is not theirs, CannotRelease
    ``no_consent`` when no report of it allows a warning. Opening the case is logged by casework.
    """
    policy.require(by, "write_alert")
    opened = casework.open_case(holder or TeamHolder(), case.uuid, by=by)
    allowed = [one for one in opened.reports if allows(one.report, PURPOSE) is not None]
    if not allowed:
        raise CannotRelease("no_consent")
    with verb_transaction():
        alert = _prefilled(opened.case, allowed)
        alert.made_by = by.user
        alert.save()
        # Children a second time as they stand in the database, so that the version names their rows.
        alert = Alert.objects.get(pk=alert.pk)
        alert.save_revision(user=by.user, clean=False)
        AlertCase.objects.create(alert=alert, case=opened.case)
        AlertReport.objects.bulk_create(AlertReport(alert=alert, report=one.report) for one in allowed)
        journal.write(alert, DRAFTED, by=by, data={"case": str(opened.case.uuid), "reports": len(allowed)})
    return alert


def _prefilled(case: Case, opened: Sequence[OpenedReport]) -> Alert:
    facts = _facts(opened)
    numbers = _identifiers(opened)
    alert = Alert(
        live=False,
        has_unpublished_changes=True,
        kind=_kind(facts, [one.kind for one in numbers]),
        severity=case.severity if case.severity in Alert.Severity.values else Alert.Severity.RISKY,
        categories=list(in_order("categories", _codes(opened, "categories"))),
        incident_on=_latest_day(opened),
        incident_precision=_precision(opened),
        facts=facts,
        certainty=Alert.Certainty.INDEPENDENT if len(opened) > 1 else Alert.Certainty.ANONYMOUS,
    )
    alert.regions.set(_regions(case, opened))
    alert.identifiers.set(numbers)
    return alert


def _precision(opened: Iterable[OpenedReport]) -> str:
    """The month where a reader could tell who reported. Not answered counts as not sure."""
    return Alert.When.WEEK if all(map(cannot_be_recognised, opened)) else Alert.When.MONTH


def _codes(opened: Iterable[OpenedReport], question: str) -> set[str]:
    return {code for one in opened for code in one.answers.codes(question)}


def _facts(opened: Sequence[OpenedReport]) -> dict[str, list[str]]:
    found = {q.key: list(in_order(q.vocabulary, _codes(opened, q.key))) for q in fact_questions()}
    return {key: codes for key, codes in found.items() if codes}


def _identifiers(opened: Iterable[OpenedReport]) -> list[AlertIdentifier]:
    found = {(one.kind, one.normal): one for report in opened for one in report.answers.identifiers()}
    return [AlertIdentifier(kind=one.kind.value, value=one.typed) for one in found.values()]


def _kind(facts: dict[str, list[str]], kinds: Sequence[str]) -> str:
    if any(key.startswith("person_") for key in facts) or IdentifierKind.NAME in kinds:
        return Alert.Kind.PERSON
    if any(key.startswith("vehicle_") for key in facts) or IdentifierKind.PLATE in kinds:
        return Alert.Kind.VEHICLE
    return Alert.Kind.NUMBER if kinds else Alert.Kind.PLACE


def _latest_day(opened: Iterable[OpenedReport]) -> date | None:
    return max((one.report.incident_on for one in opened if one.report.incident_on), default=None)


def _regions(case: Case, opened: Iterable[OpenedReport]) -> list[Region]:
    """Where the reports are from. One from nowhere known warns nobody until somebody has chosen a region."""
    ids = {one.report.region_id for one in opened} or {case.region_id}
    offered = [code for code, _name in region_choices(areas=True)]
    return list(Region.objects.filter(pk__in=ids, code__in=offered))
