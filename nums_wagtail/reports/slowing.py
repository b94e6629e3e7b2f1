"""Slowing down whoever guesses receipts: a wait that is said on the page, never a lock-out.

The server answers at once and holds nobody in a queue, so a guesser cannot fill one for others. What is kept
is a count under a keyed tag of the address that changes every day, in the cache alone.
"""

from __future__ import annotations

from django.core.cache import cache
from django.utils import timezone

from nums_wagtail.vault.indexes import fast_tag

#: Seconds for which tries are counted.
SPAN = 600
#: Tries of one address and of everybody before a wait begins.
FREE = 8
FREE_FOR_ALL = 300
#: Seconds of a wait; it grows with the tries of one address, up to the last.
WAITS = (2, 4, 8, 10)
WAIT_FOR_ALL = 2

_ALL = "nums-receipt-tries"


def seconds_to_wait(address: str) -> int:
    """Count one try from ``address`` and say how long it must wait: 0 for the first ones."""
    own = _count(f"{_ALL}-{_tag(address)}")
    everybody = _count(_ALL)
    if own > FREE:
        return WAITS[min((own - FREE - 1) // FREE, len(WAITS) - 1)]
    return WAIT_FOR_ALL if everybody > FREE_FOR_ALL else 0


def _tag(address: str) -> str:
    return fast_tag("client", f"{timezone.now():%Y-%m-%d}|{address}").hex()


def _count(key: str) -> int:
    cache.add(key, 0, SPAN)
    try:
        return cache.incr(key)
    except ValueError:
        # It ran out between the two calls.
        return 1
