"""The road in a real browser over the real demo: its own worker, its own database, its folder of mails."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from . import accessibility
from .people import Approver, Caseworker, Reader, Reporter, Visitor

pytestmark = pytest.mark.browser

TOLD = "He said he was a plumber, then stood in the door and would not go until I shouted for my neighbour."
LINE = "Says he is a tradesman, then blocks the door."
#: The story has eight bulletins.
NEXT_UPDATE = 9
#: Set it to look at what everybody saw.
PICTURES = os.environ.get("NUMS_PICTURES")


@pytest.fixture
def pictures() -> Path | None:
    if not PICTURES:
        return None
    folder = Path(PICTURES)
    folder.mkdir(parents=True, exist_ok=True)
    for old in (*folder.glob("*.png"), *folder.glob("*.axe.json")):
        old.unlink()
    return folder


def test_a_report_becomes_a_warning_in_the_inbox(site, phone, new_desk, pictures):
    reporter = Reporter(phone, site.address, pictures)
    reporter.opens_the_form()
    reporter.keeps_a_picture("1-report-form")
    reporter.tells(TOLD, region="north-west", phone="07700 900637", name="Marigold")
    reporter.presses("Send and warn others")
    receipt = reporter.receipt()
    reporter.keeps_a_picture("2-receipt")
    assert phone.cookies() == []

    robin = Caseworker(new_desk(), site.address, pictures)
    robin.signs_in("robin")
    robin.opens_the_case_that_says(TOLD)
    robin.notes("Rang back, she is safe.")
    assert "Rang back, she is safe." in robin.reads()
    robin.keeps_a_picture("3-case")
    robin.drafts_an_alert(LINE)
    assert TOLD not in robin.page.content()
    robin.submits()
    robin.keeps_a_picture("4-submitted")

    ash = Approver(new_desk(), site.address, pictures)
    ash.signs_in("ash")
    ash.releases_what_waits_of(LINE)
    ash.opens("/admin/")
    ash.keeps_a_picture("5-home-of-the-approver")

    stranger = Visitor(new_desk(), site.address)
    stranger.opens("/updates/north-west/")
    assert LINE not in stranger.reads()
    assert stranger.page.locator("input[type=email]").count()

    member = Reader(new_desk(), site.address, pictures)
    member.signs_in_with("rowan@example.org")
    member.opens("/updates/north-west/")
    member.keeps_a_picture("6-region")
    if LINE not in member.reads():
        pytest.fail(f"the member does not read it: {member.reads()[:600]}")
    member.follows(LINE)
    member.keeps_a_picture("7-alert")
    assert "900637" not in member.page.content().replace(" ", "")

    _the_bulletin_arrives(member)
    reporter.comes_back_with(receipt)
    assert "warning" in reporter.reads()
    reporter.keeps_a_picture("9-receipt-page")
    if pictures:
        faults = accessibility.faults_of_ours(accessibility.read(pictures))
        assert not faults, "\n".join(faults)


def _the_bulletin_arrives(member: Reader) -> None:
    member.opens_the_newest_mail("rowan@example.org", f"Update {NEXT_UPDATE}")
    member.keeps_a_picture("8-bulletin")
    mail = member.reads()
    assert "List-Unsubscribe" in mail
    assert LINE in mail
    stop = re.search(r"http\S+/n/m/[\w-]+/", mail)
    assert stop
    member.opens(stop.group(0))
    member.presses("Only what is dangerous")
    assert "From now on you only get what is dangerous." in member.reads()
