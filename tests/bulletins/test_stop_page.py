"""The page behind the link in every bulletin."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from nums_wagtail.bulletins.models import Subscription
from nums_wagtail.bulletins.stop_links import stop_token
from nums_wagtail.members.models import Member

pytestmark = pytest.mark.django_db


@pytest.fixture
def address(reader) -> str:
    return reverse("nums_wagtail:stop", args=[stop_token(Subscription.objects.get(member=reader).uuid)])


def _rhythm() -> str:
    return Member.objects.get(email_tag__isnull=False).rhythm


@pytest.mark.promise("P192")
def test_looking_changes_nothing(address):
    with CaptureQueriesContext(
        connection,
    ) as asked:
        page = Client(enforce_csrf_checks=True).get(address)
    assert page.status_code == 200
    assert not [one for one in asked if not one["sql"].startswith("SELECT")]
    assert _rhythm() == Member.Rhythm.ALL


@pytest.mark.promise("P192")
def test_one_button_stops_without_cookie_or_signing_in(address):
    stranger = Client(enforce_csrf_checks=True)
    answer = stranger.post(address, {"do": "stop"})
    assert "You get no more messages." in answer.content.decode()
    assert not stranger.cookies
    assert _rhythm() == Member.Rhythm.NONE


def test_one_click_of_a_mail_program_stops(address):
    answer = Client(enforce_csrf_checks=True).post(address, {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert _rhythm() == Member.Rhythm.NONE


def test_less_means_only_what_is_dangerous(address):
    Client().post(address, {"do": "less"})
    assert _rhythm() == Member.Rhythm.DANGEROUS


def test_less_does_not_start_what_was_stopped(address):
    Client().post(address, {"do": "stop"})
    Client().post(address, {"do": "less"})
    assert _rhythm() == Member.Rhythm.NONE


def test_a_pause_ends_by_itself(address, reader):
    Client().post(address, {"do": "pause"})
    assert not Subscription.objects.wanting_mail().exists()
    assert Subscription.objects.wanting_mail(timezone.localdate() + timedelta(days=30)).exists()


@pytest.mark.promise("P192")
def test_the_page_tells_nothing_about_the_member(address):
    words = Client().get(address).content.decode()
    for secret in ("reader@example.org", "Lark", "London"):
        assert secret not in words


@pytest.mark.parametrize("token", ["x", "A" * 38, "ä" * 38, "A" * 37 + "="])
def test_a_made_up_link_answers_not_found(token, reader):
    answer = Client().post(f"/n/m/{token}/", {"do": "stop"})
    assert answer.status_code == 404
    assert _rhythm() == Member.Rhythm.ALL


@pytest.mark.promise("P192")
def test_a_changed_tag_opens_nothing(address, reader):
    token = stop_token(Subscription.objects.get().uuid)
    other = token[:-2] + ("AA" if token[-2:] != "AA" else "BB")
    assert Client().get(f"/n/m/{other}/").status_code == 404
