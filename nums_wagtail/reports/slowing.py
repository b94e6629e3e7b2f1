"""Slowing down whoever guesses receipts: a wait that is said on the page, never a lock-out.

The server answers at once and holds nobody in a queue, so a guesser cannot fill one for others: a wait depends on
how often was tried and never on who waits already, and it is seconds at most. What is kept is a count under a
keyed tag of the address that changes every day, in the cache alone. That nobody finds a receipt by trying is not
the wait's doing but the receipt's: it has 64 bits, and each try costs a slow derivation.
"""

from __future__ import annotations

from . import client_tags

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
    own = client_tags.count(_ALL, address, SPAN)
    everybody = client_tags.count_all(_ALL, SPAN)
    if own > FREE:
        return WAITS[min((own - FREE - 1) // FREE, len(WAITS) - 1)]
    return WAIT_FOR_ALL if everybody > FREE_FOR_ALL else 0
