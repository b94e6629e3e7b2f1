"""The regions of the country pack for tests: loaded once a process, then put back as they were."""

from __future__ import annotations

from typing import Any

from django.db import models

from nums_wagtail.foundation.actors import SETUP
from nums_wagtail.regions.models import PoliceForce, Region
from nums_wagtail.regions.packs import country_pack
from nums_wagtail.regions.tree import load_pack

_Pairs = list[tuple[str, str]]
#: By a pack's code: its rows without their ids, and what stands beside what.
_loaded: dict[str, tuple[list[dict[str, Any]], list[dict[str, Any]], _Pairs, _Pairs]] = {}

_REGION_FIELDS = ("path", "depth", "numchild", "code", "name", "kind", "ons_code")
_FORCE_FIELDS = ("code", "name", "website")


def make_regions() -> None:
    """Have the regions, borders and forces of the pack in force.

    The first time by ``load_pack``. Placing each region in the tree takes a fifth of a second, so later tests get
    copies of the rows that it made, without its entry in the log.
    """
    if Region.objects.exists():
        load_pack(country_pack(), by=SETUP)
        return
    code = country_pack().code
    if code not in _loaded:
        load_pack(country_pack(), by=SETUP)
        _loaded[code] = (
            list(Region.objects.values(*_REGION_FIELDS)),
            list(PoliceForce.objects.values(*_FORCE_FIELDS)),
            list(Region.neighbours.through.objects.values_list("from_region__code", "to_region__code")),
            list(PoliceForce.regions.through.objects.values_list("policeforce__code", "region__code")),
        )
        return
    region_rows, force_rows, borders, grounds = _loaded[code]
    regions = _copies(Region, region_rows)
    forces = _copies(PoliceForce, force_rows)
    beside, ground = Region.neighbours.through, PoliceForce.regions.through
    beside.objects.bulk_create(
        beside(from_region_id=regions[one], to_region_id=regions[other]) for one, other in borders
    )
    ground.objects.bulk_create(
        ground(policeforce_id=forces[one], region_id=regions[other]) for one, other in grounds
    )


def _copies(model: type[models.Model], rows: list[dict[str, Any]]) -> dict[str, int]:
    made = model._default_manager.bulk_create([model(**row) for row in rows])
    return {one.code: one.pk for one in made}  # type: ignore[attr-defined]  # both models have a code
