"""What one showing of the form carries in itself, sealed: which page, which form, when, and its receipt.

Nothing of it is stored on our side, and no cookie is needed to know the form again.
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import get_language

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
    #: Code of the language that the page is read in.
    language: str = field(default_factory=lambda: get_language() or "en")
    #: When the form was first shown, in seconds since 1970.
    shown_at: int = field(default_factory=lambda: int(time.time()))

    def seal(self) -> str:
        """The state for the page's hidden field, with the time of sealing inside. Raises VaultError."""
        return seal_state(PURPOSE, self.as_document())

    def as_document(self) -> dict[str, object]:
        return {
            "page": self.page_id,
            "form": str(self.form_id),
            "receipt": self.receipt.digits,
            "language": self.language,
            "shown": self.shown_at,
        }

    @classmethod
    def from_document(cls, state: Mapping[str, object]) -> Showing:
        """Raises CannotOpen when its receipt is none."""
        receipt = parse_receipt(str(state["receipt"]))
        if receipt is None:
            raise CannotOpen()
        page = state["page"]
        return cls(
            page if isinstance(page, int) else None,
            uuid.UUID(str(state["form"])),
            receipt,
            str(state.get("language", "en")),
            int(str(state.get("shown", 0))),
        )


@dataclass(frozen=True, repr=False)
class Read:
    """What came back. ``fresh`` is False when the form lay open too long, or its state was broken."""

    showing: Showing
    fresh: bool


def read_state(text: str) -> Read:
    """Open a state. An expired one keeps its form and receipt; a broken one becomes a new showing of no page."""
    try:
        state = open_state(PURPOSE, text, nums_settings().reports.FORM_HOURS * 3600)
        return Read(Showing.from_document(state), fresh=True)
    except CannotOpen as error:
        if error.code == "expired":
            return Read(Showing.from_document(open_state(PURPOSE, text, None)), fresh=False)
    return Read(Showing(), fresh=False)
