"""Members' own pages, and where staff vet them."""

from nums_wagtail.members.models import Member
from nums_wagtail.members.signin import make_link
from nums_wagtail.test.members_factories import make_member

from ..matrix import Row, cells, staff_cells
from ..world import World

SIGNED_IN = "pending approved suspended elsewhere project"

DOOR = cells("ok", led="approved elsewhere project")
HOME = cells("signin", ok="approved elsewhere project", waiting="pending suspended left")
STATUS = cells("signin", ok="pending suspended left", led="approved elsewhere project")
VETTING = staff_cells("refused", ok="membership")
VETTED = staff_cells("refused", done="membership")
NOBODY = staff_cells("refused")
STEP = staff_cells("refused", method="membership")


def plant(world: World) -> None:
    applicant = make_member(
        email="teal@example.org",
        working_name="Teal Applicant",
        home_region=world.region,
        status=Member.Status.APPLIED,
    )
    member = make_member(home_region=world.region)
    project = world.members["project"].organisation
    world.plant("link", {"token": make_link(world.members["approved"]).token}, {"token": "made-up"})
    for name, thing in {"applicant": applicant, "member": member, "organisation": project}.items():
        world.plant(name, {"pk": thing.pk}, {"pk": 999_999_999}, seen_by=["membership"])
    world.hide("an applicant's name", "Teal Applicant", ["membership"])
    world.hide("an applicant's address", "teal@example.org", ["membership"])


def new_member(world: World) -> dict[str, object]:
    return {"email": "new@example.org", "kind": "individual", "home_region": world.region.pk}


def organisation(world: World) -> dict[str, object]:
    return {"name": "Harbour", "kind": "project", "region": world.region.pk}


ROWS = (
    Row("nums_wagtail:join", cells("ok"), cells("ok"), kind="public"),
    Row("nums_wagtail:sign_in", DOOR, cells("did"), data={"email": "somebody@example.org"}),
    Row("nums_wagtail:sign_in_link", cells("ok"), cells("done"), of="link"),
    Row("nums_wagtail:sign_out", cells("method"), cells("ok")),
    Row("nums_wagtail:waiting", STATUS, cells("method")),
    Row("nums_wagtail:member_home", HOME, kind="member page"),
    Row("nums_wagtail:preferences", HOME, HOME),
    Row("nums_wagtail:end_membership", cells("signin", ok=SIGNED_IN), cells("signin", did=SIGNED_IN)),
    Row("nums_members:index", VETTING, kind="staff list"),
    Row("nums_members:index_results", VETTING),
    Row("nums_members:add", VETTING, VETTED, data=new_member),
    Row("nums_members:edit", VETTING, VETTED, of="applicant", data=new_member, kind="staff object"),
    Row("nums_members:delete", NOBODY, NOBODY, of="applicant"),
    Row("nums_members:history", VETTING, of="applicant"),
    Row("nums_members:history_results", VETTING, of="applicant"),
    Row("nums_members:usage", VETTING, of="applicant"),
    Row("nums_members:approve", STEP, VETTED, of="applicant", kind="staff verb"),
    Row("nums_members:suspend", STEP, VETTED, of="member"),
    Row("nums_organisations:index", VETTING),
    Row("nums_organisations:index_results", VETTING),
    Row("nums_organisations:add", VETTING, VETTED, data=organisation),
    Row("nums_organisations:edit", VETTING, VETTED, of="organisation", data=organisation),
    Row("nums_organisations:delete", NOBODY, NOBODY, of="organisation"),
    Row("nums_organisations:history", VETTING, of="organisation"),
    Row("nums_organisations:history_results", VETTING, of="organisation"),
    Row("nums_organisations:usage", VETTING, of="organisation"),
)
