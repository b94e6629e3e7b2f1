"""Keying a paper form whose picture is with a report of a case: the report gets a version, and the case follows."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.views.decorators.debug import sensitive_variables

from ..foundation.actors import Actor
from ..foundation.transactions import verb_transaction
from ..regions.models import Region
from ..reports.additions import key_sheet
from ..reports.models import Report
from ..reports.read import Value
from ..vault.holders import KeyHolder
from .cases import follow_report
from .models import Case
from .safeguarding import open_missing_tasks


@sensitive_variables()
def key_sheet_of(
    case: Case,
    report: Report,
    answers: Mapping[str, Value],
    *,
    asked: Collection[str],
    holder: KeyHolder,
    by: Actor,
    may_not_warn: bool = False,
) -> int:
    """Key the sheet and return the number of the report's version. Raises as ``additions.key_sheet``."""
    code = answers.get("region")
    region = Region.objects.filter(code=code).first() if code else None
    with verb_transaction():
        number = key_sheet(
            report, answers, asked=asked, holder=holder, by=by, region=region, may_not_warn=may_not_warn
        )
        follow_report(case, report, by=by)
        if report.child:
            open_missing_tasks(by=by, only=report)
    return number
