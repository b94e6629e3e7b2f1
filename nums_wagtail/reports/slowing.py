"""Slowing down whoever guesses receipts: a wait that is said on the page, never a lock-out.

The server answers at once and holds nobody in a queue, so a guesser cannot fill one for others: a wait depends on
how often was tried and never on who waits already, and it is seconds at most. What is kept is a count under a
keyed tag of the address that changes every day, in the cache alone; what is waited for travels sealed in the page,
so that going on after a wait is no new try and never waits again. That nobody finds a receipt by trying is not
the wait's doing but the receipt's: it has 64 bits, and each try costs a slow derivation.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field

from nums_wagtail.vault.sealed_state import open_state, seal_state

from . import client_tags

#: Purpose of the state that travels while somebody waits, and seconds that it is good for.
_PURPOSE, _GOOD_FOR = "receipt-wait", 10 * 60

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


@dataclass(frozen=True, repr=False)
class Wait:
    """A receipt that was typed and must wait: ``until`` in seconds since 1970; ``kept`` is what else was typed."""

    typed: str
    until: int
    kept: Mapping[str, str] = field(default_factory=dict)

    @property
    def left(self) -> int:
        """Seconds still to wait; 0 or less when it is over."""
        return self.until - int(time.time())

    def seal(self) -> str:
        return seal_state(_PURPOSE, {"typed": self.typed, "from": self.until, "kept": dict(self.kept)})

    @classmethod
    def begin(cls, typed: str, seconds: int, kept: Mapping[str, str] | None = None) -> Wait:
        return cls(typed, int(time.time()) + seconds, kept or {})

    @classmethod
    def open(cls, sealed: str) -> Wait:
        """Raise ``CannotOpen`` for what was not sealed here, or too long ago."""
        state = open_state(_PURPOSE, sealed, _GOOD_FOR)
        return cls(str(state["typed"]), int(state["from"]), state["kept"])
