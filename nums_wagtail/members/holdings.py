"""What each room holds on a member: "everything we hold", and what goes when a member leaves.

Rooms register theirs; forgetting runs inside the transaction of leaving.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ..foundation.errors import Words
from ..foundation.registry import Registry
from .models import Member


@dataclass(frozen=True)
class Holding:
    """``describe`` says it in lines for the member to read; ``forget`` ends it."""

    label: Words
    describe: Callable[[Member], Sequence[Words]]
    forget: Callable[[Member], None]


holdings: Registry[Holding] = Registry("holdings")


def everything_held(member: Member) -> list[tuple[Words, list[Words]]]:
    """Each room's label with its lines; rooms that hold nothing are left out."""
    told = ((holding.label, list(holding.describe(member))) for holding in holdings)
    return [(label, lines) for label, lines in told if lines]


def forget_everywhere(member: Member) -> None:
    """Run every room's ``forget``; called by the verb of leaving."""
    for holding in holdings:
        holding.forget(member)
