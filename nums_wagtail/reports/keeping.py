"""How long a report is kept: the usual periods, what a reporter may choose instead, and both in words."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from nums_wagtail.foundation.actors import LEDGER, Actor
from nums_wagtail.foundation.errors import BadInput, NotAllowed
from nums_wagtail.foundation.transactions import verb_transaction

from .models import Report

#: Months for which a report is kept after its case was closed, by how serious it was. One that was never graded is
#: kept as the gravest, since nobody has judged it.
MONTHS_AFTER_CLOSING: dict[str, int] = {"dangerous": 36, "risky": 24, "nuisance": 6, "malicious": 1, "": 36}
#: Grades to which a reporter's own choice does not apply: a false report is nobody's to keep for years.
NOT_CHOSEN = frozenset({"malicious"})
#: Years that a reporter may choose.
YEARS = range(1, 8)


def kept_until(closed_on: date, severity: str, years: int | None = None) -> date:
    """The last day on which a report is kept. ``years``: what its reporter chose, None for the usual period."""
    months = MONTHS_AFTER_CLOSING[severity]
    if years is not None and severity not in NOT_CHOSEN:
        months = 12 * years
    return _months_later(closed_on, months)


def _months_later(day: date, months: int) -> date:
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month, min(day.day, last))
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


def keeping_words(report: Report) -> str:
    """How long we keep it, as the receipt page says it."""
    if report.keep_years is None:
        most = max(MONTHS_AFTER_CLOSING.values()) // 12
        words = ngettext(
            "We delete your report when we no longer need it. That is at most %(years)d year after we have finished.",
            "We delete your report when we no longer need it. That is at most %(years)d years after we have finished.",
            most,
        )
        return words % {"years": most}
    words = ngettext(
        "You chose %(years)d year. We count from the day when we have finished.",
        "You chose %(years)d years. We count from the day when we have finished.",
        report.keep_years,
    )
    return words % {"years": report.keep_years}


def choose_years(report: Report, years: int | None, *, by: Actor = LEDGER) -> None:
    """Keep what a reporter chose with the receipt: 1 to 7 years after closing, or None for the usual period.

    Writes no log entry; the row says it. Raises BadInput for another number, NotAllowed for a person.
    """
    if not by.machine:
        raise NotAllowed()
    if years is not None and years not in YEARS:
        raise BadInput({"years": [_("Please choose from the list.")]})
    with verb_transaction():
        report.keep_years = years
        report.save(update_fields=["keep_years"])
