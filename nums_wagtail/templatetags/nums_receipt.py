"""The tag that makes the card of a receipt, so that any page that has one can show it."""

from __future__ import annotations

from django import template

from ..reports.receipt_card import Card, card_of
from ..vault.receipts import Receipt

register = template.Library()


@register.simple_tag
def receipt_card(receipt: Receipt) -> Card:
    """``{% receipt_card receipt as card %}``, for ``reports/receipt_card.html``."""
    return card_of(receipt)
