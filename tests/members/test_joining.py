"""Joining, approving, suspending and leaving."""

import pytest
from django.db import connection
from wagtail.models import ModelLogEntry

from nums_wagtail.foundation.actors import INTAKE, WORKER, Actor
from nums_wagtail.foundation.errors import BadInput, Conflict, KeyMissing, NotAllowed
from nums_wagtail.members import joining, signals
from nums_wagtail.members.access import readable_region_ids
from nums_wagtail.members.addresses import find_member
from nums_wagtail.members.holdings import Holding, everything_held, holdings
from nums_wagtail.members.itself import MEMBER
from nums_wagtail.members.models import Member, SignInLink
from nums_wagtail.members.preferences import edit_member, set_preferences
from nums_wagtail.members.signin import make_link
from nums_wagtail.test.members_factories import make_member, make_organisation
from nums_wagtail.test.people_factories import make_staff, make_superuser
from nums_wagtail.vault.fields import open_values
from nums_wagtail.vault.models import DataKey

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tree"), pytest.mark.urls("tests.members.urls")]

Status = Member.Status


@pytest.fixture
def vetter():
    return Actor.person(make_staff("membership"))


@pytest.fixture
def heard():
    """Signals that were sent, as (name, member)."""
    sent = []

    def on_approved(sender, member, by, **kwargs):
        sent.append(("approved", member))

    def on_ended(sender, member, by, **kwargs):
        sent.append(("ended", member))

    signals.member_approved.connect(on_approved)
    signals.member_access_ended.connect(on_ended)
    yield sent
    signals.member_approved.disconnect(on_approved)
    signals.member_access_ended.disconnect(on_ended)


def table_bytes(table):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table}")
        values = [value for row in cursor.fetchall() for value in row]
    return b"".join(bytes(v) if isinstance(v, bytes | memoryview) else str(v).encode() for v in values)


@pytest.mark.promise("P071")
def test_an_applicant_is_kept_sealed_and_told_what_happens(letters, tree):
    member = joining.apply_to_join(
        email="Wren@Example.org", working_name=" Wren ", home_region=tree["london"], by=INTAKE
    )
    assert (member.status, member.working_name) == (Status.APPLIED, "Wren")
    stored = table_bytes("nums_wagtail_member").lower()
    for canary in (b"wren", b"example.org"):
        assert canary not in stored
    letter = letters()[0]
    assert (letter.to, letter.subject) == ("Wren@Example.org", "Your request")


@pytest.mark.promise("P071")
def test_one_address_is_one_member_however_it_is_spelled(tree):
    make_member(email="wren@example.org")
    again = joining.apply_to_join(email=" WREN@example.ORG", home_region=tree["london"], by=INTAKE)
    assert again is None
    assert Member.objects.count() == 1


def test_what_is_no_address_is_answered_for_its_field(tree):
    with pytest.raises(BadInput) as caught:
        joining.apply_to_join(email="wren at example", home_region=tree["london"], by=INTAKE)
    assert list(caught.value.fields) == ["email"]


def test_a_vetter_approves_and_the_member_is_told(vetter, letters, heard):
    member = make_member(status=Status.APPLIED)
    letters()
    joining.approve_member(member, by=vetter)
    member.refresh_from_db()
    assert member.status == Status.APPROVED
    assert member.decided_on is not None
    assert heard == [("approved", member)]
    assert "sign in" in letters()[0].body
    assert ModelLogEntry.objects.for_instance(member).filter(action="nums.members.approved").exists()


def test_suspending_ends_access_and_approving_brings_it_back(vetter, heard):
    member = make_member()
    heard.clear()
    joining.suspend_member(member, by=vetter)
    assert readable_region_ids(member) == set()
    joining.approve_member(member, by=vetter)
    assert readable_region_ids(member)
    assert [name for name, _member in heard] == ["ended", "approved"]


@pytest.mark.parametrize("verb", [joining.approve_member, joining.suspend_member, joining.leave])
@pytest.mark.promise("P077")
def test_only_who_vets_members_decides(verb):
    member = make_member(status=Status.APPLIED)
    strangers = [make_staff("caseworker"), make_staff("administrator"), make_superuser()]
    for by in [*map(Actor.person, strangers), INTAKE, WORKER]:
        with pytest.raises(NotAllowed):
            verb(member, by=by)
    assert Member.objects.get().status == Status.APPLIED


def test_the_second_of_two_vetters_is_told_that_it_is_done(vetter):
    member = make_member(status=Status.APPLIED)
    stale = Member.objects.get(pk=member.pk)
    joining.approve_member(member, by=vetter)
    with pytest.raises(Conflict):
        joining.approve_member(stale, by=vetter)


@pytest.mark.promise("P075")
def test_who_leaves_is_forgotten(django_capture_on_commit_callbacks, tree, heard):
    member = make_member(
        email="wren@example.org",
        working_name="Wren",
        regions=[tree["wales"]],
        organisation=make_organisation(),
    )
    make_link(member)
    key, envelope = member.data_key, member.email_sealed
    with django_capture_on_commit_callbacks(execute=True):
        joining.leave(member, by=MEMBER)
    left = Member.objects.get()
    assert (left.status, left.email, left.working_name, left.data_key) == (Status.LEFT, None, None, None)
    assert (left.email_tag, left.organisation, left.regions.count()) == (None, None, 0)
    assert not DataKey.objects.filter(pk=key).exists()
    with pytest.raises(KeyMissing):
        open_values(Member._meta.get_field("email"), [(left.uuid, key, envelope)])
    assert find_member("wren@example.org") is None
    assert not SignInLink.objects.exists()
    assert heard[-1] == ("ended", left)


def test_who_has_left_may_join_again_and_cannot_be_approved_as_before(vetter, tree):
    left = make_member(email="wren@example.org", status=Status.LEFT)
    with pytest.raises(Conflict):
        joining.approve_member(left, by=vetter)
    again = joining.apply_to_join(email="wren@example.org", home_region=tree["london"], by=INTAKE)
    assert again.status == Status.APPLIED


@pytest.mark.promise("P075")
def test_every_room_forgets_what_it_holds():
    forgotten = []
    with holdings.emptied() as registry:
        held = Holding("Wall sheets", lambda member: ["one sheet"], forgotten.append)
        registry.register("sheets", held, owner="tests")
        registry.register("nothing", Holding("Nothing", lambda member: [], lambda member: None), owner="tests")
        member = make_member()
        assert everything_held(member) == [("Wall sheets", ["one sheet"])]
        joining.leave(member, by=MEMBER)
    assert forgotten == [member]


def test_staff_enter_somebody_vetted_and_no_address_twice(vetter, tree):
    member = joining.enrol_member(email="wren@example.org", home_region=tree["london"], by=vetter)
    assert member.status == Status.APPROVED
    with pytest.raises(BadInput) as caught:
        joining.enrol_member(email="wren@example.org", home_region=tree["london"], by=vetter)
    assert "email" in caught.value.fields


def test_a_new_address_moves_the_tag_and_ends_old_links(vetter):
    member, other = make_member(email="wren@example.org"), make_member(email="dove@example.org")
    details = {
        "working_name": "Wren",
        "kind": member.kind,
        "organisation": None,
        "home_region": member.home_region,
        "regions": [],
        "by": vetter,
    }
    make_link(member)
    edit_member(member, email="tansy@example.org", **details)
    assert find_member("tansy@example.org") == member
    assert find_member("wren@example.org") is None
    assert not SignInLink.objects.exists()
    with pytest.raises(BadInput):
        edit_member(member, email="dove@example.org", **details)
    assert find_member("dove@example.org") == other


def test_a_member_chooses_at_most_two_more_regions(tree):
    member = make_member(home_region=tree["london"])
    choice = {"format": Member.Format.PDF, "rhythm": Member.Rhythm.ALL, "by": MEMBER}
    set_preferences(member, regions=[tree["wales"], tree["london"], tree["south-west"]], **choice)
    assert {region.code for region in member.regions.all()} == {"wales", "south-west"}
    with pytest.raises(BadInput):
        set_preferences(member, regions=[tree["wales"], tree["scotland"], tree["south-west"]], **choice)
    with pytest.raises(NotAllowed):
        set_preferences(member, regions=[], **{**choice, "by": INTAKE})
