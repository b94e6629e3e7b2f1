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

from ..foundation import policy
from ..foundation.actors import Actor
from ..foundation.errors import BadInput, Refused
from ..foundation.models import ExportRecord
from ..foundation.transactions import verb_transaction
from ..vault.holders import KeyHolder
from .access import open_case
from .export_rows import columns, document_of, rows_of
from .models import Case

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
    # Each in a transaction of its own: reporters must not wait for a lock while many are opened.
    opened = [open_case(holder, case.uuid, by=by, why=WHY) for case in cases]
    if amount == Amount.TABLE:
        exported = Exported(amount, columns=columns(), rows=[row for one in opened for row in rows_of(one)])
    else:
        exported = Exported(amount, documents=[document_of(one) for one in opened])
    count = sum(len(one.reports) for one in opened)
    with verb_transaction():
        ExportRecord.objects.create(by=by.user, what=str(REGISTERED[amount])[:60], rows=count, reason=reason)
    return exported


def _reason(reason: str, amount: Amount) -> str:
    words = " ".join(reason.split())
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
