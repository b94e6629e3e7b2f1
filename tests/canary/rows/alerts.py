"""An alert: words that stay a draft, words that are only looked at, words that are released."""

from __future__ import annotations

import re

from ..garden import Garden, Person
from ..markers import SECRET
from .casework import opens_the_case
from .reports import phone, phone_ways

FIELDS = (
    "nums_wagtail.Alert.line",
    "nums_wagtail.AlertIdentifier.value",
    "nums_wagtail.AlertRelease.content",
)

LINE = FIELDS[0]


def plant(garden: Garden) -> None:
    robin: Person = garden.things["robin"]
    opens_the_case(robin, garden.things["told others"]).presses("Draft an alert")
    edit = re.sub(r"\?.*", "", robin.page.url)
    _is_only_looked_at(garden, robin, edit)
    _is_refused(garden, robin, edit)
    _is_saved(garden, robin, edit)
    _is_sent_back(garden, robin, edit)
    _is_released(garden, robin, edit)


def _with_number(robin: Person, number: str) -> dict[str, str]:
    """One number more than those that came over from the report."""
    count = int(robin.has_typed("identifiers-TOTAL_FORMS"))
    return {
        "identifiers-TOTAL_FORMS": str(count + 1),
        f"identifiers-{count}-kind": "phone",
        f"identifiers-{count}-value": number,
        f"identifiers-{count}-id": "",
        f"identifiers-{count}-ORDER": str(count + 1),
        f"identifiers-{count}-DELETE": "",
    }


def _is_only_looked_at(garden: Garden, robin: Person, edit: str) -> None:
    """Wagtail keeps the form of a live preview, also of what is never saved."""
    line = garden.plant("line that was only looked at", "encrypted")
    number = garden.plant("number that was only looked at", "encrypted", shape=phone, also=phone_ways)
    robin.opens(edit)
    robin.presses("Save draft", to=edit.replace("/edit/", "/preview/"), line=line, **_with_number(robin, number))
    assert robin.status == 200
    assert line in robin.opens(edit.replace("/edit/", "/preview/") + "?in_preview_panel=true").page.content()


def _is_refused(garden: Garden, robin: Person, edit: str) -> None:
    line = garden.plant("line when the database refused", SECRET)
    number = garden.plant("number when the database refused", SECRET, shape=phone, also=phone_ways)
    robin.opens(edit)
    more = _with_number(robin, number)
    with robin.while_the_database_refuses():
        robin.presses("Save draft", line=line, **more)
    assert robin.status == 500


def _is_saved(garden: Garden, robin: Person, edit: str) -> None:
    line = garden.plant("line of an early draft", "draft", LINE)
    number = garden.plant("number of an alert", "encrypted", FIELDS[1], shape=phone, also=phone_ways)
    robin.opens(edit)
    robin.presses("Save draft", line=line, severity="dangerous", **_with_number(robin, number))
    assert robin.opens(edit).has_typed("line") == line


def _is_sent_back(garden: Garden, robin: Person, edit: str) -> None:
    line = garden.plant("line that was sent back", "draft", LINE)
    robin.opens(edit).presses("Submit to Release of alerts", line=line)
    garden.things["ash"] = ash = garden.staff("ash")
    ash.opens("/admin/alerts/").opens(ash.link("/admin/alerts/review/"))
    assert line in ash.reads()
    # Nobody is asked for a comment. Wagtail would keep one that is sent all the same.
    ash.presses("Send back", comment=garden.plant("comment that nobody asked for", SECRET))
    assert ash.status == 200


def _is_released(garden: Garden, robin: Person, edit: str) -> None:
    fields = f"{LINE} nums_wagtail.AlertRelease.content nums_wagtail.Edition.text nums_wagtail.Edition.html"
    line = garden.plant("line that was released", "released", fields)
    robin.opens(edit).presses("Resubmit to Release", line=line)
    ash: Person = garden.things["ash"]
    ash.opens("/admin/alerts/").opens(ash.link("/admin/alerts/review/"))
    assert line in ash.reads()
    ash.presses("Release", weighed="on", comment=garden.plant("another comment that nobody asked for", SECRET))
    assert "Released." in ash.reads()
    garden.things["line"] = line
    garden.things["review"] = ash.page.url
