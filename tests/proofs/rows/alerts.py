"""Alerts in the admin, and what readers get of them."""

from typing import Any
from uuid import uuid4

from nums_wagtail.alerts.models import Alert
from nums_wagtail.test.alerts_factories import make_alert, make_released_alert, make_waiting

from ..matrix import Cells, Row, staff_cells
from ..world import World

DRAFT_LINE = "Draft words of a curlew."
RELEASED_LINE = "Released words of a heron."
NUMBER = "07700 900852"

#: Whoever sees alerts in the admin at all, and those who see this one. On call holds no right to see drafts.
SEES = "caseworker regional_editor approver"
SEES_LISTS = "caseworker regional_editor other_editor approver"
WRITES = "caseworker regional_editor"

LIST = staff_cells("refused", ok=SEES_LISTS)
LOOK = staff_cells("refused", ok=SEES, notfound="other_editor")
NOBODY = staff_cells("refused", notfound="other_editor")
#: Of an alert in a region of the editor's own.
WRITE = staff_cells("refused", ok=WRITES, notfound="other_editor")
WROTE = staff_cells("refused", done=WRITES, notfound="other_editor")
WRITE_NEW = staff_cells("refused", ok=f"{WRITES} other_editor")
WROTE_NEW = staff_cells("refused", done=WRITES, ok="other_editor")
PREVIEWED = staff_cells("refused", did=WRITES, notfound="other_editor")
PREVIEWED_NEW = staff_cells("refused", did=f"{WRITES} other_editor")
#: A caseworker sees what waits but releases nothing.
TO_RELEASE = staff_cells("refused", led="regional_editor approver", notfound="other_editor")
RELEASED = staff_cells("refused", done="regional_editor approver", notfound="other_editor")
WITHDRAWN = staff_cells("refused", done=SEES, notfound="other_editor")
#: Comparing opens the reports, so the button does something for caseworkers alone.
COMPARED = staff_cells("refused", done="caseworker", led="regional_editor approver", notfound="other_editor")
DRAFT = staff_cells("refused", ok="caseworker", notfound="regional_editor approver other_editor")
DRAFTED = staff_cells("refused", done="caseworker", notfound="regional_editor approver other_editor")
PREVIEW_OF_WAITING = staff_cells("refused", ok="regional_editor approver", notfound="other_editor")
NO_PREVIEW_BY_POST = staff_cells("refused", method=SEES, notfound="other_editor")
ONLY_A_BUTTON = staff_cells("refused", method=SEES, notfound="other_editor")

READERS = {"approved", "project", "caseworker", "regional_editor", "other_editor", "approver", "on_call"} | {
    "membership",
    "bulletin_editor",
    "police_contact",
}


def plant(world: World) -> None:
    by, region, numbers = world.staff["caseworker"], world.region, [("phone", NUMBER)]
    waiting = make_waiting(by=by, line=DRAFT_LINE, regions=[region], numbers=numbers)
    alert = Alert.objects.get(pk=waiting.workflow_state.object_id)
    draft = make_alert(by=by, line=DRAFT_LINE, regions=[region], numbers=numbers)
    release = make_released_alert(line=RELEASED_LINE, severity="dangerous", regions=[region], numbers=numbers)
    for name, pk in {"waiting": alert.pk, "draft": draft.pk, "released": release.alert_id}.items():
        world.plant(f"{name} alert", {"pk": pk}, {"pk": 999_999_999}, seen_by=SEES.split())
    world.plant("revision", {"revision_id": alert.latest_revision_id})
    world.plant("revision of the draft", {"revision_id": draft.latest_revision_id})
    world.plant("earliest and latest", {"revision_id_a": "earliest", "revision_id_b": "latest"})
    world.plant("release of it", {"action_name": "approve", "task_state_id": waiting.pk})
    world.plant("workflow state", {"workflow_state_id": waiting.workflow_state_id})
    world.plant("task", {"task_id": waiting.task_id})
    world.plant("release", {"key": release.uuid}, {"key": uuid4()})
    world.hide("words of a draft", DRAFT_LINE, SEES.split())
    world.hide("words of a release", RELEASED_LINE, READERS)
    world.hide("a whole number", NUMBER, SEES.split())
    # A superuser meets the bare reference in Wagtail's log and workflow reports.
    world.hide("the reference of a draft", alert.reference, [*SEES.split(), "superuser"])


def form(world: World) -> dict[str, object]:
    return {
        "kind": "person",
        "severity": "risky",
        "categories": ["threats"],
        "line": "Other words.",
        "incident_precision": "week",
        "certainty": "anonymous",
        "regions": [str(world.region.pk)],
        "identifiers-TOTAL_FORMS": "0",
        "identifiers-INITIAL_FORMS": "0",
        "identifiers-MIN_NUM_FORMS": "0",
        "identifiers-MAX_NUM_FORMS": "1000",
    }


def alert(name: str, get: Cells, post: Cells | None = None, *, of: str = "waiting alert", **more: Any) -> Row:
    return Row(f"nums_alerts:{name}", get, post, of=of, **more)


ROWS = (
    Row("nums_alert_draft", DRAFT, DRAFTED, of="case to draft from"),
    Row("nums_alerts:list", LIST, kind="staff list"),
    Row("nums_alerts:list_results", LIST),
    Row("nums_alerts:add", WRITE_NEW, WROTE_NEW, data=form),
    Row("nums_alerts:preview_on_add", WRITE_NEW, PREVIEWED_NEW, data=form),
    alert("edit", LOOK, LOOK, data=form),
    alert("edit", WRITE, WROTE, of="draft alert", data=form, kind="staff object"),
    alert("delete", WRITE, WROTE),
    alert("delete", WRITE, WROTE, of="draft alert"),
    alert("delete", NOBODY, NOBODY, of="released alert"),
    alert("usage", WRITE),
    alert("history", WRITE),
    alert("history_results", WRITE),
    alert("preview_on_edit", WRITE, PREVIEWED, of="draft alert", data=form),
    alert("revisions_view", WRITE, of="waiting alert + revision"),
    alert("revisions_revert", WRITE, WROTE, of="draft alert + revision of the draft", data=form),
    alert("revisions_compare", WRITE, of="waiting alert + earliest and latest"),
    alert("revisions_unschedule", NOBODY, NOBODY, of="waiting alert + revision"),
    alert("unpublish", LOOK, WITHDRAWN, of="released alert", data={"reason": "wrong"}),
    alert("lock", NOBODY, NOBODY, of="draft alert"),
    alert("unlock", NOBODY, NOBODY, of="draft alert"),
    alert("workflow_action", TO_RELEASE, RELEASED, of="waiting alert + release of it", kind="staff verb"),
    alert("collect_workflow_action_data", TO_RELEASE, TO_RELEASE, of="waiting alert + release of it"),
    alert("confirm_workflow_cancellation", LOOK, LOOK),
    alert("workflow_history", WRITE),
    alert("workflow_history_detail", WRITE, of="waiting alert + workflow state"),
    alert("workflow_preview", PREVIEW_OF_WAITING, NO_PREVIEW_BY_POST, of="waiting alert + task"),
    alert("review", LOOK),
    alert("compare", ONLY_A_BUTTON, COMPARED),
)
