"""What one showing of the form carries in itself, sealed: which page, which form, when, and its receipt.

Nothing of it is stored on our side, and no cookie is needed to know the form again.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field

from nums_wagtail.conf import nums_settings
from nums_wagtail.foundation.errors import CannotOpen
from nums_wagtail.vault.receipts import Receipt, new_receipt, parse_receipt
from nums_wagtail.vault.sealed_state import open_state, seal_state

PURPOSE = "report-form"


@dataclass(frozen=True, repr=False)
class Showing:
    """One showing of the form. Sent twice, it leads to one report and to this receipt."""

    page_id: int | None = None
    form_id: uuid.UUID = field(default_factory=uuid.uuid4)
    receipt: Receipt = field(default_factory=new_receipt)

    def seal(self) -> str:
        """The state for the page's hidden field, with the time of sealing inside. Raises VaultError."""
        return seal_state(
            PURPOSE, {"page": self.page_id, "form": str(self.form_id), "receipt": self.receipt.digits}
        )


@dataclass(frozen=True, repr=False)
class Read:
    """What came back. ``fresh`` is False when the form lay open too long, or its state was broken."""

    showing: Showing
    fresh: bool


def read_state(text: str) -> Read:
    """Open a state. An expired one keeps its form and receipt; a broken one becomes a new showing of no page."""
    try:
        return Read(_showing(open_state(PURPOSE, text, nums_settings().reports.FORM_HOURS * 3600)), fresh=True)
    except CannotOpen as error:
        if error.code == "expired":
            return Read(_showing(open_state(PURPOSE, text, None)), fresh=False)
    return Read(Showing(), fresh=False)


def _showing(state: dict[str, object]) -> Showing:
    receipt = parse_receipt(str(state["receipt"]))
    if receipt is None:
        raise CannotOpen()
    page = state["page"]
    return Showing(page if isinstance(page, int) else None, uuid.UUID(str(state["form"])), receipt)
