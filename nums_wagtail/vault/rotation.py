"""Rotation: everything stored that rests on a site key is moved to the first one of the list.

Each room registers what it stores; the vault's own stands in ``rewrapping``. What is left is read from the rows
themselves, so a rotation that was cut off goes on where it stopped when it is started again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from nums_wagtail.foundation.errors import Words
from nums_wagtail.foundation.registry import Registry

from .keyring import site_keyring

#: Stands for site keys that are not listed any more, in counts by kid.
NOT_LISTED = ""

Move = Callable[[], Iterator[int]]


@dataclass(frozen=True)
class Resting:
    """One kind of rows that rest on a site key."""

    label: Words
    #: Rows by the kid of their key; under ``NOT_LISTED`` those that no listed key opens.
    count: Callable[[], Mapping[str, int]]
    #: Moves rows to the first key, a committed batch at a time, and yields how many. A row that cannot be
    #: opened is passed over and stays in the count. None: such rows stay with the key that made them.
    move: Move | None = None
    #: Why rows stay, in words for whoever wants to take the old key out of the list.
    why_they_stay: Words = ""


@dataclass(frozen=True)
class Left:
    """What has not been moved: ``rows`` of one kind under the key ``kid``."""

    resting: Resting
    kid: str
    rows: int

    @property
    def can_move(self) -> bool:
        return self.resting.move is not None


on_site_keys: Registry[Resting] = Registry("what rests on site keys")


def what_is_left() -> list[Left]:
    """What rests on another site key than the first, by key in the order of the list, unlisted keys last.

    Raises VaultError without site keys.
    """
    first, *others = site_keyring().kids
    counts = [(resting, resting.count()) for resting in on_site_keys]
    return [
        Left(resting, kid, count[kid])
        for kid in [*others, NOT_LISTED]
        for resting, count in counts
        if count.get(kid)
    ]


def kids_done_with() -> list[str]:
    """Listed site keys, but the first, on which nothing stored rests any more."""
    needed = {left.kid for left in what_is_left()}
    return [kid for kid in site_keyring().kids[1:] if kid not in needed]
