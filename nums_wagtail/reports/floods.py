"""Reports that look as if a machine sent them, or that come in a flood: marked, never refused.

A mark changes where a report stands in the queue and nothing else. Whoever is in danger and sends six times gets
six receipts. What is counted stands in the cache alone, under a keyed tag of the address that changes every day.
"""

from __future__ import annotations

from dataclasses import dataclass

from . import client_tags

#: Seconds for which reports of one address are counted, and how many of them are as usual: a clinic or a project
#: shares one address.
SPAN = 3600
USUAL = 5
#: Nobody reads the first screen and says what happened in fewer seconds.
LEAST_SECONDS = 3

#: Name of the field that people do not see. It says nothing that a browser would fill in by itself.
HONEYPOT = "homepage"

_COUNTED = "nums-reports-sent"


@dataclass(frozen=True)
class Mark:
    """Why a report is marked; false when nothing is odd about it."""

    flood: bool = False
    machine: bool = False

    def __bool__(self) -> bool:
        return self.flood or self.machine


def mark_of(*, address: str, seconds_open: float | None = None, honeypot: str = "") -> Mark:
    """Count one report from ``address`` and say whether it should be marked as ``looks_automatic``.

    Call it once a report that is really new. ``seconds_open``: how long its form lay open, None when nobody knows;
    ``honeypot``: what stood in the field that people do not see.
    """
    return Mark(flood=comes_in_a_flood(address), machine=looks_like_a_machine(seconds_open, honeypot))


def looks_like_a_machine(seconds_open: float | None, honeypot: str) -> bool:
    """Whether the hidden field was filled in, or the form was faster than anybody reads."""
    return bool(honeypot.strip()) or (seconds_open is not None and seconds_open < LEAST_SECONDS)


def comes_in_a_flood(address: str) -> bool:
    """Count one report and say whether more came from this address within the hour than is usual.

    Where a proxy hides who comes, nothing is a flood: everybody would be in one.
    """
    return client_tags.is_somebody(address) and client_tags.count(_COUNTED, address, SPAN) > USUAL
