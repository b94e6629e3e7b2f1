"""The receipt as it is shown once: what its card says, and checking what somebody typed against it.

The receipt travels in the page, sealed; nothing of it is stored. Whoever has the page open can see it again, make
a picture of it or try typing it, until the page is too old.
"""

from __future__ import annotations

from dataclasses import dataclass

from nums_wagtail.foundation.errors import CannotOpen, VaultError
from nums_wagtail.vault.receipts import Receipt, parse_receipt, read_receipt
from nums_wagtail.vault.sealed_state import open_state, seal_state

from .languages import is_english

#: Purpose of the state in the card, and seconds that it is good for.
KEPT, KEPT_SECONDS = "receipt-kept", 60 * 60


@dataclass(frozen=True, repr=False)
class Card:
    """What the card shows. ``state`` is empty when it could not be sealed: then there are no buttons."""

    receipt: Receipt
    digits_first: bool
    state: str


def card_of(receipt: Receipt) -> Card:
    """The card of a receipt in the language of the page."""
    try:
        state = seal_state(KEPT, {"receipt": receipt.digits})
    except VaultError:
        state = ""
    # The words are English ones: whoever reads another language copies digits with less trouble.
    return Card(receipt, not is_english(), state)


def open_card(state: str) -> Receipt:
    """The receipt of a card. Raises CannotOpen when the page is too old, or the state is none of ours."""
    receipt = parse_receipt(str(open_state(KEPT, state, KEPT_SECONDS)["receipt"]))
    if receipt is None:
        raise CannotOpen()
    return receipt


@dataclass(frozen=True)
class Compared:
    """How something typed compares with a receipt. ``wrong``: words that differ, counted from 1."""

    right: bool
    wrong: tuple[int, ...] = ()
    #: How many words or groups of digits there were, and how many there should be.
    typed: int = 0
    wanted: int = 0
    digits: bool = False


def compare(receipt: Receipt, typed: str) -> Compared:
    """Whether ``typed`` is the receipt, and if not, where to look. Small slips are forgiven, as when coming back."""
    reading = read_receipt(typed)
    own = tuple(int(group) for group in receipt.digits.split())
    pairs = zip(reading.parts, own, strict=False)
    wrong = tuple(number for number, (part, wanted) in enumerate(pairs, 1) if part != wanted)
    return Compared(
        right=reading.parts == own,
        wrong=wrong if len(reading.parts) == len(own) else (),
        typed=len(reading.parts),
        wanted=len(own),
        digits=reading.digits,
    )
