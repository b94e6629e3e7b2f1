"""Who does something: a signed-in person or a machine of ours with a name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    # What django-stubs takes settings.AUTH_USER_MODEL for.
    from django.contrib.auth.models import User


@dataclass(frozen=True)
class Actor:
    """Who a verb acts for. Exactly one of ``user`` and ``machine`` is set."""

    user: User | None = None
    machine: str = ""

    def __post_init__(self) -> None:
        if (self.user is None) == (not self.machine):
            raise ValueError("An actor is a user or a named machine, not both and not neither.")

    @classmethod
    def person(cls, user: Any) -> Actor:
        return cls(user=user)

    @property
    def user_id(self) -> Any:
        return self.user.pk if self.user is not None else None

    @property
    def reference(self) -> str:
        """An opaque name fit for a log line."""
        return f"machine:{self.machine}" if self.machine else f"user:{self.user_id}"

    def __repr__(self) -> str:
        return f"Actor({self.reference})"


#: The machines of ours. What each may do stands in ``policy.MACHINE_RIGHTS``.
INTAKE = Actor(machine="intake")
WORKER = Actor(machine="worker")
CLOCK = Actor(machine="clock")
LEDGER = Actor(machine="ledger")
SETUP = Actor(machine="setup")
