"""Cases: for who may open them there are some, for everybody else none."""

from datetime import timedelta
from io import BytesIO
from uuid import UUID, uuid4

from wagtail.models import Site

from nums_wagtail.casework import cases, notes
from nums_wagtail.casework.models import Case, Safeguarding
from nums_wagtail.foundation.actors import Actor
from nums_wagtail.reports import messages
from nums_wagtail.reports.cleaning.kinds import Clean
from nums_wagtail.reports.evidence import Prepared, PreparedFile, add_files
from nums_wagtail.reports.form_state import Showing
from nums_wagtail.reports.models import Report
from nums_wagtail.test.casework_factories import case_of
from nums_wagtail.test.evidence_factories import picture
from nums_wagtail.test.reports_factories import make_report
from nums_wagtail.vault import data_keys
from nums_wagtail.vault.holders import TeamHolder

from ..matrix import LOG, Row, staff_cells
from ..world import World
from .reports import NARRATIVE, answers

MESSAGE = "heron below the weir"
NOTE = "plover by the old signal box"
FILE_NAME = "dunlin at the weir.png"

QUEUE = staff_cells("notfound", ok="caseworker on_call")
READ = staff_cells("notfound", ok="caseworker")
READ_URGENT = staff_cells("notfound", ok="caseworker on_call")
LED = staff_cells("notfound", led="caseworker")
TAKEN_IN = staff_cells("notfound", did="caseworker")
WORKED = staff_cells("notfound", done="caseworker")
#: On call opens it, since it is urgent, and is told that only the lead decides.
LED_URGENT = staff_cells("notfound", led="caseworker on_call")
DECIDED = staff_cells("notfound", done="caseworker", led="on_call")


def put_picture(report: Report) -> UUID:
    """A picture, made harmless before, among the files of a report."""
    key = data_keys.open_key(TeamHolder(), report.data_key)
    out = BytesIO()
    picture().save(out, "PNG")
    clean = Clean(out.getvalue(), "png", {"width": 40, "height": 30})
    prepared = Prepared((PreparedFile(FILE_NAME, "image/png", "", clean),))
    (row,) = add_files(report, key, prepared).files
    return row.uuid


def plant(world: World) -> None:
    by = Actor.person(world.staff["caseworker"])
    site = Site.objects.get(is_default_site=True)
    Safeguarding.objects.update_or_create(site=site, defaults={"lead": world.staff["caseworker"]})
    names = {
        **{"case": {}, "other case": {}, "closed case": {}, "news case": {}},
        **{"urgent case": {"urgent": "yes"}, "child case": {"child_at_risk": "yes"}},
    }
    for name, more in names.items():
        report = make_report(what_happened=NARRATIVE, region=world.region, answers={**answers(), **more})
        case = case_of(report)
        notes.write_note(case, NOTE, by=by)
        if name == "news case":
            messages.write_to_team(report, MESSAGE, holder=TeamHolder())
        if name == "case":
            Report.objects.filter(pk=report.pk).update(exchanged_on=report.received_on - timedelta(days=30))
        if name == "closed case":
            cases.take_case(case, by=by)
            cases.close_case(case, by=by, outcome="nothing")
        seers = ["caseworker", "on_call"] if more else ["caseworker"]
        world.plant(name, {"uuid": case.uuid}, {"uuid": uuid4()}, seen_by=seers)
        there = {"report_uuid": report.uuid}
        world.plant(f"report of {name}", there, {"report_uuid": uuid4()}, seen_by=["caseworker"])
        if name in ("case", "urgent case"):
            there = {"file_uuid": put_picture(case.case_reports.get().report)}
            world.plant(f"file of {name}", there, {"file_uuid": uuid4()}, seen_by=seers)
        world.plant(f"{name} to draft from", {"case_uuid": case.uuid}, {"case_uuid": uuid4()})
    world.hide("a message", MESSAGE, ["caseworker", "on_call"])
    world.hide("a file's name", FILE_NAME, ["caseworker", "on_call"])
    world.hide("a note", NOTE, ["caseworker", "on_call"])


def a_message(world: World) -> dict[str, object]:
    case = Case.objects.get(uuid=world.things["case"]["uuid"])
    return {"report": str(case.case_reports.get().report.uuid), "text": "Where does he park?"}


def a_sheet(world: World) -> dict[str, object]:
    state = Showing(None).seal()
    return {"q-what_happened": "He did not pay.", "state": state, "send": "sheet", "sheet-consent": "no"}


def a_contact(world: World) -> dict[str, object]:
    case = Case.objects.get(uuid=world.things["case"]["uuid"])
    return {"report": str(case.case_reports.get().report.uuid)}


def step(name: str, **data: str) -> Row:
    return Row(f"nums_cases:{name}", LED, WORKED, of="case", data=data)


A_REASON = {"what": "whole.json", "reason": "Asked for by the reporter"}
#: A part of a picture, as the form sends it.
PART = {
    "part-TOTAL_FORMS": "1",
    "part-INITIAL_FORMS": "0",
    "part-0-left": "10",
    "part-0-top": "10",
    "part-0-width": "20",
    "part-0-height": "20",
}

ROWS = (
    Row("nums_cases:index", QUEUE, kind="staff list"),
    Row("nums_cases:index_results", QUEUE),
    Row("nums_cases:case", READ, of="case", looks=LOG, kind="staff object"),
    Row("nums_cases:case", READ_URGENT, of="urgent case", looks=LOG),
    step("open"),
    step("take"),
    Row("nums_cases:file", READ, of="file of case + case", looks=LOG),
    Row("nums_cases:file", READ_URGENT, of="file of urgent case + urgent case", looks=LOG),
    Row("nums_cases:picture", READ, of="file of case + case", looks=LOG),
    Row("nums_cases:block_out", READ, WORKED, of="file of case + case", data=PART, looks=LOG),
    Row("nums_cases:block_out", READ, WORKED, of="file of urgent case + urgent case", data=PART, looks=LOG),
    Row("nums_cases:note", LED, WORKED, of="case", data={"text": "Asked again."}, kind="staff verb"),
    Row("nums_cases:message", LED, WORKED, of="case", data=a_message),
    Row("nums_cases:news_read", LED, WORKED, of="news case"),
    step("grade", severity="risky"),
    step("police", police="no"),
    step("close", outcome="nothing"),
    Row("nums_cases:lead", LED_URGENT, DECIDED, of="child case", data={"say": "agree"}),
    Row("nums_cases:spoken", LED, WORKED, of="case", data=a_contact),
    Row("nums_cases:reopen", LED, WORKED, of="closed case"),
    Row("nums_cases:export", READ, TAKEN_IN, data={"what": "table.xlsx"}, looks=LOG),
    Row("nums_cases:export_case", READ, TAKEN_IN, of="case", data=A_REASON, looks=LOG),
    Row("nums_cases:print_sheet", READ),
    Row("nums_cases:key_new", READ, TAKEN_IN, data=a_sheet),
    Row("nums_cases:key", READ, WORKED, of="case + report of case", data={"q-town": "By the canal"}, looks=LOG),
)
