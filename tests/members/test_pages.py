"""The members' own pages: joining, waiting, regions, preferences, leaving."""

import pytest
from django.test import Client
from django.urls import reverse

from nums_wagtail.foundation.actors import SETUP
from nums_wagtail.members.joining import suspend_member
from nums_wagtail.members.models import Knock, Member
from nums_wagtail.members.registries import ProjectPanel, project_panels, region_links, regional_page_url
from nums_wagtail.test.members_factories import make_member, make_organisation, sign_in

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("tree"),
    pytest.mark.urls("tests.members.urls"),
]

Status = Member.Status
APPLICATION = {
    "email": "wren@example.org",
    "working_name": "Wren",
    "kind": "individual",
    "home_region": "london",
}


def url(name):
    return reverse(f"nums_wagtail:{name}")


def test_somebody_asks_to_join_and_is_told_what_happens_next(client, letters):
    response = client.post(url("join"), APPLICATION)
    assert "What happens next" in response.content.decode()
    assert letters()[0].subject == "Your request"
    member = Member.objects.get()
    assert (member.status, member.home_region.code, member.working_name) == (Status.APPLIED, "london", "Wren")


@pytest.mark.promise("P072")
def test_joining_with_a_known_address_looks_the_same_and_brings_a_link(letters):
    make_member(email="wren@example.org")
    letters()
    known, unknown = (
        Client().post(url("join"), {**APPLICATION, "email": email})
        for email in ("wren@example.org", "dove@example.org")
    )
    assert known.content == unknown.content
    assert [letter.subject for letter in letters()] == ["Your link", "Your request"]
    assert Member.objects.count() == 2


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("email", "wren at example"),
        ("kind", "police"),
        ("kind", ""),
        ("home_region", "atlantis"),
        ("home_region", ""),
        ("working_name", "W" * 81),
        ("working_name", "a\x00b"),
        ("working_name", "W" * 1_000_000),
    ],
)
def test_a_bad_answer_is_met_beside_its_field_and_the_rest_is_kept(client, field, typed):
    response = client.post(url("join"), {**APPLICATION, field: typed})
    form = response.context["form"]
    assert list(form.errors) == [field]
    for name, value in {**APPLICATION, field: typed}.items():
        assert form[name].value() == value
    assert not Knock.objects.exists()


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (Status.APPLIED, "We are looking at your request"),
        (Status.SUSPENDED, "Your membership is paused"),
        (Status.LEFT, "You have left"),
    ],
)
def test_who_waits_is_told_why(client, status, words):
    member = make_member(status=Status.APPLIED)
    sign_in(client, member)
    Member.objects.update(status=status)
    response = client.get(url("member_home"), follow=True)
    assert response.redirect_chain == [(url("waiting"), 302)]
    assert words in response.content.decode()


@pytest.mark.promise("P070")
def test_a_suspension_counts_from_the_next_click(client):
    member = make_member()
    sign_in(client, member)
    assert client.get("/members-only/").status_code == 200
    suspend_member(member, by=SETUP)
    assert client.get("/members-only/").url == url("waiting")


def test_home_lists_the_regions_with_their_pages(client, tree):
    sign_in(client, make_member(home_region=tree["london"], regions=[tree["wales"]]))
    with region_links.emptied() as links:
        pages = {"london": "/u/london/", "england": "/u/england/", "scotland": "/u/scotland/"}
        links.register(
            "pages", lambda regions: {r.pk: pages[r.code] for r in regions if r.code in pages}, owner="tests"
        )
        page = client.get(url("member_home")).content.decode()
        assert regional_page_url(tree["scotland"]) == "/u/scotland/"
        assert regional_page_url(tree["wales"]) is None
    assert 'href="/u/london/"' in page
    assert 'href="/u/england/"' in page
    assert "Wales – no page yet" in page
    assert "Scotland" not in page
    assert "City of London" not in page


def test_a_project_worker_sees_the_panels_of_projects(client):
    with project_panels.emptied() as panels:
        panels.register("open", ProjectPanel("Sheets", lambda m: "/sheets/", lambda m: True), owner="tests")
        panels.register("shut", ProjectPanel("Secret", lambda m: "/x/", lambda m: False), owner="tests")
        sign_in(client, make_member(organisation=make_organisation(name="Harbour")))
        page = client.get(url("member_home")).content.decode()
        other = Client()
        sign_in(other, make_member())
        plain = other.get(url("member_home")).content.decode()
    assert "Harbour" in page
    assert 'href="/sheets/"' in page
    assert "Secret" not in page
    assert "Sheets" not in plain


def test_a_member_changes_mails_and_regions(client, tree):
    member = make_member(home_region=tree["london"], regions=[tree["scotland"]])
    sign_in(client, member)
    assert client.get(url("preferences")).context["form"]["region_1"].value() == "scotland"
    answer = {"format": "pdf", "rhythm": "all", "region_1": "wales", "region_2": ""}
    assert "Saved." in client.post(url("preferences"), answer).content.decode()
    member.refresh_from_db()
    assert (member.format, member.rhythm) == ("pdf", "all")
    assert [region.code for region in member.regions.all()] == ["wales"]
    response = client.post(url("preferences"), {**answer, "rhythm": "hourly", "region_2": "atlantis"})
    assert set(response.context["form"].errors) == {"rhythm", "region_2"}


@pytest.mark.parametrize("status", [Status.APPROVED, Status.APPLIED, Status.SUSPENDED])
def test_anybody_signed_in_may_leave_for_good(client, status):
    sign_in(client, make_member(status=status))
    client.get(url("end_membership"))
    assert Member.objects.get().status == status
    assert client.post(url("end_membership")).status_code == 200
    assert Member.objects.get().status == Status.LEFT
    assert client.get(url("member_home")).url.startswith(url("sign_in"))


@pytest.mark.parametrize("name", ["join", "sign_in", "member_home", "preferences", "waiting", "end_membership"])
@pytest.mark.promise("P080")
def test_every_page_keeps_to_itself(client, name):
    sign_in(client, make_member())
    response = client.get(url(name))
    assert response["Cache-Control"] == "no-store"
    assert "noindex" in response["X-Robots-Tag"]
    assert "default-src 'none'" in response["Content-Security-Policy"]
