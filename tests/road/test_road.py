"""The road as one story: from a report without an account to a warning that members of its region read."""

from __future__ import annotations

import re
from collections.abc import Callable
from email.message import EmailMessage

from django.test import Client

from nums_wagtail.casework.models import Case
from nums_wagtail.foundation.actors import SETUP
from nums_wagtail.members.joining import apply_to_join, approve_member
from nums_wagtail.members.models import Member
from nums_wagtail.regions.models import Region
from nums_wagtail.test.people_factories import make_staff
from tests.mailing.smtp_server import Postbox

from .person import Person

TOLD = "He rang twice, then held my arm and would not let me leave until I screamed for the neighbours."


def _member(name: str, region: str) -> Member:
    home = Region.objects.get(code=region)
    member = apply_to_join(email=f"{name}@example.org", working_name=name.title(), home_region=home, by=SETUP)
    assert member is not None
    approve_member(member, by=SETUP)
    return member


def _to(postbox: Postbox, address: str, subject: str) -> list[EmailMessage]:
    return [m for m in postbox.messages() if address in m["To"] and subject in m["Subject"]]


def _reports() -> Person:
    reporter = Person(Client(enforce_csrf_checks=True)).opens("/form/")
    return reporter.presses(
        "Send and warn others",
        **{
            "q-what_happened": TOLD,
            "q-region": "north-west",
            "q-phone": "07700 900412",
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


def test_a_report_becomes_a_warning_that_members_of_its_region_read(
    scheme, postbox: Postbox, worker: Callable[[], list[str]]
):
    _member("juniper", "north-west")
    _member("wren", "south-west")
    worker()

    reporter = _reports()
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

    approver = Person().signs_in_as_staff(make_staff("approver"))
    approver.opens("/admin/").opens("/admin/alerts/")
    approver.follows("alert ").presses("Release")
    worker()
    reader_address = "juniper@example.org"
    member = Person().opens("/updates/north-west/")
    assert member.page.find("input", attrs={"type": "email"}), "a stranger gets the sign-in page"
    member.presses("Send me a link", email=reader_address)
    worker()
    link = re.search(r"http\S+/in/\S+", _to(postbox, reader_address, "link")[-1].get_body(("plain",)).get_content())
    assert link
    member.opens(link.group(0)).presses("Sign in")
    assert member.opens("/updates/north-west/").sees("Holds people by the arm")

    back = Person().opens("/n/r/").presses("Show me", receipt=digits.group(0))
    assert back.sees("warning")
