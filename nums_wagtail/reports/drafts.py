"""A report that somebody saved to finish later. Only its receipt opens it; nobody here can read it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_variables

from nums_wagtail.foundation.clocks import Clock
from nums_wagtail.foundation.transactions import verb_transaction
from nums_wagtail.vault.holders import ReceiptHolder
from nums_wagtail.vault.keyring import site_keyring
from nums_wagtail.vault.receipt_boxes import lookups_of, open_box, seal_for_receipt
from nums_wagtail.vault.receipts import Receipt
from nums_wagtail.vault.rotation import NOT_LISTED, Resting

from .incident_dates import local_day
from .models import ReportDraft
from .steps import Walk

PURPOSE = "draft"
#: How long a saved report waits for its reporter.
KEPT = timedelta(days=14)


@dataclass(frozen=True, repr=False)
class Draft:
    """What somebody comes back to."""

    walk: Walk
    step: str


@sensitive_variables()
def save(walk: Walk, step: str) -> None:
    """Keep a walk until its reporter comes back; saved again, the newer one counts. Raises VaultError."""
    lookup, kid, box = seal_for_receipt(walk.showing.receipt, PURPOSE, {**walk.as_document(), "step": step})
    with verb_transaction():
        ReportDraft.objects.update_or_create(
            lookup=lookup, defaults={"kid": kid, "box": box, "saved_on": local_day(timezone.now())}
        )


@sensitive_variables()
def find(holder: ReceiptHolder) -> Draft | None:
    """The saved report that a receipt opens, or None. Raises VaultError when it cannot be opened."""
    row = ReportDraft.objects.filter(lookup__in=lookups_of(holder, PURPOSE)).first()
    if row is None:
        return None
    document = open_box(holder, PURPOSE, bytes(row.lookup), row.box)
    return Draft(Walk.from_document(document), str(document.get("step", "")))


@sensitive_variables()
def forget(receipt: Receipt) -> int:
    """Delete what was saved under a receipt: it was sent, or is not wanted any more. Returns how many there were."""
    lookups = lookups_of(ReceiptHolder(receipt), PURPOSE)  # slow, and so outside the transaction
    with verb_transaction():
        return ReportDraft.objects.filter(lookup__in=lookups).delete()[0]


def end_old(now: datetime) -> int:
    """Delete what nobody came back to."""
    return ReportDraft.objects.filter(saved_on__lt=local_day(now) - KEPT).delete()[0]


def by_site_key() -> dict[str, int]:
    """How many were saved under which site key."""
    listed = set(site_keyring().kids)
    kids = ReportDraft.objects.values_list("kid", flat=True)
    return dict(Counter(kid if kid in listed else NOT_LISTED for kid in kids))


OLD_DRAFTS = Clock(_("Reports that were saved and not finished"), end_old)
DRAFTS = Resting(
    _("Reports that were saved and not finished"),
    by_site_key,
    why_they_stay=_("Only their receipts open them. They end after 14 days."),
)
