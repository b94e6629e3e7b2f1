"""The search itself: every place, every marker, and what came of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from nums_wagtail.test.canary import scan

from .markers import Marker, Place, misplaced


@dataclass
class Findings:
    """``where``: marker → kinds of places and columns in which it stands. ``misplaced``: what must not be, in words.

    ``bytes``: how much of each kind was searched.
    """

    where: dict[Marker, set[str]] = field(default_factory=dict)
    misplaced: list[str] = field(default_factory=list)
    bytes: dict[str, int] = field(default_factory=dict)

    def of(self, marker: Marker) -> set[str]:
        return self.where.get(marker, set())


def search(places: Iterable[Place], markers: list[Marker]) -> Findings:
    words = {word for marker in markers for word in marker.words}
    findings = Findings()
    for place in places:
        ways = scan(place.data, words)
        findings.bytes[place.kind] = findings.bytes.get(place.kind, 0) + len(place.data)
        findings.misplaced += misplaced(markers, ways, place)
        for marker in markers:
            if any(word in ways for word in marker.words):
                names = {place.kind, place.name} if place.kind == "column" else {place.kind}
                findings.where.setdefault(marker, set()).update(names)
    return findings
