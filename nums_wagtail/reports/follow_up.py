"""What a reporter is asked after 30 and after 90 days: about the police, and whether they would have told anybody.

The first answer goes to the case. The second is counted and belongs to no report.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nums_wagtail.foundation.actors import LEDGER, Actor
from nums_wagtail.foundation.errors import BadInput, NotAllowed, Words
from nums_wagtail.foundation.transactions import verb_transaction

from . import signals
from .incident_dates import local_day
from .models import AnswerTally, Report

#: Days after a report at which its reporter is asked.
ROUNDS = (30, 90)

TOLD_OTHERWISE = "told_otherwise"

#: Codes are stored for years: reword them, never rename one.
POLICE: tuple[tuple[str, Words], ...] = (
    ("no", _("No")),
    ("anonymous", _("Yes, without my name")),
    ("named", _("Yes, with my name, through your team")),
    ("went", _("Yes, I went to them myself")),
)
OTHERWISE: tuple[tuple[str, Words], ...] = (("yes", _("Yes")), ("no", _("No")), ("unsure", _("Not sure")))


@dataclass(frozen=True)
class Due:
    """What to ask now. ``round``: 30 or 90 days; ``otherwise``: whether the second question was never asked."""

    round: int
    otherwise: bool


def due(report: Report, today: date | None = None) -> Due | None:
    """The questions that are due, or None. Who comes late is asked once, not twice."""
    passed = ((today or local_day(timezone.now())) - report.received_on).days
    rounds = [days for days in ROUNDS if report.asked_after < days <= passed]
    return Due(max(rounds), otherwise=report.asked_after == 0) if rounds else None


def answer(report: Report, *, police: str = "", otherwise: str = "", by: Actor = LEDGER) -> None:
    """Keep the answers that were due; an empty one was skipped, and is not asked again in this round.

    Raises BadInput for an answer that was not offered, NotAllowed for a person of the staff.
    """
    if not by.machine:
        raise NotAllowed()
    for name, given, offered in (("police", police, POLICE), ("otherwise", otherwise, OTHERWISE)):
        if given and given not in dict(offered):
            raise BadInput({name: [_("Please choose from the list.")]})
    with verb_transaction():
        report.refresh_from_db(from_queryset=Report.objects.select_for_update())
        asked = due(report)
        if asked is None:
            return
        report.asked_after = asked.round
        report.save(update_fields=["asked_after"])
        if otherwise and asked.otherwise:
            _count(TOLD_OTHERWISE, otherwise)
        if police:
            signals.police_answered.send(Report, report=report, answer=police)


def _count(question: str, given: str) -> None:
    row, _made = AnswerTally.objects.get_or_create(
        question=question, answer=given, year=local_day(timezone.now()).year
    )
    AnswerTally.objects.filter(pk=row.pk).update(count=F("count") + 1)
