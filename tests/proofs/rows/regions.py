"""Where the scheme's administrators name regions and say who edits which."""

from nums_wagtail.regions.models import Service, StaffRegion

from ..matrix import Row, staff_cells
from ..world import World

MANAGING = staff_cells("refused", ok="administrator")
MANAGED = staff_cells("refused", done="administrator")
NOBODY = staff_cells("refused")


def plant(world: World) -> None:
    pair = StaffRegion.objects.get(user=world.staff["regional_editor"])
    # Everybody may know which regions there are, and how many pairs.
    world.plant("region", {"pk": world.region.pk})
    world.plant("staff region", {"pk": pair.pk})
    service = Service.objects.create(name="Curlew Clinic", kinds=["sexual_health"], phone="07700 900118")
    service.regions.add(world.region)
    world.plant("service", {"pk": service.pk})


def pair(world: World) -> dict[str, object]:
    return {"user": world.staff["approver"].pk, "region": world.region.pk}


def service(world: World) -> dict[str, object]:
    return {
        "name": "Plover Clinic",
        "kinds": ["helpline"],
        "regions": [str(world.region.pk)],
        "phone": "07700 900119",
        "checked_on": "2030-01-02",
    }


ROWS = (
    Row("nums_regions:index", MANAGING, kind="staff list"),
    Row("nums_regions:index_results", MANAGING),
    Row("nums_regions:add", NOBODY, NOBODY, data={"name": "Elsewhere"}),
    Row("nums_regions:edit", MANAGING, MANAGED, of="region", data={"name": "London and around"}),
    Row("nums_regions:delete", NOBODY, NOBODY, of="region"),
    Row("nums_regions:history", MANAGING, of="region"),
    Row("nums_regions:history_results", MANAGING, of="region"),
    Row("nums_regions:usage", MANAGING, of="region"),
    Row("nums_staff_regions:index", MANAGING),
    Row("nums_staff_regions:index_results", MANAGING),
    Row("nums_staff_regions:add", MANAGING, MANAGED, data=pair),
    Row("nums_staff_regions:edit", NOBODY, NOBODY, of="staff region"),
    Row("nums_staff_regions:delete", MANAGING, MANAGED, of="staff region"),
    Row("nums_staff_regions:history", MANAGING, of="staff region"),
    Row("nums_staff_regions:history_results", MANAGING, of="staff region"),
    Row("nums_staff_regions:usage", NOBODY, of="staff region"),
    Row("nums_services:list", MANAGING),
    Row("nums_services:list_results", MANAGING),
    Row("nums_services:add", MANAGING, MANAGED, data=service),
    Row("nums_services:edit", MANAGING, MANAGED, of="service", data=service),
    Row("nums_services:delete", MANAGING, MANAGED, of="service"),
    Row("nums_services:history", MANAGING, of="service"),
    Row("nums_services:history_results", MANAGING, of="service"),
    Row("nums_services:usage", MANAGING, of="service"),
)
