"""Project workers report from their project's page: the team learns the project, and nobody who of them it was."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from nums_wagtail.foundation.actors import Actor
from nums_wagtail.members.models import Organisation
from nums_wagtail.reports import consent
from nums_wagtail.reports.access import open_report
from nums_wagtail.reports.consent import Purpose, Through
from nums_wagtail.reports.models import EvidenceFile, Report
from nums_wagtail.test.casework_factories import case_of
from nums_wagtail.test.evidence_factories import jpeg
from nums_wagtail.test.members_factories import make_member, make_organisation, sign_in
from nums_wagtail.test.people_factories import make_staff
from nums_wagtail.vault.holders import TeamHolder

from .reporter import error_beside, state_in, typed_in, words_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("report_page")]

LIST, FORM = reverse("nums_wagtail:project_reports"), reverse("nums_wagtail:project_send")


@pytest.fixture
def project(region):
    return make_organisation(name="Harbour Outreach", region=region)


@pytest.fixture
def worker(project) -> Client:
    client = Client()
    sign_in(client, make_member(organisation=project, working_name="Wren Harbour"))
    return client


def send(client, *, button="warn", files=(), token=None, **answers):
    data = {f"q-{key}": value for key, value in answers.items() if key != "tell"}
    data |= {key: value for key, value in answers.items() if key == "tell"}
    form = client.get(FORM)
    return client.post(FORM, {**data, "state": state_in(form), "send": button, "files": list(files)})


def opened():
    by = Actor.person(make_staff("caseworker"))
    return open_report(TeamHolder(), Report.objects.get(), by=by, why="case").answers


def test_a_worker_reports_for_somebody_and_gets_their_receipt(worker, project):
    page = send(worker, what_happened="He did not pay her.")
    report = Report.objects.get()
    assert (report.source, report.project, report.region) == (Report.Source.PROJECT, project, project.region)
    assert len(words_in(page)) == 5
    assert "belongs to the person it happened to" in page.content.decode()
    assert consent.allows(report, Purpose.ALERT).through == Through.FORM


def test_the_form_speaks_of_somebody_else_and_knows_the_region(worker, project):
    form = worker.get(FORM)
    assert typed_in(form) == {"who": "other", "region": project.region.code}
    assert "What may we call them?" in form.content.decode()


@pytest.mark.promise("P119")
def test_the_team_sees_the_project_and_not_the_person(worker, project, client):
    send(worker, what_happened="He did not pay her.")
    client.force_login(make_staff("caseworker"))
    case = client.get(reverse("nums_cases:case", args=[case_of(Report.objects.get()).uuid])).content.decode()
    assert "Harbour Outreach" in case
    assert Report.objects.get().reference in case
    assert "Wren Harbour" not in case
    assert opened().own == ()


@pytest.mark.promise("P119")
def test_the_tick_of_one_worker_names_no_other(worker):
    send(worker, what_happened="He did not pay her.", tell="Lark")
    assert opened().own == ()


def test_who_ticks_it_is_named_to_the_team_inside_the_sealed_report(worker):
    send(worker, what_happened="He did not pay her.", tell="Wren Harbour")
    assert [one.said for one in opened().own] == ["Wren Harbour"]


def test_the_list_says_day_region_and_how_far_we_are_and_nothing_that_was_told(worker, project):
    send(worker, what_happened="He did not pay her.", categories=["non_payment"])
    page = worker.get(LIST).content.decode()
    report = Report.objects.get()
    for shown in (report.reference, project.region.name, "Received"):
        assert shown in page
    for hidden in ("did not pay", "Did not pay", str(report.uuid)):
        assert hidden not in page


def test_a_project_sees_its_own_reports_only(worker, region):
    other = Client()
    sign_in(other, make_member(organisation=make_organisation(region=region)))
    send(other, what_happened="Elsewhere.")
    assert Report.objects.get().reference not in worker.get(LIST).content.decode()


@pytest.mark.parametrize("address", [LIST, FORM])
@pytest.mark.parametrize("kind", [None, Organisation.Kind.VENUE])
def test_who_works_for_no_project_finds_nothing_there(client, region, address, kind):
    organisation = make_organisation(kind=kind, region=region) if kind else None
    sign_in(client, make_member(organisation=organisation))
    assert client.get(address).status_code == 404
    assert client.post(address, {"q-what_happened": "x", "send": "warn"}).status_code in (404, 405)
    assert not Report.objects.exists()
    assert LIST not in client.get(reverse("nums_wagtail:member_home")).content.decode()


def test_the_way_there_stands_on_the_home_page(worker):
    assert LIST in worker.get(reverse("nums_wagtail:member_home")).content.decode()


def test_whoever_was_signed_out_meanwhile_gets_everything_back(worker):
    form = worker.get(FORM)
    worker.post(reverse("nums_wagtail:sign_out"))
    typed = {"q-what_happened": "He did not pay her.", "q-town": "By the canal", "state": state_in(form)}
    page = worker.post(FORM, {**typed, "send": "warn"})
    assert page.status_code == 403
    assert not Report.objects.exists()
    for words in ("You were signed out", "He did not pay her.", "By the canal", state_in(form)):
        assert words in page.content.decode()


def test_a_request_from_another_site_is_refused_also_with_files(project):
    strict = Client(enforce_csrf_checks=True)
    member = make_member(organisation=project)
    sign_in(strict.__class__(), member)
    client = Client()
    sign_in(client, member)
    strict.cookies = client.cookies
    state = state_in(strict.get(FORM))
    file = SimpleUploadedFile("a.jpg", jpeg(), "image/jpeg")
    page = strict.post(FORM, {"q-what_happened": "By hand.", "state": state, "send": "warn", "files": [file]})
    assert page.status_code == 403
    assert not Report.objects.exists()
    for words in ("By hand.", state, 'type="file"', "Your words are still here."):
        assert words in page.content.decode(), "a worker whose browser lost its cookie loses no word"


def test_a_picture_comes_with_it(worker):
    send(worker, files=[SimpleUploadedFile("a.jpg", jpeg(), "image/jpeg")])
    assert EvidenceFile.objects.get().report == Report.objects.get()


def test_an_empty_form_comes_back_with_what_is_missing(worker):
    assert "Please tell us what happened" in error_beside(send(worker), "what_happened")


def test_a_failure_answers_with_the_words_and_without_a_value_in_the_log(worker, monkeypatch, caplog):
    def broken(*args, **kwargs):
        raise RuntimeError("secret words")

    monkeypatch.setattr("nums_wagtail.reports.trying.send", broken)
    page = send(worker, what_happened="He did not pay her.")
    assert page.status_code == 503
    assert "He did not pay her." in page.content.decode()
    assert "secret words" not in caplog.text


def test_the_log_of_a_project_report_knows_no_person(worker):
    from wagtail.models import ModelLogEntry

    send(worker, what_happened="He did not pay her.")
    entries = ModelLogEntry.objects.filter(action__startswith="nums.reports.")
    assert entries
    assert not entries.filter(user__isnull=False).exists()
    assert "Wren" not in str(list(entries.values_list("data", flat=True)))
    assert all(entry.timestamp <= timezone.now() - timedelta(0) for entry in entries)
