"""The road as one story, in each country: from a report without an account to a warning that its region reads."""

from __future__ import annotations

import re
from collections.abc import Callable
from email.message import EmailMessage
from urllib.parse import urlsplit

import pytest
from django.test import Client

from nums_wagtail.alerts.models import AlertRelease
from nums_wagtail.casework.models import Case
from nums_wagtail.foundation.actors import SETUP
from nums_wagtail.members.joining import apply_to_join, approve_member
from nums_wagtail.members.models import Member
from nums_wagtail.members.preferences import change_rhythm
from nums_wagtail.regions.models import Region
from nums_wagtail.reports.identifiers import mask
from nums_wagtail.reports.models import Report
from nums_wagtail.test.people_factories import make_staff
from tests.mailing.smtp_server import Postbox

from .conftest import Country
from .person import Person

TOLD = "He rang twice, then held my arm and would not let me leave until I screamed for the neighbours."


def _member(name: str, home: Region) -> Member:
    member = apply_to_join(email=f"{name}@example.org", working_name=name.title(), home_region=home, by=SETUP)
    assert member is not None
    approve_member(member, by=SETUP)
    return change_rhythm(member, Member.Rhythm.ALL, by=SETUP)


def _to(postbox: Postbox, address: str, subject: str) -> list[EmailMessage]:
    return [m for m in postbox.messages() if address in m["To"] and subject in m["Subject"]]


def _reports(country: Country, region: str) -> Person:
    reporter = Person(Client(enforce_csrf_checks=True)).opens("/form/")
    assert reporter.sees(str(country.pack.emergency.words))
    return reporter.presses(
        "Send and warn others",
        **{
            "q-what_happened": TOLD,
            "q-region": region,
            "q-phone": country.phone,
            "q-reporter_name": "Marigold",
            "q-vehicle_colour": "white",
        },
    )


def _opens_the_newest_case(caseworker: Person) -> Person:
    return caseworker.opens("/admin/cases/").presses(f"Open case {Case.objects.get().pk}")


def _drafts(caseworker: Person, line: str) -> Person:
    caseworker.presses("Draft an alert")
    if not caseworker.page.find(attrs={"name": "line"}):
        caseworker.presses("Draft an alert")
    caseworker.presses("Submit to Release of alerts", line=line)
    return caseworker


def _signs_in(address: str, page: str, postbox: Postbox, worker: Callable[[], list[str]]) -> Person:
    member = Person().opens(page)
    assert member.page.find("input", attrs={"type": "email"}), "a stranger gets the sign-in page"
    member.presses("Send me a link", email=address)
    worker()
    link = re.search(r"http\S+/in/\S+", _to(postbox, address, "link")[-1].get_body(("plain",)).get_content())
    assert link
    return member.opens(link.group(0)).presses("Sign in")


def _the_mail_tells_and_can_be_stopped(member: Member, country: Country, postbox: Postbox) -> None:
    (mail,) = _to(postbox, "juniper@example.org", "Update 1")
    for face in ("plain", "html"):
        words = " ".join(mail.get_body((face,)).get_content().split())
        assert "Holds people by the arm" in words
        assert mask("phone", country.phone) in words
        for secret in (TOLD, country.phone, "Marigold"):
            assert secret not in words
    stop = urlsplit(mail["List-Unsubscribe"].strip("<>")).path
    Person().opens(stop).presses("Stop all messages")
    member.refresh_from_db()
    assert member.rhythm == Member.Rhythm.NONE


def test_a_report_becomes_a_warning_that_members_of_its_region_read_and_get(
    country: Country, postbox: Postbox, worker: Callable[[], list[str]]
):
    juniper = _member("juniper", country.home)
    _member("wren", country.elsewhere)
    worker()

    reporter = _reports(country, country.home.code)
    assert reporter.status == 200
    assert not reporter.client.cookies
    digits = re.search(r"\d{4} \d{4} \d{4} \d{4} \d{4}", reporter.text)
    assert digits, reporter.text
    worker()

    caseworker = Person().signs_in_as_staff(make_staff("caseworker"))
    _opens_the_newest_case(caseworker)
    assert caseworker.sees(TOLD)
    _drafts(caseworker, "Holds people by the arm and does not let them leave.")
    assert TOLD not in caseworker.text
    # The way to the queue, in the menu, is one more.
    assert caseworker.clicks + 1 <= 6

    approver = Person().signs_in_as_staff(make_staff("approver"))
    approver.opens("/admin/").opens("/admin/alerts/")
    approver.follows("alert ").presses("Release", weighed="on")
    worker()
    page = f"/updates/{country.home.code}/"
    member = _signs_in("juniper@example.org", page, postbox, worker)
    assert member.opens(page).sees("Holds people by the arm")
    assert member.follows("Holds people by the arm").sees(mask("phone", country.phone))
    far = _signs_in("wren@example.org", page, postbox, worker)
    assert far.opens(page).status == 404
    assert not far.opens(f"/updates/{country.elsewhere.code}/").sees("Holds people by the arm")

    assert not _to(postbox, "wren@example.org", "Update 1")
    _the_mail_tells_and_can_be_stopped(juniper, country, postbox)

    back = Person().opens("/n/r/").presses("Show me", receipt=digits.group(0))
    assert back.sees("warning")


@pytest.mark.slow
def test_a_report_without_a_region_is_the_countrys_and_warns_where_staff_choose(
    country: Country, postbox: Postbox, worker: Callable[[], list[str]]
):
    _reports(country, "")
    worker()
    assert Report.objects.get().region == country.whole
    caseworker = Person().signs_in_as_staff(make_staff("caseworker"))
    _opens_the_newest_case(caseworker)
    assert caseworker.sees(country.whole.name)
    _drafts(caseworker, "Holds people by the arm and does not let them leave.")
    assert caseworker.sees("at least one region")
    caseworker.presses("Submit to Release of alerts", regions=[str(country.home.pk)])
    assert not caseworker.sees("at least one region")
    approver = Person().signs_in_as_staff(make_staff("approver")).opens("/admin/alerts/").follows("alert ")
    approver.presses("Release", weighed="on")
    worker()
    assert [release.content["regions"] for release in AlertRelease.objects.all()] == [[country.home.code]]
