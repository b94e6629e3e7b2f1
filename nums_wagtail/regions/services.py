"""Which services stand open to somebody in a region, nearest first, and which nobody has looked at for a year.

How a service is written is in ``forms``; who shows it to whom is for later rooms.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from .models import Region, Service
from .tree import lineage

#: After so many days somebody should ring up and ask whether all of it still holds.
CHECK_AFTER_DAYS = 365


def services_for(region: Region | None, kinds: Collection[str] = ()) -> list[Service]:
    """The services of a region: its own and those within it, then those of what it lies in, up to the country.

    Those open day and night come first, then the nearest. With ``kinds`` only those that are for one of them.
    A region that is divided into others gives only its own and what lies above: nobody there said where.
    """
    if region is None:
        return []
    wanted = set(kinds)
    found = Service.objects.filter(regions__in=_reach(region)).distinct().prefetch_related("regions")
    fitting = [one for one in found if not wanted or wanted & set(one.kinds)]
    return sorted(fitting, key=lambda one: (not one.day_and_night, -_nearness(one, region), one.name.casefold()))


def unchecked(today: date | None = None) -> QuerySet[Service]:
    """Services that nobody checked for a year."""
    return Service.objects.filter(checked_on__lt=check_before(today))


def check_before(today: date | None = None) -> date:
    """What was checked before this day is to be checked again."""
    return (today or timezone.localdate()) - timedelta(days=CHECK_AFTER_DAYS)


def _reach(region: Region) -> QuerySet[Region]:
    around = Q(path__in=lineage(region.path))
    if Region.objects.main().filter(pk=region.pk).exists() or region.kind == Region.Kind.AREA:
        around |= Q(path__startswith=region.path)
    return Region.objects.filter(around)


def _nearness(service: Service, region: Region) -> int:
    """Depth of the nearest of its regions; what lies within the region counts as the region itself."""
    here = region.path
    paths = [one.path for one in service.regions.all()]
    near = [path for path in paths if path.startswith(here) or here.startswith(path)]
    return max((min(len(path), len(here)) for path in near), default=0)
