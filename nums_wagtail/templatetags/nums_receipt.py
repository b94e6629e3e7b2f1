"""Tags of the receipt's pages: the card, which any page may show, and addresses that keep the language."""

from __future__ import annotations

from django import template
from django.urls import reverse

from ..reports.languages import in_same_language
from ..reports.receipt_card import Card, card_of
from ..vault.receipts import Receipt

register = template.Library()


@register.simple_tag
def same_language(name: str) -> str:
    """``{% same_language 'nums_wagtail:receipt' %}``: an address, with the language of this page in it."""
    return in_same_language(reverse(name))


@register.simple_tag
def receipt_card(receipt: Receipt) -> Card:
    """``{% receipt_card receipt as card %}``, for ``reports/receipt_card.html``."""
    return card_of(receipt)
