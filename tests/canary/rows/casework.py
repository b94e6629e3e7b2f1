"""What caseworkers write on a case."""

from __future__ import annotations

import time
from pathlib import Path

from ..garden import Garden, Person
from ..markers import SECRET

FIELDS = (
    "nums_wagtail.CaseNote.envelope",
    "nums_wagtail.ReportMessage.envelope",
    "nums_wagtail.ExportRecord.reason",
)


def plant(garden: Garden) -> None:
    garden.things["robin"] = robin = garden.staff("robin", scripts=True)
    opens_the_case(robin, garden.things["told the team"])
    with robin.while_the_database_refuses():
        robin.presses("Keep the note", text=garden.plant("note when the database refused", SECRET))
        assert robin.status == 500
    opens_the_case(robin, garden.things["told the team"])
    note = garden.plant("note", "sealed", FIELDS[0])
    robin.presses("Keep the note", text=note)
    assert note in robin.reads()
    robin.presses("Leave the message", text=garden.plant("message to the reporter", "sealed", FIELDS[1]))
    assert "The message waits for the reporter." in robin.reads()
    case = robin.page.url
    robin.opens(f"{case.rstrip('/')}/export/")
    robin.page.check("[value='whole.json']")
    robin.page.fill("[name=reason]", garden.plant("why reports were taken away", "plain", FIELDS[2]))
    with robin.page.expect_download() as taken:
        robin.page.get_by_role("button", name="Export").click()
    assert note in Path(taken.value.path()).read_text("utf-8"), "it goes to the browser, and is kept nowhere"
    robin.opens(case)
    long = garden.plant("note that is too long", SECRET)
    robin.presses("Keep the note", text=f"{long} " * 2000)
    assert long in robin.page.content()


def opens_the_case(robin: Person, words: str, *, seconds: int = 60) -> Person:
    """Through the queue, all that are there, until the worker has made the one that says so."""
    end = time.monotonic() + seconds
    while True:
        robin.opens("/admin/cases/")
        addresses = robin.page.locator("a[href*='/admin/cases/']").evaluate_all(
            "all => all.map((one) => one.pathname)"
        )
        for address in dict.fromkeys(one for one in addresses if one.count("-") == 4):
            if words in robin.opens(address).reads():
                return robin
        assert time.monotonic() < end, "the case never came"
        time.sleep(0.5)
