"""Signing in by link, and what somebody at the door can learn: nothing."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from nums_wagtail.members import throttle
from nums_wagtail.members.access import safe_next
from nums_wagtail.members.models import Knock, Member, SignInLink
from nums_wagtail.members.signin import LinkIsOver, ask_for_link, forget_old_links, make_link, use_link
from nums_wagtail.members.tasks import answer_knock
from nums_wagtail.test.members_factories import make_member, sign_in
from nums_wagtail.test.people_factories import make_staff
from nums_wagtail.vault.models import DataKey

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("tree"),
    pytest.mark.urls("tests.members.urls"),
]

Status = Member.Status


def ask(client, email, **more):
    return client.post(reverse("nums_wagtail:sign_in"), {"email": email, **more})


def link_in(letter):
    return re.search(r"https?://[^/\s]+(/\S+)", letter.body).group(1)


def test_a_member_asks_presses_the_button_and_is_in(client, letters):
    make_member(email="wren@example.org")
    letters()
    assert ask(client, "Wren@example.org ").status_code == 200
    letter = letters()[0]
    assert (letter.to, letter.subject) == ("wren@example.org", "Your link")
    path = link_in(letter)
    assert b"<form" in client.get(path).content
    assert client.post(path).url == reverse("nums_wagtail:member_home")
    assert client.get(reverse("nums_wagtail:member_home")).status_code == 200


@pytest.mark.promise("P031", "P073")
def test_looking_at_a_link_uses_nothing_up(client):
    member = make_member()
    path = reverse("nums_wagtail:sign_in_link", args=[make_link(member).token])
    for _scanner in range(3):
        assert client.get(path).status_code == 200
        assert client.head(path).status_code == 200
    assert SignInLink.objects.count() == 1
    assert client.post(path).status_code == 302


@pytest.mark.promise("P073")
def test_a_link_works_once_and_takes_the_others_with_it(client):
    member = make_member()
    first, second = (reverse("nums_wagtail:sign_in_link", args=[make_link(member).token]) for _i in range(2))
    assert client.post(first).status_code == 302
    for path in (first, second):
        response = Client().post(path)
        assert response.status_code == 410
        assert "used" in response.content.decode()


@pytest.mark.promise("P073")
def test_a_link_is_over_after_fifteen_minutes(client):
    with time_machine.travel("2027-02-01 10:00:00+00:00", tick=False) as clock:
        path = reverse("nums_wagtail:sign_in_link", args=[make_link(make_member()).token])
        clock.shift(timedelta(minutes=15, seconds=1))
        assert client.post(path).status_code == 410
        assert forget_old_links(timezone.now()) == 1


def test_a_made_up_token_is_answered_like_an_old_one(client):
    make_link(make_member())
    for token in ("x", "ü" * 40, "0" * 43):
        assert client.post(reverse("nums_wagtail:sign_in_link", args=[token])).status_code == 410
    with pytest.raises(LinkIsOver):
        use_link("\udcff")


@pytest.mark.promise("P073")
def test_the_table_of_links_opens_nothing():
    link = make_link(make_member())
    row = SignInLink.objects.get()
    assert link.token.encode() not in bytes(row.digest)
    assert link.token not in repr(link)


@pytest.mark.parametrize("status", [Status.APPLIED, Status.SUSPENDED])
def test_who_may_not_read_still_gets_in_to_be_told_why(client, letters, status):
    make_member(email="wren@example.org", status=status)
    letters()
    ask(client, "wren@example.org")
    client.post(link_in(letters()[0]))
    assert client.get(reverse("nums_wagtail:member_home")).url == reverse("nums_wagtail:waiting")
    assert client.get(reverse("nums_wagtail:waiting")).status_code == 200


@pytest.mark.promise("P072")
def test_an_unknown_address_gets_nothing_and_the_page_does_not_tell(letters):
    make_member(email="wren@example.org")
    letters()
    queries, pages = [], []
    for email in ("wren@example.org", "dove@example.org"):
        with CaptureQueriesContext(connection) as asked:
            page = ask(Client(), email)
        queries.append([re.sub(r"'[^']*'|\d+|X'[^']*'", "?", query["sql"])[:60] for query in asked])
        pages.append(page.content)
    assert pages[0] == pages[1]
    assert queries[0] == queries[1]
    assert [letter.to for letter in letters()] == ["wren@example.org"]


def test_the_request_waits_sealed_and_is_gone_once_answered(client, letters, django_capture_on_commit_callbacks):
    make_member(email="wren@example.org")
    ask_for_link("wren@example.org")
    knock = Knock.objects.get()
    assert b"wren" not in bytes(knock.content_sealed)
    with django_capture_on_commit_callbacks(execute=True):
        answer_knock(str(knock.uuid))
        answer_knock(str(knock.uuid))
    assert not Knock.objects.exists()
    assert not DataKey.objects.filter(pk=knock.data_key).exists()
    assert SignInLink.objects.count() == 1


def test_a_request_that_cannot_be_opened_any_more_holds_up_nobody(letters):
    make_member(email="wren@example.org")
    letters()
    ask_for_link("dove@example.org")
    DataKey.objects.filter(pk=Knock.objects.get().data_key).delete()
    ask_for_link("wren@example.org")
    assert [letter.to for letter in letters()] == ["wren@example.org"]
    assert not Knock.objects.exists()


def test_asking_twice_within_a_minute_brings_one_letter(client, letters):
    make_member(email="wren@example.org")
    letters()
    with time_machine.travel("2027-02-01 10:00:00+00:00") as clock:
        pages = [ask(client, "wren@example.org") for _time in range(3)]
        assert {page.status_code for page in pages} == {200}
        assert len(letters()) == 1
        clock.shift(61)
        ask(client, "wren@example.org")
        assert len(letters()) == 1


def test_a_crowd_from_one_client_waits_for_the_schedule_and_is_answered(
    letters, django_capture_on_commit_callbacks
):
    make_member(email="wren@example.org")
    letters()
    with django_capture_on_commit_callbacks() as queued:
        for number in range(throttle.CROWD):
            ask(Client(), f"nobody-{number}@example.org")
    assert len(queued) == throttle.CROWD
    with django_capture_on_commit_callbacks() as queued:
        ask(Client(), "wren@example.org")
    assert not queued
    assert [letter.to for letter in letters()] == ["wren@example.org"]


@pytest.mark.parametrize("typed", ["", "wren", "wren@", "a\x00@example.org", "x" * 300 + "@example.org"])
def test_what_is_no_address_is_answered_beside_the_field(client, typed):
    response = ask(client, typed)
    assert response.status_code == 200
    assert list(response.context["form"].errors) == ["email"]
    assert response.context["form"]["email"].value() == typed
    assert not Knock.objects.exists()


def test_a_member_goes_on_to_the_page_she_wanted(client, letters):
    make_member(email="wren@example.org")
    letters()
    away = client.get("/members-only/?week=3")
    assert away.status_code == 302
    form = client.get(away.url).context["form"]
    ask(client, "wren@example.org", next=form["next"].value())
    assert client.post(link_in(letters()[0])).url == "/members-only/?week=3"


@pytest.mark.parametrize(
    "path", ["https://evil.example.org/", "//evil.example.org", "/\\evil", "x", "/a\n", "/" * 301]
)
@pytest.mark.promise("P079")
def test_nobody_is_sent_to_another_site(rf, path):
    assert safe_next(rf.get("/"), path) == ""


@pytest.mark.promise("P074")
def test_signing_in_leaves_nothing_but_an_id_and_changes_the_session(client):
    client.get(reverse("nums_wagtail:sign_in"))
    session = client.session
    session["host_app"] = "kept"
    session.save()
    client.cookies["sessionid"] = planted = session.session_key
    member = make_member()
    sign_in(client, member)
    assert client.session.session_key != planted
    assert set(client.session.keys()) == {"host_app", "nums_member", "nums_member_seen"}
    assert client.session["nums_member"] == str(member.uuid)


@pytest.mark.promise("P074")
def test_a_staff_sign_in_in_the_same_browser_stays(client):
    staff, member = make_staff("membership"), make_member()
    client.force_login(staff)
    sign_in(client, member)
    assert client.session["_auth_user_id"] == str(staff.pk)
    assert client.get("/members-only/").content == b"inside"
    client.post(reverse("nums_wagtail:sign_out"))
    assert client.session["_auth_user_id"] == str(staff.pk)
    assert client.get("/members-only/").status_code == 302


def test_signing_out_needs_a_post_and_ends_the_session(client):
    sign_in(client, make_member())
    before = client.session.session_key
    assert client.get(reverse("nums_wagtail:sign_out")).status_code == 405
    response = client.post(reverse("nums_wagtail:sign_out"))
    assert "cookies" not in response["Clear-Site-Data"]
    client.cookies["sessionid"] = before
    assert client.get("/members-only/").status_code == 302


@pytest.mark.promise("P074")
def test_an_idle_member_is_signed_out_and_a_busy_one_is_not(client):
    with time_machine.travel("2027-02-01 10:00:00+00:00", tick=False) as clock:
        sign_in(client, make_member())
        for _visit in range(4):
            clock.shift(timedelta(minutes=20))
            assert client.get("/members-only/").status_code == 200
        clock.shift(timedelta(minutes=31))
        assert client.get("/members-only/").status_code == 302
        assert "nums_member" not in client.session


@pytest.mark.promise("P032")
def test_a_form_from_elsewhere_signs_nobody_in():
    strict = Client(enforce_csrf_checks=True)
    path = reverse("nums_wagtail:sign_in_link", args=[make_link(make_member()).token])
    assert strict.post(path).status_code == 403
    assert SignInLink.objects.count() == 1
