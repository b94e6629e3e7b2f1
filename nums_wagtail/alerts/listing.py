"""What readers see where: the rows written at release, and the only two ways to read released alerts.

Both start from current releases, so a row that was made live by hand, by SQL or from a fixture shows nothing.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from nums_wagtail.foundation.errors import NotThere
from nums_wagtail.regions.models import Region
from nums_wagtail.regions.tree import readable_neighbours, with_ancestors

from .models import Alert, AlertRegion, AlertRelease, AlertWithdrawal
from .terms import STRUCK

Why = AlertRegion.Why


class Reads(Protocol):
    """Somebody whose regions are known, as ``members.access.reader_for`` says; None: every region."""

    @property
    def region_ids(self) -> frozenset[int] | None: ...


#: Rows that open a release. The others only list it: whoever reads a region reads what lies above and inside it
#: by ``members.access`` already, and counting both would show a town's alerts to its whole nation.
OPENING = (AlertRegion.Why.OWN, AlertRegion.Why.NEIGHBOUR)


@dataclass(frozen=True)
class Cursor:
    """Where a list goes on: the last row that was shown."""

    released_at: datetime
    row: int

    def __str__(self) -> str:
        return f"{self.released_at.isoformat()}_{self.row}"

    @classmethod
    def parse(cls, text: str) -> Cursor | None:
        """None for anything that is no cursor of ours."""
        day, _mark, row = text.partition("_")
        try:
            at = parse_datetime(day)
        except ValueError:
            return None
        if at is None or timezone.is_naive(at) or not (row.isascii() and row.isdigit()) or len(row) > 18:
            return None
        return cls(at, int(row))


@dataclass(frozen=True)
class Listing:
    """Releases, newest first, and where the list goes on; ``after`` is None at its end."""

    releases: tuple[AlertRelease, ...]
    after: Cursor | None


def current_in_region(
    region: Region, *, reader: Reads | None = None, after: Cursor | None = None, limit: int = 20
) -> Listing:
    """What stands in ``region`` now, newest first; with ``reader`` only what that one may open."""
    rows = _openable(AlertRegion.objects.filter(region=region, state=AlertRegion.State.CURRENT), reader)
    rows = rows.filter(release__ends_at__gt=timezone.now(), release__withdrawal__isnull=True)
    if after is not None:
        same_moment = Q(released_at=after.released_at, pk__lt=after.row)
        rows = rows.filter(Q(released_at__lt=after.released_at) | same_moment)
    found = list(rows.select_related("release").order_by("-released_at", "-pk")[: limit + 1])
    shown = found[:limit]
    more = Cursor(shown[-1].released_at, shown[-1].pk) if len(found) > limit else None
    return Listing(tuple(row.release for row in shown), more)


def _openable(rows: QuerySet[AlertRegion], reader: Reads | None) -> QuerySet[AlertRegion]:
    if reader is None or reader.region_ids is None:
        return rows
    opening = AlertRegion.objects.filter(
        release=OuterRef("release"), why__in=OPENING, region_id__in=reader.region_ids
    )
    return rows.filter(Exists(opening))


def withdrawn_in_region(
    region: Region, *, reader: Reads | None = None, limit: int = 20
) -> tuple[AlertRelease, ...]:
    """What was withdrawn lately, newest first, to be shown struck; what a newer version replaced is not in it."""
    rows = (
        _openable(AlertRegion.objects.filter(region=region, state=AlertRegion.State.WITHDRAWN), reader)
        .filter(release__withdrawal__withdrawn_at__gt=timezone.now() - STRUCK)
        .exclude(release__withdrawal__reason=AlertWithdrawal.Reason.REPLACED)
        .select_related("release__withdrawal")
        .order_by("-released_at", "-pk")
    )
    return tuple(row.release for row in rows[:limit])


def last_released_in_region(region: Region) -> datetime | None:
    """When the last one came out, current or not, for a page that has nothing to show."""
    rows = AlertRegion.objects.filter(region=region).order_by("-released_at", "-pk")
    return rows.values_list("released_at", flat=True).first()


def release_for(key: uuid.UUID, reader: Reads) -> AlertRelease:
    """The read guard of a single release: current, or withdrawn lately, and in a region of the reader's.

    Raises NotThere otherwise: not yours, ended, replaced and never been look the same.
    """
    release = AlertRelease.objects.select_related("withdrawal").filter(uuid=key).first()
    if release is None or not _is_readable(release):
        raise NotThere()
    rows = AlertRegion.objects.filter(release=release, why__in=OPENING)
    if not _openable(rows, reader).exists():
        raise NotThere()
    return release


def _is_readable(release: AlertRelease) -> bool:
    now = timezone.now()
    withdrawal: AlertWithdrawal | None = getattr(release, "withdrawal", None)
    if withdrawal is None:
        return release.ends_at > now
    return withdrawal.reason != AlertWithdrawal.Reason.REPLACED and withdrawal.withdrawn_at > now - STRUCK


def write_rows(release: AlertRelease, regions: Iterable[Region]) -> int:
    """Write where a release is seen: its own regions, those above and inside, and neighbours of danger.

    Called by ``release_alert`` inside its transaction. Returns how many rows.
    """
    severity = release.content["severity"]
    why: dict[int, str] = {}
    own = list(regions)
    for region in own:
        why[region.pk] = Why.OWN
    for region in own:
        for above in with_ancestors(region):
            why.setdefault(above.pk, Why.PARENT)
        for inside in region.get_descendants():
            why.setdefault(inside.pk, Why.CHILD)
    if severity == Alert.Severity.DANGEROUS:
        for region in own:
            for beside in Region.objects.beneath([other.path for other in readable_neighbours(region)]):
                why.setdefault(beside.pk, Why.NEIGHBOUR)
    AlertRegion.objects.bulk_create(
        AlertRegion(
            region_id=region_id, release=release, why=reason, severity=severity, released_at=release.released_at
        )
        for region_id, reason in why.items()
    )
    return len(why)


def strike_rows(release: AlertRelease, *, replaced: bool) -> None:
    """Take a release out of the lists: struck for a while, or gone at once when a newer version stands there."""
    rows = AlertRegion.objects.filter(release=release)
    if replaced:
        rows.delete()
    else:
        rows.update(state=AlertRegion.State.WITHDRAWN)


def drop_old_rows(now: datetime) -> int:
    """Take out of the lists what ended, and what was struck long enough. Returns how many rows."""
    old = Q(release__ends_at__lte=now) | Q(release__withdrawal__withdrawn_at__lte=now - STRUCK)
    rows: QuerySet[AlertRegion] = AlertRegion.objects.filter(old)
    return rows.delete()[0]
