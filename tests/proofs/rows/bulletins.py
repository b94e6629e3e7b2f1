"""What is sent: the link that stops it, the button that pulls it back, and the registers."""

from uuid import uuid4

from nums_wagtail.alerts.models import AlertRelease
from nums_wagtail.bulletins.compiling import compile_bulletin
from nums_wagtail.bulletins.models import Delivery
from nums_wagtail.bulletins.stop_links import stop_token
from nums_wagtail.foundation.actors import WORKER
from nums_wagtail.foundation.models import ExportRecord
from nums_wagtail.test.bulletins_factories import composed_of

from ..matrix import Cells, Row, cells, staff_cells
from ..world import World
from .alerts import READERS

SENDERS = "regional_editor other_editor bulletin_editor"
REGISTER_READERS = f"{SENDERS} auditor administrator"

REGISTER = staff_cells("refused", ok=REGISTER_READERS)
EXPORTS = staff_cells("refused", ok="auditor administrator")
NOBODY = staff_cells("refused")
#: Taking a list away is registered.
TAKEN = frozenset({"nums_wagtail_exportrecord", "wagtailcore_referenceindex"})
PULLED_BACK = staff_cells("notfound", done="regional_editor bulletin_editor")


def plant(world: World) -> None:
    release = AlertRelease.objects.get(uuid=world.things["release"]["key"])
    bulletin = composed_of(release)
    compile_bulletin(bulletin, by=WORKER)
    delivery = Delivery.objects.filter(bulletin=bulletin).order_by("pk").first()
    export = ExportRecord.objects.create(by=world.staff["auditor"], what="deliveries", rows=1)
    world.plant("bulletin", {"uuid": bulletin.uuid}, {"uuid": uuid4()}, seen_by=READERS)
    world.plant("stop link", {"token": stop_token(delivery.subscription.uuid)}, {"token": "made-up"})
    for name, thing in {"bulletins": bulletin, "deliveries": delivery, "exports": export}.items():
        there, missing = {"instance_pk": thing.pk}, {"instance_pk": 999_999_999}
        world.plant(f"{name} entry", there, missing, seen_by=REGISTER_READERS.split())


def register(name: str, get: Cells = REGISTER) -> tuple[Row, ...]:
    """The addresses of one register: looking, taking away, and none of the others."""
    address, entry = f"registers_{name}_modeladmin", f"{name} entry"
    return (
        Row(f"{address}_index", get, kind="staff list"),
        Row(f"{address}_index", get, get, query="?export=csv", looks=TAKEN),
        Row(f"{address}_inspect", get, of=entry),
        Row(f"{address}_create", NOBODY, NOBODY),
        Row(f"{address}_edit", NOBODY, NOBODY, of=entry),
        Row(f"{address}_delete", NOBODY, NOBODY, of=entry),
    )


ROWS = (
    Row("nums_wagtail:stop", cells("ok"), cells("did"), of="stop link", data={"do": "stop"}, no_token=True),
    Row("nums_bulletins:pull_back", staff_cells("method"), PULLED_BACK, of="bulletin"),
    *register("bulletins"),
    *register("deliveries"),
    *register("exports", EXPORTS),
)
