"""Sending a report: what comes in is stored once or comes back with every word; never an error without them."""

import html
import re
from datetime import timedelta

import django
import pytest
import time_machine
from bs4 import BeautifulSoup
from django.core import mail
from django.db import DatabaseError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from nums_wagtail.foundation.actors import Actor
from nums_wagtail.foundation.errors import CannotSeal
from nums_wagtail.regions.models import Region
from nums_wagtail.reports import blank_form, consent, documents, form_page
from nums_wagtail.reports.access import open_report
from nums_wagtail.reports.consent import Purpose
from nums_wagtail.reports.models import Report, ReportVersion
from nums_wagtail.test.people_factories import make_staff, make_superuser
from nums_wagtail.vault.holders import TeamHolder
from nums_wagtail.vault.models import DataKey

from .reporter import TEAM, digits_in, error_beside, state_in, words_in

pytestmark = pytest.mark.django_db

TYPED = "He rang twice & said <he> knew me."


def stored():
    report = Report.objects.get()
    return open_report(TeamHolder(), report, by=Actor.person(make_staff("caseworker")), why="case").answers


def test_a_report_is_stored_and_answered_with_a_receipt(reporter):
    response = reporter.reports(what_happened=TYPED, phone="07700 900412", when="tonight")
    assert response.status_code == 200
    assert len(words_in(response)) == 5
    assert re.fullmatch(r"(\d{4} ){4}\d{4}", digits_in(response))
    assert stored().text("what_happened") == TYPED


@pytest.mark.promise("P100")
def test_sending_sets_no_cookie_and_reads_no_session(reporter):
    reporter.client.force_login(make_superuser())
    reporter.client.cookies["csrftoken"] = "x" * 32
    response = reporter.reports(what_happened=TYPED)
    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")
    assert response["Cache-Control"] == "no-store"


def test_nobody_needs_a_csrf_cookie(reporter):
    reporter.client = Client(enforce_csrf_checks=True)
    assert reporter.reports(what_happened=TYPED).status_code == 200


@pytest.mark.promise("P107")
def test_the_button_is_the_consent(reporter):
    reporter.reports(what_happened=TYPED, button=TEAM)
    assert consent.allows(Report.objects.get(), Purpose.ALERT) is None
    reporter.reports(what_happened=TYPED)
    assert consent.allows(Report.objects.last(), Purpose.ALERT)


def test_pressing_neither_button_stores_nothing_and_keeps_the_words(reporter):
    response = reporter.reports(what_happened=TYPED, button="enter")
    assert not Report.objects.exists()
    assert "Who may we tell?" in response.content.decode()
    assert html.escape(TYPED) in response.content.decode()


@pytest.mark.promise("P105")
def test_the_same_form_twice_shows_the_same_receipt(reporter):
    form = reporter.opens_the_form()
    first = reporter.sends(form, what_happened=TYPED)
    second = reporter.sends(form, what_happened=TYPED)
    assert words_in(first) == words_in(second)
    assert Report.objects.count() == ReportVersion.objects.count() == 1


def test_mending_an_answer_keeps_form_and_receipt(reporter):
    form = reporter.opens_the_form()
    again = reporter.sends(form, what_happened=TYPED, when_date="31 2 2026")
    assert not Report.objects.exists()
    sent = reporter.sends(again, what_happened=TYPED, when_date="")
    assert words_in(sent) == words_in(reporter.sends(form, what_happened=TYPED))
    assert Report.objects.count() == 1


def test_only_what_happened_is_asked_for(reporter):
    response = reporter.reports(what_happened="  \n ", phone="07700 900412")
    assert response.status_code == 400
    assert "A few words are enough" in error_beside(response, "what_happened")
    assert "07700 900412" in response.content.decode()


def test_without_a_region_it_goes_to_the_page_s_own(reporter, report_page):
    reporter.reports(what_happened=TYPED)
    assert Report.objects.get().region == report_page.region


def test_without_any_region_it_goes_to_the_first_of_the_country(reporter, report_page):
    report_page.region = None
    report_page.save()
    reporter.reports(what_happened=TYPED)
    assert Report.objects.get().region == Region.objects.first()


def test_the_chosen_region_counts(reporter):
    reporter.reports(what_happened=TYPED, region="london")
    assert Report.objects.get().region.code == "london"


def refuse(*args, **kwargs):
    raise DatabaseError(f"near {TYPED}")


def cannot_seal(*args, **kwargs):
    raise CannotSeal()


@pytest.mark.parametrize(
    ("place", "name", "failure"),
    [(documents, "seal_document", cannot_seal), (Report, "save", refuse), (form_page, "page_of", refuse)],
)
@pytest.mark.promise("P104")
def test_whatever_breaks_the_words_come_back_and_no_log_has_them(
    reporter, monkeypatch, caplog, settings, place, name, failure
):
    # Addresses alone from Django 6.0, pairs before.
    settings.ADMINS = ["ops@example.org"] if django.VERSION >= (6, 0) else [("Ops", "ops@example.org")]
    form = reporter.opens_the_form()
    monkeypatch.setattr(place, name, failure)
    response = reporter.sends(form, what_happened=TYPED, phone="07700 900412", hair="x")
    page = response.content.decode()
    assert response.status_code == 503
    assert "This was not sent" in page
    assert html.escape(TYPED) in page
    assert "07700 900412" in page
    assert state_in(form) in page
    assert len(mail.outbox) == 1, "whoever runs the server is told that something is broken"
    for told in (caplog.text, mail.outbox[0].body, str(mail.outbox[0].alternatives)):
        assert "rang twice" not in told
        assert "900412" not in told
    assert not ReportVersion.objects.exists()
    assert not Report.objects.exists()


@pytest.mark.promise("P104")
def test_with_the_database_gone_the_words_still_come_back(reporter, monkeypatch, caplog):
    form = reporter.opens_the_form()
    monkeypatch.setattr(blank_form, "region_choices", refuse)
    response = reporter.sends(form, what_happened=TYPED, phone="07700 900412")
    page = response.content.decode()
    assert response.status_code == 503
    assert html.escape(TYPED) in page
    assert '<input type="hidden" name="q-phone" value="07700 900412">' in page
    assert f'<form method="post" action="{reporter.answer_url}"' in page, "wherever the page stands by then"
    assert response["Cache-Control"] == "no-store"
    assert "rang twice" not in caplog.text
    monkeypatch.undo()
    assert words_in(reporter.sends(response, what_happened=TYPED))


def test_a_failed_send_can_be_sent_again(reporter, monkeypatch):
    form = reporter.opens_the_form()
    with monkeypatch.context() as broken:
        broken.setattr(documents, "seal_document", cannot_seal)
        again = reporter.sends(form, what_happened=TYPED)
    assert words_in(reporter.sends(again, what_happened=TYPED))
    assert Report.objects.count() == 1
    assert DataKey.objects.filter(kind="report").count() == 1


@pytest.mark.promise("P113")
def test_a_file_somebody_sends_along_is_dropped_and_the_words_are_kept(reporter, settings):
    from django.core.files.uploadedfile import SimpleUploadedFile

    settings.FILE_UPLOAD_TEMP_DIR = "/nonexistent"
    file = SimpleUploadedFile("big.bin", b"x" * 3_000_000)
    form = reporter.opens_the_form()
    data = {"state": state_in(form), "send": "warn", "q-what_happened": TYPED, "q-evidence": file}
    assert words_in(reporter.client.post(reporter.answer_url, data))


def test_looking_at_the_address_does_nothing(reporter):
    assert reporter.client.get(reporter.answer_url).status_code == 405


def test_what_cannot_wait_stands_on_the_page_that_says_sent(reporter):
    page = reporter.reports(what_happened="He held my neck.", categories=["strangulation"]).content.decode()
    assert 'id="help-strangulation"' in page
    assert "tel:999" in page


def test_urgent_never_says_that_somebody_is_reading(reporter):
    page = reporter.reports(what_happened="He is outside.", urgent="on").content.decode()
    assert "Nobody may be reading right now" in page


def test_a_child_at_risk_is_told_what_follows(reporter):
    page = reporter.reports(what_happened="She is fifteen.", child_at_risk="on").content.decode()
    assert 'id="help-under_18"' in page or "under 18" in page.lower()
    assert Report.objects.get().urgent


def test_who_fills_in_what_no_person_sees_is_marked_and_stored_all_the_same(reporter):
    page = reporter.client.post(
        reporter.answer_url,
        {"state": state_in(reporter.opens_the_form()), "send": TEAM, "q-what_happened": "x", "homepage": "x"},
    )
    assert words_in(page)
    assert Report.objects.get().looks_automatic


def test_somebody_who_takes_their_time_is_not_marked(reporter):
    form = reporter.opens_the_form()
    with time_machine.travel(timezone.now() + timedelta(seconds=60), tick=True):
        reporter.sends(form, what_happened="He rang again.")
    assert not Report.objects.get().looks_automatic


def test_joining_is_offered_after_sending_and_tied_to_nothing(reporter):
    sent = reporter.reports(what_happened="He did not pay.")
    link = BeautifulSoup(sent.content.decode(), "html.parser").find("a", href=reverse("nums_wagtail:join"))
    assert "noreferrer" in link["rel"]
    assert "?" not in link["href"]
    assert not reporter.client.cookies


def test_a_child_is_not_asked_to_join(reporter):
    page = reporter.reports(what_happened="She is fifteen.", child_at_risk="on").content.decode()
    assert reverse("nums_wagtail:join") not in page
