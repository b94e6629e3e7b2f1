"""The address behind "Fewer messages, or none": short, without end, and opening nothing but that."""

from __future__ import annotations

import base64
import binascii
import hmac
from collections.abc import Iterable
from uuid import UUID

from django.urls import reverse

from nums_wagtail.conf import nums_settings
from nums_wagtail.vault.indexes import fast_tag, fast_tags

from .models import Subscription

_KIND = "stop"
_TAG = 12
_BLANK = "-" * 38


def stop_token(subscription: UUID) -> str:
    """38 characters: the subscription's random id and a keyed tag of it, so that nobody can make one up."""
    tag = fast_tag(_KIND, str(subscription))[:_TAG]
    return base64.urlsafe_b64encode(subscription.bytes + tag).rstrip(b"=").decode("ascii")


def stop_address(subscription: UUID) -> str:
    return stop_addresses([subscription])[subscription]


def stop_addresses(subscriptions: Iterable[UUID]) -> dict[UUID, str]:
    """The address of each, the way to the page looked up once for all of them."""
    # Any token stands for the place where the token goes; a real one cannot be "-" alone.
    before, _blank, after = reverse("nums_wagtail:stop", args=[_BLANK]).partition(_BLANK)
    start = nums_settings().mailing.BASE_URL.rstrip("/") + before
    return {each: f"{start}{stop_token(each)}{after}" for each in subscriptions}


def subscription_behind(token: str) -> Subscription | None:
    """The subscription of a token of ours, or None; a token stays good as long as its site key is listed."""
    try:
        raw = base64.b64decode(token.encode("ascii") + b"=" * (-len(token) % 4), altchars=b"-_", validate=True)
    except (UnicodeEncodeError, binascii.Error):
        return None
    if len(raw) != 16 + _TAG:
        return None
    named, tag = UUID(bytes=raw[:16]), raw[16:]
    if not any(hmac.compare_digest(known[:_TAG], tag) for known in fast_tags(_KIND, str(named))):
        return None
    return Subscription.objects.select_related("member").filter(uuid=named).first()
