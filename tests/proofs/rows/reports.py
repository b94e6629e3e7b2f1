"""The reporter's way: it looks at nobody, so it is the same for everybody."""

from nums_wagtail.reports.form_state import Showing
from nums_wagtail.reports.models import HelpText
from nums_wagtail.reports.receipt_card import card_of
from nums_wagtail.reports.steps import Walk
from nums_wagtail.test.reports_factories import accept
from nums_wagtail.vault.receipts import new_receipt

from ..matrix import Row, cells, staff_cells
from ..world import World

MANAGING = staff_cells("refused", ok="administrator")
MANAGED = staff_cells("refused", done="administrator")

#: Stands in every report of the world; who is on call reads it in the urgent one.
NARRATIVE = "kingfisher under the third bridge"
PHONE = "07700 900731"
REPORTER = "Marigold Penhaligon"


def answers() -> dict[str, object]:
    return {"phone": PHONE, "reporter_name": REPORTER, "categories": ["threats"]}


def plant(world: World) -> None:
    accepted = accept(what_happened=f"{NARRATIVE} again", region=world.region, answers=answers())
    world.plant("receipt", {"receipt": str(accepted.receipt)})
    text = HelpText.objects.create(topic="pep", language="en", text="Ask the nurse.")
    world.plant("help text", {"pk": text.pk})
    world.hide("what was reported", NARRATIVE, ["caseworker", "on_call"])
    world.hide("who reported", REPORTER, ["caseworker", "on_call"])


def a_report(world: World) -> dict[str, object]:
    return {"q-what_happened": "He did not pay.", "state": Showing(None).seal(), "send": "warn"}


def a_sheet(world: World) -> dict[str, object]:
    return {**a_report(world), "send": "sheet", "sheet-consent": "yes"}


def a_step(world: World) -> dict[str, object]:
    return {"q-what_happened": "He did not pay.", "state": Walk().seal(), "step": "incident", "go": "next"}


def a_text(world: World) -> dict[str, object]:
    return {"topic": "examination", "language": "en", "text": "Ask the doctor."}


def a_card(world: World) -> dict[str, object]:
    return {"card": card_of(new_receipt()).state, "do": "picture"}


#: A project's page: its workers come in, other members find nothing, and the words of whoever was signed out
#: meanwhile come back.
OURS = cells("signin", ok="project", waiting="pending suspended left", notfound="approved elsewhere")
OURS_SENT = cells("refused", did="project", notfound="approved elsewhere")

ROWS = (
    Row("nums_wagtail:answer", cells("method"), cells("did"), data=a_report, no_token=True, kind="public"),
    Row("nums_wagtail:steps", cells("method"), cells("ok"), data=a_step, no_token=True),
    Row("nums_wagtail:receipt_card", cells("method"), cells("ok"), data=a_card, no_token=True),
    Row("nums_wagtail:receipt", cells("ok"), cells("bad"), data={"receipt": "never given out"}, no_token=True),
    Row("nums_wagtail:card", cells("ok"), cells("ok"), data={"say": "hurt"}, no_token=True),
    Row("nums_help_texts:list", MANAGING),
    Row("nums_help_texts:list_results", MANAGING),
    Row("nums_help_texts:add", MANAGING, MANAGED, data=a_text),
    Row("nums_help_texts:edit", MANAGING, MANAGED, of="help text", data=a_text),
    Row("nums_help_texts:delete", MANAGING, MANAGED, of="help text"),
    Row("nums_help_texts:history", MANAGING, of="help text"),
    Row("nums_help_texts:history_results", MANAGING, of="help text"),
    Row("nums_help_texts:usage", MANAGING, of="help text"),
    Row("nums_wagtail:project_reports", OURS),
    Row("nums_wagtail:project_send", OURS, OURS_SENT, data=a_report, kind="project form"),
    Row(
        "nums_wagtail:project_steps",
        OURS,
        cells("refused", ok="project", notfound="approved elsewhere"),
        data=a_step,
    ),
    Row("nums_wagtail:project_sheet", OURS),
    Row("nums_wagtail:project_key", OURS, OURS_SENT, data=a_sheet),
    Row("nums_wagtail:project_picture", OURS, {**OURS_SENT, "project": "bad"}, data=a_sheet),
)
