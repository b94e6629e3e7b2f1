"""Whose regions are whose: what an editor of some regions may touch, and giving and taking regions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from ..foundation import journal, policy
from ..foundation.actors import Actor
from ..foundation.transactions import verb_transaction
from .models import Region, StaffRegion

REGION_GIVEN = journal.declare("nums.regions.region_given", _("Region given to an editor"))
REGION_TAKEN = journal.declare("nums.regions.region_taken", _("Region taken from an editor"))

OWN = "_own_regions"


def regions_of(user: Any) -> set[int]:
    """Ids of the regions somebody edits, with everything below them. Asked anew each time: it may shrink."""
    if user is None or user.pk is None or not user.is_active:
        return set()
    paths = StaffRegion.objects.filter(user_id=user.pk).values_list("region__path", flat=True)
    return set(Region.objects.beneath(list(paths)).values_list("pk", flat=True))


def holds_right_everywhere(by: Actor, right: str, regions: Iterable[Region | int]) -> bool:
    """Whether the actor holds ``right`` in every one of ``regions`` (regions or their ids).

    The right itself counts everywhere. Its variant for own regions counts when there is at least one region
    and each lies in a region given to the actor. Raises KeyError for a right nobody declared.
    """
    if policy.may(by, right):
        return True
    own = f"{right}{OWN}"
    if by.user is None or own not in policy.RIGHTS or not policy.may(by, own):
        return False
    wanted = {region.pk if isinstance(region, Region) else region for region in regions}
    return bool(wanted) and wanted <= regions_of(by.user)


def give_region(user: Any, region: Region, *, by: Actor) -> StaffRegion:
    """Let somebody edit a region and everything below it; giving it twice is giving it once."""
    policy.require(by, "manage_scheme")
    with verb_transaction("admin"):
        staff_region, made = StaffRegion.objects.get_or_create(user=user, region=region)
        if made:
            journal.write(staff_region, REGION_GIVEN, by=by, data={"user": str(user.pk), "region": region.code})
    return staff_region


def take_region(staff_region: StaffRegion, *, by: Actor) -> None:
    """Somebody edits this region no longer."""
    policy.require(by, "manage_scheme")
    with verb_transaction("admin"):
        data = {"user": str(staff_region.user_id), "region": staff_region.region.code}
        journal.write(staff_region, REGION_TAKEN, by=by, data=data)
        staff_region.delete()
