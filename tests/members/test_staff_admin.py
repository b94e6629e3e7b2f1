"""The admin's list and form of members, for who may vet them."""

import pytest
from django.urls import reverse
from wagtail.models import ModelLogEntry, ReferenceIndex
from wagtail.search.index import class_is_indexed

from nums_wagtail.members.models import Knock, Member, Organisation, SignInLink
from nums_wagtail.test.members_factories import make_member, make_organisation
from nums_wagtail.test.people_factories import make_staff

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("tree"),
    pytest.mark.urls("tests.members.urls"),
]

Status = Member.Status


def url(view, *args):
    return reverse(f"nums_members:{view}", args=args)


@pytest.fixture
def vetter(client):
    client.force_login(make_staff("membership"))
    return client


def details(tree, **changed):
    known = {
        "email": "wren@example.org",
        "working_name": "Wren",
        "kind": "individual",
        "organisation": "",
        "home_region": tree["london"].pk,
    }
    return {**known, **changed}


def test_the_list_shows_names_and_masked_addresses(vetter):
    make_member(email="wren@lighthouse.example.org", working_name="Wren", status=Status.APPLIED)
    make_member(email="gone@example.org", status=Status.LEFT)
    for view in ("index", "index_results"):
        page = vetter.get(url(view)).content.decode()
        assert "Wren" in page
        assert "w•••@•••.org" in page
        assert "lighthouse" not in page
        assert "wren@" not in page
        assert page.count("•••@") == 1


def test_the_list_is_filtered_by_status_and_region(vetter, tree):
    make_member(working_name="Wren", status=Status.APPLIED, home_region=tree["london"])
    make_member(working_name="Dove", home_region=tree["wales"])
    assert "Dove" not in vetter.get(url("index"), {"status": "applied"}).content.decode()
    assert "Wren" not in vetter.get(url("index"), {"home_region": tree["wales"].pk}).content.decode()


@pytest.mark.promise("P078")
def test_the_list_gives_no_spreadsheet_of_members(vetter):
    make_member(email="wren@lighthouse.example.org", working_name="Wren")
    exported = b"".join(vetter.get(url("index"), {"export": "csv"}))
    assert b"Wren" not in exported
    assert b"lighthouse" not in exported


def test_the_list_does_not_ask_once_a_row(vetter, django_assert_max_num_queries):
    for _row in range(12):
        make_member()
    vetter.get(url("index"))
    with django_assert_max_num_queries(25):
        vetter.get(url("index"))


def test_a_vetter_enters_corrects_suspends_and_approves(vetter, tree):
    vetter.post(url("add"), details(tree))
    member = Member.objects.get()
    assert (member.status, member.email) == (Status.APPROVED, "wren@example.org")
    more = [tree["wales"].pk, tree["scotland"].pk]
    vetter.post(url("edit", member.pk), details(tree, email="dove@example.org", regions=more))
    member = Member.objects.get()
    assert (member.email, member.regions.count()) == ("dove@example.org", 2)
    for step, status in (("suspend", Status.SUSPENDED), ("approve", Status.APPROVED)):
        assert vetter.post(url(step, member.pk)).url == url("edit", member.pk)
        assert Member.objects.get().status == status


def test_a_step_that_is_done_already_is_said_not_raised(vetter):
    member = make_member()
    page = vetter.post(url("approve", member.pk), follow=True).content.decode()
    assert "changed since" in page


def test_an_address_of_somebody_else_is_met_beside_its_field(vetter, tree):
    make_member(email="dove@example.org")
    member = make_member(email="wren@example.org", working_name="Wren")
    for address in (url("add"), url("edit", member.pk)):
        response = vetter.post(address, details(tree, email="dove@example.org", working_name="Tansy"))
        assert list(response.context["form"].errors) == ["email"]
    assert Member.objects.get(pk=member.pk).working_name == "Wren"


def test_three_more_regions_are_too_many(vetter, tree):
    member = make_member()
    more = [tree[code].pk for code in ("wales", "scotland", "london")]
    response = vetter.post(url("edit", member.pk), details(tree, regions=more))
    assert list(response.context["form"].errors) == ["regions"]


def test_who_has_left_has_no_form(vetter):
    member = make_member(status=Status.LEFT)
    assert vetter.get(url("edit", member.pk)).status_code == 404
    assert vetter.post(url("approve", member.pk)).status_code == 404


def test_an_organisation_is_made_and_renamed(vetter, tree):
    made = {"name": "Harbour Outreach", "kind": "project", "region": tree["london"].pk}
    vetter.post(reverse("nums_organisations:add"), made)
    row = Organisation.objects.get()
    vetter.post(reverse("nums_organisations:edit", args=[row.pk]), {**made, "name": "Harbour"})
    assert Organisation.objects.get().name == "Harbour"


@pytest.mark.promise("P033")
def test_the_log_does_not_keep_what_an_organisation_is_called(vetter, tree):
    """It outlives the row, and a venue's name says where people work. On the screen it has its name."""
    vetter.post(
        reverse("nums_organisations:add"), {"name": "Harbour", "kind": "venue", "region": tree["london"].pk}
    )
    row = Organisation.objects.get()
    assert ModelLogEntry.objects.filter(content_type__model="organisation").exists()
    assert not any("Harbour" in f"{entry.label} {entry.data}" for entry in ModelLogEntry.objects.all())
    assert b"Harbour" in vetter.get(reverse("nums_organisations:edit", args=[row.pk])).content
    assert b"Harbour</option>" in vetter.get(reverse("nums_members:add")).content


@pytest.mark.promise("P078")
def test_no_index_of_wagtail_knows_members(vetter):
    member = make_member(organisation=make_organisation())
    for model in (Member, SignInLink, Knock):
        assert not class_is_indexed(model)
        assert model not in ReferenceIndex.indexed_models
    assert not ReferenceIndex.model_is_indexable(Member)
    assert not ReferenceIndex.get_references_for_object(member).exists()
