"""Who applies, who is entered by staff, and what staff write about them."""

from __future__ import annotations

import re

from ..garden import Garden, Person, until
from ..markers import SECRET

FIELDS = (
    "nums_wagtail.Member.email",
    "nums_wagtail.Member.working_name",
    "nums_wagtail.Letter.to",
    "nums_wagtail.Knock.content",
    "nums_wagtail.Organisation.name",
)

REGION = "north-west"


def _address(word: str) -> str:
    return f"{word}@example.org"


def plant(garden: Garden) -> None:
    _organisation(garden)
    _applies(garden)
    _is_refused(garden)
    _is_vetted(garden)
    _signs_in(garden)
    _is_corrected(garden)


def _organisation(garden: Garden) -> None:
    garden.things["linden"] = linden = garden.staff("linden")
    name = garden.plant("name of an organisation", "plain", "nums_wagtail.Organisation.name")
    linden.opens("/admin/nums_organisations/new/")
    linden.presses("Create", name=name, kind="project", region=_north_west(linden, "region"))
    assert name in linden.opens("/admin/nums_organisations/").reads()


def _north_west(linden: Person, field: str) -> str:
    return linden.page.locator(f"[name={field}] option", has_text="North West").first.get_attribute("value") or ""


def _applies(garden: Garden) -> None:
    fields = "nums_wagtail.Member.email nums_wagtail.Letter.to nums_wagtail.Knock.content"
    address = garden.plant("address of an applicant", "encrypted", fields, shape=_address, envelope=True)
    # Staff correct it later, and what it was then is overwritten.
    name = garden.plant("name of an applicant", "encrypted", "nums_wagtail.Member.working_name", kept=False)
    garden.things |= {"address": address, "name": name}
    applicant = garden.person("member").opens("/n/join/")
    applicant.presses("Send", email=address, working_name=name, kind="individual", home_region=REGION)
    garden.mail(address, "We have your request")
    garden.things["member"] = applicant


def _is_refused(garden: Garden) -> None:
    """Words that come to nothing: an address that is none, a database that refuses."""
    someone = garden.person("refused").opens("/n/join/")
    wrong = garden.plant("address that is none", SECRET)
    someone.presses("Send", email=wrong, working_name=garden.plant("name that was not sent", SECRET))
    assert someone.has_typed("email") == wrong
    with someone.while_the_database_refuses():
        someone.opens("/n/join/").presses(
            "Send",
            email=garden.plant("address when the database refused", SECRET, shape=_address),
            working_name=garden.plant("name when the database refused", SECRET),
            kind="individual",
            home_region=REGION,
        )
        assert someone.status == 500
        unknown = garden.plant("address for a link when the database refused", SECRET, shape=_address)
        someone.opens("/n/in/").presses("Send me a link", email=unknown)
        assert someone.status == 500
    stranger = garden.plant("address of a stranger", "encrypted", shape=_address, kept=False)
    someone.opens("/n/in/").presses("Send me a link", email=stranger)
    assert someone.status == 200


def _edit_address(linden: Person, name: str) -> str:
    linden.opens("/admin/nums_members/")
    if name not in linden.reads():
        return ""
    return linden.page.locator("a[href*='/nums_members/edit/']", has_text=name).first.get_attribute("href") or ""


def _is_vetted(garden: Garden) -> None:
    linden: Person = garden.things["linden"]
    garden.things["edit"] = until(lambda: _edit_address(linden, garden.things["name"]))
    linden.opens(garden.things["edit"]).presses("Approve")
    garden.mail(garden.things["address"], "you can sign in now")


def _signs_in(garden: Garden) -> None:
    member: Person = garden.things["member"]
    member.opens("/n/in/").presses("Send me a link", email=garden.things["address"])
    text = garden.mail(garden.things["address"], "Here is your link").get_body(("plain",)).get_content()
    link = re.search(r"http\S+/in/\S+", text)
    assert link
    member.opens(link.group(0)).presses("Sign in")
    member.opens("/n/preferences/").presses("Save", rhythm="all", format="pdf")
    assert member.status == 200


def _is_corrected(garden: Garden) -> None:
    linden: Person = garden.things["linden"]
    address = garden.plant("member's new address when the database refused", SECRET, shape=_address)
    name = garden.plant("member's new name when the database refused", SECRET)
    with linden.while_the_database_refuses():
        linden.opens(garden.things["edit"]).presses("Save", working_name=name)
        assert linden.status == 500
        linden.opens(garden.things["edit"]).presses("Save", email=address)
        assert linden.has_typed("email") == address
    name = garden.plant("member's name as staff corrected it", "encrypted", "nums_wagtail.Member.working_name")
    linden.opens(garden.things["edit"]).presses("Save", working_name=name)
    assert name in linden.opens("/admin/nums_members/").reads()
    garden.things["name"] = name
    entered = garden.plant(
        "address that staff entered", "encrypted", "nums_wagtail.Member.email", shape=_address, envelope=True
    )
    linden.opens("/admin/nums_members/new/")
    linden.presses(
        "Create",
        email=entered,
        working_name=garden.plant("name that staff entered", "encrypted", "nums_wagtail.Member.working_name"),
        kind="project",
        home_region=_north_west(linden, "home_region"),
    )
    garden.mail(entered, "you can sign in now")
