"""What became of one message handed to a channel."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Status(StrEnum):
    #: The server took it.
    SENT = "sent"
    #: Not now: the server said so, or went away while the message was in its hands.
    DEFERRED = "deferred"
    #: Never: the server refused this message for good.
    REFUSED = "refused"
    #: The channel itself is out of order; the message was not tried and is as good as before.
    BROKEN = "broken"


@dataclass(frozen=True)
class Outcome:
    """``error_class`` is a class name only: an exception's text may hold an address."""

    status: Status
    error_class: str = ""

    @classmethod
    def of(cls, status: Status, error: BaseException) -> Outcome:
        return cls(status, type(error).__name__)
