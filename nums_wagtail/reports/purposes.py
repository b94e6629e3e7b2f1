"""Which purposes a reporter is asked about: those that something in this installation serves, and no other.

A room that puts a purpose to work registers it here; so does an extension.
"""

from __future__ import annotations

from dataclasses import dataclass

from nums_wagtail.foundation.errors import Words
from nums_wagtail.foundation.registry import Registry

from .models import ConsentEvent

Purpose = ConsentEvent.Purpose


@dataclass(frozen=True)
class ServedPurpose:
    """A purpose with a working output. ``follows``: what a yes leads to, in a sentence or two for the reporter."""

    purpose: Purpose
    follows: Words = ""


purposes: Registry[ServedPurpose] = Registry("purposes")


def served() -> tuple[ServedPurpose, ...]:
    """The purposes to ask about, in their order."""
    return tuple(purposes)


def working() -> frozenset[Purpose]:
    """Purposes with a working output here. Nobody is shown a purpose that nothing serves."""
    return frozenset(one.purpose for one in purposes)
