"""Our page types as readers meet them. What editors of the host do with them stands in ``wagtail``."""

from nums_wagtail.pages.models import AlertIndexPage, ProfessionalsPage, RegionalPage, ReportPage

from ..matrix import Row, cells
from ..world import World

#: Staff who read what is released read it everywhere.
STAFF_READERS = "caseworker regional_editor other_editor approver on_call membership bulletin_editor police_contact"

ANY_REGION = cells("signin", ok=f"approved elsewhere project {STAFF_READERS}", waiting="pending suspended left")
THIS_REGION = cells(
    "signin", ok=f"approved project {STAFF_READERS}", notfound="elsewhere", waiting="pending suspended left"
)


def plant(world: World) -> None:
    world.pages["ReportPage"] = ReportPage.objects.get()
    world.pages["ProfessionalsPage"] = ProfessionalsPage.objects.get()
    world.plant("paper", {"paper": "cards"}, {"paper": "banner"})
    world.pages["AlertIndexPage"] = AlertIndexPage.objects.get()
    world.pages["RegionalPage"] = RegionalPage.objects.get(region=world.region)


ROWS = (
    Row("ReportPage:serve", cells("ok"), kind="page"),
    # Public, and the same for everybody; a POST is a look, as on every page of Wagtail's.
    Row("ProfessionalsPage:show", cells("ok"), cells("ok")),
    Row("ProfessionalsPage:index_route", cells("ok"), cells("ok")),
    Row("ProfessionalsPage:paper", cells("ok"), of="paper"),
    Row("AlertIndexPage:serve", ANY_REGION, ANY_REGION),
    Row("RegionalPage:list", THIS_REGION, THIS_REGION, kind="page"),
    # Wagtail's own route to the same place.
    Row("RegionalPage:index_route", THIS_REGION, THIS_REGION),
    Row("RegionalPage:release", THIS_REGION, THIS_REGION, of="release"),
)
