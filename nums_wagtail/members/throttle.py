"""Slows down who asks again and again. Keeps keyed tags that change daily, in the cache only.

Nobody is told and nobody is refused: a second request within a minute goes nowhere, and the requests of a
crowded client wait for the schedule instead of being answered at once.
"""

from __future__ import annotations

from django.core.cache import cache
from django.utils import timezone

from ..vault.indexes import fast_tag

SECONDS = 60
#: Requests a minute from one client that are answered at once; an office shares one address.
CROWD = 10


def _key(purpose: str, value: str) -> str:
    """Names today's keyed tag of ``value`` and nothing else; tomorrow it cannot be linked."""
    return f"nums-door-{purpose}-{fast_tag(f'throttle {timezone.localdate().isoformat()}', value).hex()[:40]}"


def first_within_a_minute(purpose: str, address: str) -> bool:
    """Whether nobody asked for this ``purpose`` with this address during the last minute."""
    return cache.add(_key(purpose, address.casefold()), True, SECONDS)


def is_crowded(client: str) -> bool:
    """Whether this client has asked more than ``CROWD`` times within the minute that its first request began.

    ``client`` is its network address, or empty when nothing is known of it, which is never crowded.
    """
    if not client:
        return False
    key = _key("client", client)
    if cache.add(key, 1, SECONDS):
        return False
    try:
        return cache.incr(key) > CROWD
    except ValueError:  # it expired between the two calls
        return False
