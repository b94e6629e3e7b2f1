"""The access matrix of the room: who gets which page, and who reads which region."""

import re

import pytest
from django.urls import reverse

from nums_wagtail.members.access import may_read, readable_region_ids
from nums_wagtail.members.models import Member
from nums_wagtail.members.viewsets import VIEWSETS
from nums_wagtail.test.members_factories import make_member, make_organisation, sign_in
from nums_wagtail.test.people_factories import make_staff, make_stock_staff, make_superuser

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("tree"),
    pytest.mark.urls("tests.members.urls"),
]

Status = Member.Status
STAFF = ("caseworker", "regional_editor", "approver", "on_call", "membership", "bulletin_editor", "police_contact")
MEMBERS = {
    "applied": Status.APPLIED,
    "approved": Status.APPROVED,
    "suspended": Status.SUSPENDED,
    "left": Status.LEFT,
}


def come_as(client, role):
    """Sign ``client`` in as somebody of this role."""
    if role in MEMBERS:
        member = make_member(status=Status.APPLIED)
        sign_in(client, member)
        Member.objects.filter(pk=member.pk).update(status=MEMBERS[role])
    elif role in ("Editors", "Moderators"):
        client.force_login(make_stock_staff(role))
    elif role == "superuser":
        client.force_login(make_superuser())
    elif role != "stranger":
        client.force_login(make_staff(role))


OUTSIDE = ("stranger", "Editors", "Moderators", "superuser", "membership", "auditor")
PAGES = ("member_home", "preferences")


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("role", [*OUTSIDE, *MEMBERS])
@pytest.mark.promise("P070")
def test_members_pages_are_for_approved_members(client, role, page):
    come_as(client, role)
    address = reverse(f"nums_wagtail:{page}")
    response = client.get(address)
    if role == "approved":
        assert response.status_code == 200
    elif role in MEMBERS:
        assert response.url == reverse("nums_wagtail:waiting")
    else:
        assert response.url.startswith(reverse("nums_wagtail:sign_in") + "?next=")


@pytest.mark.parametrize("role", ["stranger", "Editors", "Moderators", "superuser", "auditor", "administrator"])
def test_those_read_no_region(client, role):
    come_as(client, role)
    assert client.get("/reads/").content == b""


@pytest.mark.parametrize("role", ["applied", "suspended", "left"])
@pytest.mark.promise("P070")
def test_members_who_may_not_read_read_no_region(client, role):
    come_as(client, role)
    assert client.get("/reads/").content == b""


@pytest.mark.parametrize("role", STAFF)
def test_staff_who_read_what_is_released_read_every_region(client, role, tree):
    come_as(client, role)
    assert len(client.get("/reads/").content.split()) == len(tree)


@pytest.mark.promise("P076")
def test_a_member_reads_home_and_chosen_regions_and_what_lies_around(client, tree):
    member = make_member(home_region=tree["north-west"], regions=[tree["wales"]])
    sign_in(client, member)
    read = set(client.get("/reads/").content.decode().split())
    assert {"england", "north-west", "merseyside", "wales"} <= read
    assert read.isdisjoint({"yorkshire-and-the-humber", "scotland", "west-midlands"})
    assert readable_region_ids(member) == {tree[code].pk for code in read}
    assert may_read(member, tree["cheshire"])
    assert not may_read(member, tree["london"])


def admin_addresses():
    member, organisation = make_member(), make_organisation()
    for viewset in VIEWSETS[0].registerables:
        pk = member.pk if viewset.model is Member else organisation.pk
        for pattern in viewset.get_urlpatterns():
            args = [pk] if "pk" in pattern.pattern.converters else []
            yield pattern.name, reverse(viewset.get_url_name(pattern.name), args=args)


@pytest.mark.parametrize("role", ["stranger", "approved", "Editors", "superuser", "caseworker", "administrator"])
@pytest.mark.promise("P077")
def test_nobody_but_who_vets_members_comes_near_them(client, role):
    come_as(client, role)
    for _name, address in admin_addresses():
        for response in (client.get(address), client.post(address)):
            assert response.status_code in (302, 405), address
    assert not Member.objects.filter(status=Status.SUSPENDED).exists()


def test_who_vets_members_opens_everything_but_deleting(client):
    come_as(client, "membership")
    for name, address in admin_addresses():
        wanted = {"delete": 302, "approve": 405, "suspend": 405}.get(name, 200)
        assert client.get(address).status_code == wanted, address
    assert Member.objects.count() == 1


@pytest.mark.slow
@pytest.mark.parametrize("role", ["Editors", "superuser", "caseworker", "administrator"])
@pytest.mark.promise("P023")
def test_who_does_not_vet_members_cannot_tell_which_there_are(client, role):
    come_as(client, role)
    for _name, address in admin_addresses():
        nowhere = re.sub(r"/\d+/$", "/999999999/", address)
        for method in (client.get, client.post):
            assert method(address).status_code == method(nowhere).status_code, address
            assert method(address).get("Location") == method(nowhere).get("Location"), address
