"""The tree of regions: who lies beside and above whom, what forms offer, and filling it from a country pack."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from ..foundation import journal, policy
from ..foundation.actors import Actor
from ..foundation.errors import BadInput
from ..foundation.transactions import verb_transaction
from .forms import INDENT
from .models import PoliceForce, Region, RegionQuerySet
from .packs import country_pack
from .packs.shape import CountryPack, RegionKind

PACK_LOADED = journal.declare("nums.regions.pack_loaded", _("Regions added from the country pack"))
RENAMED = journal.declare("nums.regions.renamed", _("Region renamed"))


@dataclass(frozen=True)
class Loaded:
    """How many rows a country pack added."""

    regions: int
    forces: int


def lineage(path: str) -> list[str]:
    """Paths from the top of the tree down to ``path`` itself."""
    return [path[:end] for end in range(Region.steplen, len(path) + 1, Region.steplen)]


def with_ancestors(region: Region) -> RegionQuerySet:
    """The region and everything it lies in, from the top down."""
    return Region.objects.get_queryset().filter(path__in=lineage(region.path))


def readable_neighbours(region: Region) -> RegionQuerySet:
    """Where else readers should hear of danger in ``region``: what borders on it by land.

    For an area that is also the main region that a bordering area lies in, if it is another one: whoever reads
    that region reads of its areas.
    """
    own = set(lineage(region.path))
    beside = list(region.neighbours.all())
    around = {path for other in beside if other.kind == RegionKind.AREA for path in lineage(other.path)}
    main = Region.objects.main().filter(path__in=around - own).values_list("path", flat=True)
    return Region.objects.get_queryset().filter(path__in={*main, *(other.path for other in beside)})


def main_regions() -> RegionQuerySet:
    """The level that a report and a reader choose, in the order of the tree."""
    return Region.objects.main()


def national_region() -> Region | None:
    """The country itself: where a report belongs whose sender names no region. None while there are no regions.

    Where the pack in force was never loaded it is whatever stands first: a report is taken in all the same.
    """
    code = country_pack().national.code
    return Region.objects.filter(code=code).first() or Region.objects.filter(depth=1).first()


def region_choices(*, areas: bool = False) -> list[tuple[str, str]]:
    """Code and name for a form: the main regions, or with ``areas`` also what lies below each, indented."""
    main = list(main_regions())
    if not areas:
        return [(region.code, region.name) for region in main]
    tops = {region.path: region.depth for region in main}
    choices = []
    for region in Region.objects.all():
        top = next((path for path in lineage(region.path) if path in tops), None)
        if top is not None:
            choices.append((region.code, INDENT * (region.depth - tops[top]) + region.name))
    return choices


def load_pack(pack: CountryPack, *, by: Actor) -> Loaded:
    """Add the regions, borders and forces of ``pack`` that are missing; safe to run again.

    Nothing is deleted or renamed, and a border or a force's ground that was taken away by hand stays away: both
    are only drawn for what this run adds. Nothing is moved either, but for a region at the top of the tree when
    this run adds the one that the pack puts it in.
    """
    policy.require(by, "manage_scheme")
    with verb_transaction():
        regions = {region.code: region for region in Region.objects.all()}
        fresh: set[str] = set()
        for data in pack.regions:
            if data.code in regions:
                continue
            values = {"code": data.code, "name": data.name, "kind": data.kind, "ons_code": data.ons_code}
            parent = regions[data.parent] if data.parent else None
            regions[data.code] = parent.add_child(**values) if parent else Region.add_root(**values)
            fresh.add(data.code)
        _move_below(pack, fresh)
        _draw_borders(pack, regions, fresh)
        forces = _add_forces(pack, regions, fresh)
        loaded = Loaded(regions=len(fresh), forces=forces)
        if fresh or forces:
            journal.write(
                regions[pack.regions[0].code],
                PACK_LOADED,
                by=by,
                data={"pack": pack.code, "regions": loaded.regions, "forces": loaded.forces},
            )
    return loaded


def _move_below(pack: CountryPack, fresh: set[str]) -> None:
    for data in pack.regions:
        if data.parent in fresh and data.code not in fresh:
            # Both anew: each move rewrites paths in the database, not in what was loaded before.
            region = Region.objects.get(code=data.code)
            if region.is_root():
                region.move(Region.objects.get(code=data.parent), pos="last-child")


def _draw_borders(pack: CountryPack, regions: dict[str, Region], fresh: set[str]) -> None:
    beside: dict[str, list[Region]] = {}
    for first, second in pack.borders:
        if first in fresh or second in fresh:
            beside.setdefault(first, []).append(regions[second])
    for code, others in beside.items():
        regions[code].neighbours.add(*others)


def _add_forces(pack: CountryPack, regions: dict[str, Region], fresh: set[str]) -> int:
    known = {force.code: force for force in PoliceForce.objects.all()}
    added = 0
    for data in pack.forces:
        force = known.get(data.code)
        if force is None:
            force = PoliceForce.objects.create(code=data.code, name=data.name, website=data.website)
            added += 1
            ground = [regions[code] for code in data.regions]
        else:
            ground = [regions[code] for code in data.regions if code in fresh]
        if ground:
            force.regions.add(*ground)
    return added


def rename_region(region: Region, name: str, *, by: Actor) -> Region:
    """Give a region the name that readers know; its code stays.

    Raises BadInput for an empty or too long name.
    """
    policy.require(by, "manage_scheme")
    longest = Region._meta.get_field("name").max_length
    wanted = name.strip()
    if not wanted or len(wanted) > longest:
        raise BadInput({"name": [_("Write a name of at most 100 characters.")]})
    with verb_transaction("admin"):
        region.name = wanted
        region.save(update_fields=["name"])
        journal.write(region, RENAMED, by=by)
    return region
