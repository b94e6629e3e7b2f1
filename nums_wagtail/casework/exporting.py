"""Taking reports away: as a table without anybody's words, or whole, with a reason. Each is registered.

Nothing is kept here of what was taken. What stands in it is made in ``export_rows``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_variables

from ..foundation import journal, policy
from ..foundation.actors import Actor
from ..foundation.errors import BadInput, Refused, VaultError
from ..foundation.models import ExportRecord
from ..foundation.transactions import verb_transaction
from ..reports.form_fields import without_control_characters
from ..vault.holders import KeyHolder
from .access import OpenedCase, open_case
from .export_rows import columns, document_of, rows_of
from .models import Case

EXPORTED = journal.declare("nums.casework.exported", gettext_lazy("Reports exported"))

#: Said to the reading log of reports.
WHY = "export"
REASON_CHARACTERS = 200


class Amount(models.TextChoices):
    """How much is taken."""

    TABLE = "table", gettext_lazy("What is chosen from lists, without anybody's words")
    WHOLE = "whole", gettext_lazy("All that was said, with names, numbers and contacts")


#: Cases taken at once at most; each report is opened, and the server has others to answer.
MOST = {Amount.TABLE: 2_000, Amount.WHOLE: 200}
#: What the register calls it.
REGISTERED = {
    Amount.TABLE: gettext_lazy("Reports, without words"),
    Amount.WHOLE: gettext_lazy("Reports, all that was said"),
}


@dataclass(frozen=True, repr=False)
class Exported:
    """What was taken. ``columns`` and ``rows`` for a table, ``documents`` for all that was said."""

    amount: Amount
    columns: Mapping[str, str] = field(default_factory=dict)
    rows: Sequence[Mapping[str, str]] = ()
    documents: Sequence[Mapping[str, Any]] = ()


@sensitive_variables()
def export_cases(
    holder: KeyHolder, cases: Sequence[Case], *, amount: Amount | str, reason: str = "", by: Actor
) -> Exported:
    """Open the reports of ``cases``, and write down who took how many and why; every look is logged, too.

    Raises NotAllowed for who does not work on cases, BadInput without a reason for all that was said, or with one
    that is too long, Refused for too many or none at once, NotThere for a case that is not theirs, VaultError when
    one cannot be opened: then nothing is registered, because nothing leaves.
    """
    policy.require(by, "work_case")
    amount = Amount(amount)
    reason = _reason(reason, amount)
    _refuse_unless_fit(len(cases), amount)
    rows: list[Mapping[str, str]] = []
    documents: list[Mapping[str, Any]] = []
    count = 0
    for case in cases:
        # Let go of before the next one, so that what is opened at a time does not grow with what is taken.
        opened = _open(holder, case, by)
        count += len(opened.reports)
        if amount == Amount.TABLE:
            rows.extend(rows_of(opened))
        else:
            documents.append(document_of(opened))
    with verb_transaction():
        what = str(REGISTERED[amount])[:60]
        record = ExportRecord.objects.create(by=by.user, what=what, rows=count, reason=reason)
        journal.write(record, EXPORTED, by=by, data={"amount": str(amount), "cases": len(cases), "reports": count})
    return Exported(amount, columns() if amount == Amount.TABLE else {}, rows, documents)


def _open(holder: KeyHolder, case: Case, by: Actor) -> OpenedCase:
    """In a transaction of its own: reporters must not wait for a lock while many are opened."""
    try:
        return open_case(holder, case.uuid, by=by, why=WHY)
    except VaultError as error:
        # Among many, nobody would find the one that has to be looked after.
        words = _("Case %(number)d could not be opened safely, so nothing was exported.") % {"number": case.pk}
        raise type(error)(error.code, words) from error


def _reason(reason: str, amount: Amount) -> str:
    words = " ".join(without_control_characters(reason).split())
    if len(words) > REASON_CHARACTERS:
        raise BadInput({"reason": [_("Keep it below %(count)d characters.") % {"count": REASON_CHARACTERS}]})
    if amount == Amount.WHOLE and not words:
        raise BadInput({"reason": [_("Say why, in a few words and without a name.")]})
    return words


def _refuse_unless_fit(count: int, amount: Amount) -> None:
    if not count:
        raise Refused("no_cases", gettext_lazy("No case fits. Choose others first."))
    if count > MOST[amount]:
        words = _("These are more than %(most)d cases, which is the most at once. Filter the list first.")
        raise Refused("too_many_cases", words % {"most": MOST[amount]})
