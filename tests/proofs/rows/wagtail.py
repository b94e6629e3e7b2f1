"""Wagtail's own addresses that reach something of ours: settings, log, workflow, pages, bulk actions, its API."""

from __future__ import annotations

from wagtail.models import Site

from nums_wagtail.bulletins.models import BulletinSettings
from nums_wagtail.casework.models import Safeguarding
from nums_wagtail.foundation.models import Branding
from nums_wagtail.regions.models import StaffedHours
from nums_wagtail.reports.models import ReceiptWords

from ..matrix import Row, staff_cells
from ..world import World

#: Who works in the host's page tree; the scheme's administrators edit the scheme's pages.
PAGES = "administrator editors moderators superuser"
PAGES_TO_PUBLISH = "administrator moderators superuser"

#: Wagtail makes the row of a site's settings when somebody who may change them looks.
MADE = frozenset(
    f"nums_wagtail_{name}"
    for name in ("branding", "bulletinsettings", "receiptwords", "safeguarding", "staffedhours")
)
MODELS = ("alert", "member", "case", "report", "service", "helptext")
BELOW = "below the index"

ANYBODY_INSIDE = staff_cells("ok")
NOTHING = staff_cells("notfound")
NOBODY = staff_cells("refused")
ADMINISTRATORS = staff_cells("refused", ok="administrator superuser")
EDITORS = staff_cells("refused", ok=PAGES)
PUBLISHERS = staff_cells("refused", ok=PAGES_TO_PUBLISH)
SUPERUSER = staff_cells("refused", ok="superuser")
LED_TO_SETTINGS = staff_cells("refused", led="administrator superuser")


SETTINGS = {
    **{"branding": Branding, "staffed hours": StaffedHours, "receipt words": ReceiptWords},
    **{"bulletins": BulletinSettings, "safeguarding": Safeguarding},
}


def plant(world: World) -> None:
    site = Site.objects.get(is_default_site=True)
    alert = world.things["waiting alert"]["pk"]
    for name, model in SETTINGS.items():
        there = {"app_name": "nums_wagtail", "model_name": model._meta.model_name}
        world.plant(f"settings: {name}", there)
        world.plant(f"{name} of the site", {**there, "pk": site.pk})
    for model in MODELS:
        world.plant(f"{model} model", {"app_label": "nums_wagtail", "model_name": model})
    world.plant("delete", {"action": "delete"})
    world.plant("editing of the alert", {"object_id": str(alert), "session_id": 999})
    workflow = world.things["task"]["task_id"]
    world.plant("release step", {"pk": workflow})
    page = world.pages["RegionalPage"]
    world.plant("regional page", {"page_id": page.pk})
    world.plant("index page", {"page_id": world.pages["AlertIndexPage"].pk})
    world.plant("report page", {"page_id": world.pages["ReportPage"].pk})
    world.plant("page in the api", {"pk": page.pk})
    world.plant("copy action", {"action_name": "copy"})
    world.plant(BELOW, {"parent_page_id": world.pages["AlertIndexPage"].pk})
    world.plant("type of page", {"content_type_app_name": "nums_pages", "content_type_model_name": "regionalpage"})
    world.plant("page to move", {"page_to_move_id": page.pk})


def hours(world: World) -> dict[str, object]:
    return {"monday": "09:00-17:00", "closed_days": "", "away_until": ""}


def a_copy(world: World) -> dict[str, object]:
    parent = world.pages["AlertIndexPage"].pk
    return {"new_title": "London again", "new_slug": "london-again", "new_parent_page": parent}


ROWS = (
    Row("wagtailadmin_home", ANYBODY_INSIDE),
    # The charity's name and colour, and when reports are read.
    *(
        Row("wagtailsettings:edit", LED_TO_SETTINGS, LED_TO_SETTINGS, of=f"settings: {name}", looks=MADE)
        for name in SETTINGS
    ),
    Row("wagtailsettings:edit", ADMINISTRATORS, ADMINISTRATORS, of="branding of the site", looks=MADE),
    Row(
        "wagtailsettings:edit",
        ADMINISTRATORS,
        staff_cells("refused", led="administrator superuser"),
        of="bulletins of the site",
        looks=MADE,
        data={"least_severity": "dangerous"},
    ),
    Row(
        "wagtailsettings:edit",
        ADMINISTRATORS,
        staff_cells("refused", led="administrator superuser"),
        of="safeguarding of the site",
        looks=MADE,
        data=lambda world: {"lead": world.staff["caseworker"].pk, "deputy": "", "hours": 12},
    ),
    Row(
        "wagtailsettings:edit",
        ADMINISTRATORS,
        staff_cells("refused", led="administrator superuser"),
        of="receipt words of the site",
        looks=MADE,
        data={"received": "It is here.", "opened": "", "warned": "", "closed": ""},
    ),
    Row(
        "wagtailsettings:edit",
        ADMINISTRATORS,
        staff_cells("refused", led="administrator superuser"),
        of="staffed hours of the site",
        looks=MADE,
        data=hours,
    ),
    # The log and the workflow: references of ours are opaque, and only a superuser meets any.
    Row("wagtailadmin_reports:site_history", ANYBODY_INSIDE),
    Row("wagtailadmin_reports:site_history_results", ANYBODY_INSIDE),
    Row("wagtailadmin_reports:workflow", EDITORS),
    Row("wagtailadmin_reports:workflow_results", EDITORS),
    Row("wagtailadmin_reports:workflow_tasks", EDITORS),
    Row("wagtailadmin_reports:workflow_tasks_results", EDITORS),
    Row("wagtailadmin_reports:locked_pages", staff_cells("refused", ok="moderators superuser")),
    Row("wagtailadmin_workflows:index", SUPERUSER),
    Row("wagtailadmin_workflows:task_index", SUPERUSER),
    Row("wagtailadmin_workflows:edit_task", SUPERUSER, staff_cells("refused", done="superuser"), of="release step"),
    Row(
        "wagtailadmin_workflows:disable_task",
        SUPERUSER,
        staff_cells("refused", fails="superuser"),
        of="release step",
        why="Wagtail would publish what waits; the release gate stops it, and without a step nothing is released.",
    ),
    Row(
        "wagtailadmin_editing_sessions:ping",
        staff_cells("method"),
        staff_cells("notfound", ok="caseworker regional_editor approver"),
        of="alert model + editing of the alert",
    ),
    # No bulk action, no listing of all snippets and no API reaches a model of ours.
    *(Row("wagtail_bulk_action", NOTHING, NOTHING, of=f"{model} model + delete") for model in MODELS),
    Row("wagtailsnippets:index", NOBODY, NOBODY),
    Row("wagtailadmin_api:pages:listing", ANYBODY_INSIDE),
    Row(
        "wagtailadmin_api:pages:detail",
        staff_cells("notfound", ok=PAGES),
        staff_cells("method"),
        of="page in the api",
        tells_of_itself=True,
    ),
    Row(
        "wagtailadmin_api:pages:action",
        staff_cells("method"),
        staff_cells("notfound", did=PAGES_TO_PUBLISH, refused="editors"),
        of="page in the api + copy action",
        tells_of_itself=True,
    ),
    # Editors of the host work on the words round ours, and see no alert while they do.
    Row("wagtailadmin_pages:edit", EDITORS, EDITORS, of="regional page"),
    Row("wagtailadmin_pages:edit", EDITORS, EDITORS, of="report page", data={"asked-count": "0"}),
    Row("wagtailadmin_pages:view_draft", EDITORS, EDITORS, of="regional page"),
    Row("wagtailadmin_pages:view_draft", EDITORS, EDITORS, of="index page"),
    Row("wagtailadmin_pages:view_draft", EDITORS, EDITORS, of="report page"),
    Row("wagtailadmin_pages:preview_on_edit", EDITORS, staff_cells("refused", did=PAGES), of="regional page"),
    Row("wagtailadmin_pages:history", EDITORS, of="regional page"),
    Row("wagtailadmin_pages:delete", PUBLISHERS, staff_cells("refused", done=PAGES_TO_PUBLISH), of="regional page"),
    Row(
        "wagtailadmin_pages:copy",
        EDITORS,
        staff_cells("refused", done=PAGES),
        of="regional page",
        data=a_copy,
        why="Wagtail reads the form of a PUT without looking whether there is one, and fails.",
    ),
    Row("wagtailadmin_pages:move", PUBLISHERS, PUBLISHERS, of="page to move"),
    Row("wagtailadmin_pages:add", EDITORS, EDITORS, of=f"{BELOW} + type of page"),
    Row(
        "wagtailadmin_pages:preview_on_add",
        EDITORS,
        staff_cells("refused", did=PAGES),
        of=f"{BELOW} + type of page",
    ),
    Row("wagtailadmin_pages:type_use", EDITORS, of="type of page"),
    Row("wagtailadmin_pages:set_privacy", PUBLISHERS, PUBLISHERS, of="regional page"),
    Row(
        "wagtailadmin_explore_root", staff_cells("refused", ok="editors moderators superuser", led="administrator")
    ),
    Row("wagtailadmin_explore", EDITORS, of=BELOW),
    Row("wagtailadmin_choose_page", ANYBODY_INSIDE),
    Row("wagtailadmin_choose_page_search", ANYBODY_INSIDE),
    Row("wagtailadmin_pages:search", EDITORS),
    # Who makes accounts may also put them into the scheme's groups; both are logged by Wagtail.
    Row("wagtailusers_users:index", ADMINISTRATORS),
    Row("wagtailusers_groups:index", SUPERUSER),
)
