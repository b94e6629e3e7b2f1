"""The paper form: printed from the schema, keyed by staff and project workers, or photographed and keyed later."""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import translation

from nums_wagtail.foundation.actors import Actor
from nums_wagtail.foundation.models import Branding
from nums_wagtail.reports import consent
from nums_wagtail.reports.access import open_report
from nums_wagtail.reports.consent import Answer, Purpose, Through
from nums_wagtail.reports.models import EvidenceFile, Report
from nums_wagtail.reports.schema import SCHEMA
from nums_wagtail.reports.sheet import OF_REPORTER, WRITTEN, sheet_asking
from nums_wagtail.reports.sheet_print import print_sheet, sheet_html
from nums_wagtail.test.casework_factories import case_of
from nums_wagtail.test.evidence_factories import jpeg
from nums_wagtail.test.members_factories import make_member, make_organisation, sign_in
from nums_wagtail.test.people_factories import make_staff
from nums_wagtail.vault.holders import TeamHolder

from .reporter import error_beside, state_in, typed_in, words_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("report_page")]

KEY, PICTURE = reverse("nums_wagtail:project_key"), reverse("nums_wagtail:project_picture")
STAFF_KEY = reverse("nums_cases:key_new")


@pytest.fixture
def project(region):
    return make_organisation(name="Harbour Outreach", region=region)


@pytest.fixture
def worker(project) -> Client:
    client = Client()
    sign_in(client, make_member(organisation=project))
    return client


@pytest.fixture
def caseworker() -> Client:
    client = Client()
    client.force_login(make_staff("caseworker"))
    return client


def photo():
    return SimpleUploadedFile("sheet.jpg", jpeg(), "image/jpeg")


def send(client, address, *, says="yes", files=(), **answers):
    state = state_in(client.get(address))
    data = {f"q-{key}": value for key, value in answers.items()} | {"state": state, "send": "sheet"}
    return client.post(address, {**data, "sheet-consent": says, "files": list(files)})


def said():
    return open_report(TeamHolder(), Report.objects.get(), by=Actor.person(make_staff("caseworker")), why="case")


def photographed(worker, **answers):
    send(worker, PICTURE, files=[photo()], **answers)
    report = Report.objects.get()
    return report, reverse("nums_cases:key", args=[case_of(report).uuid, report.uuid])


def test_every_question_of_the_short_form_and_each_choice_stands_on_the_sheet():
    html = sheet_html(Branding())
    for question in (one for one in SCHEMA.questions if one.short):
        assert str(question.words) in html
        if question.vocabulary and question.key not in WRITTEN:
            for term in SCHEMA.vocabulary(question.vocabulary).terms:
                assert str(term.label).replace("'", "&#x27;") in html


@pytest.mark.promise("P125")
def test_the_sheet_asks_for_no_more_of_the_reporter_than_a_name_and_a_way_to_reach_them():
    of_reporter = {one.key for one in sheet_asking().questions if one.identifies_reporter}
    assert of_reporter <= OF_REPORTER
    assert not [one.key for one in sheet_asking().questions if one.restricted]


def test_the_sheet_says_where_to_hand_it_in_and_is_in_the_active_language():
    assert "Harbour Outreach" in sheet_html(Branding(contact_line="By post"), hand_in="Harbour Outreach")
    assert "By post" in sheet_html(Branding(contact_line="By post"))
    with translation.override("ar"):
        assert 'dir="rtl"' in sheet_html(Branding())


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "es", "ro"])
def test_the_sheet_has_four_pages_at_most(language):
    import pikepdf

    branding = Branding(scheme_name="Lantern", contact_line="Quay Street")
    with translation.override(language), pikepdf.open(io.BytesIO(print_sheet(branding))) as pdf:
        assert len(pdf.pages) <= 4


def test_the_sheet_is_downloaded_under_a_neutral_name(worker, caseworker, monkeypatch):
    monkeypatch.setattr("nums_wagtail.reports.sheet_print._printed", lambda html, title, language: b"%PDF-1.7")
    for client, address in ((worker, "nums_wagtail:project_sheet"), (caseworker, "nums_cases:print_sheet")):
        response = client.get(reverse(address))
        assert response["Content-Disposition"] == 'attachment; filename="sheet.pdf"'
        assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("address", [KEY, STAFF_KEY])
def test_the_keying_page_asks_in_the_order_of_the_sheet(worker, caseworker, address):
    form = (worker if address == KEY else caseworker).get(address).context["form"]
    assert list(form.fields) == [one.key for one in sheet_asking().questions]


@pytest.mark.promise("P125")
@pytest.mark.parametrize(("says", "alert"), [("yes", Answer.YES), ("no", Answer.NO), ("ask", Answer.ASK)])
def test_what_the_sheet_allows_is_kept_as_told_by_paper_with_its_wording(caseworker, says, alert):
    page = send(caseworker, STAFF_KEY, says=says, what_happened="He did not pay.", town="Dockside")
    report = Report.objects.get()
    event = consent.standing(report)[Purpose.ALERT]
    assert (event.answer, event.through, event.wording) == (alert, Through.STAFF, consent.SHEET_WORDING)
    assert report.source == Report.Source.STAFF
    assert said().answers.text("town") == "Dockside"
    assert len(words_in(page)) == 5


def test_a_project_keys_a_sheet_of_its_own(worker, project):
    send(worker, KEY, what_happened="He did not pay.")
    report = Report.objects.get()
    assert (report.source, report.project) == (Report.Source.PROJECT, project)
    assert consent.allows(report, Purpose.ALERT).through == Through.STAFF


def test_a_sheet_is_not_sent_before_somebody_says_what_it_allows(worker):
    page = send(worker, KEY, says="", what_happened="He did not pay.")
    assert page.status_code == 400
    assert "Please choose what the sheet says." in page.content.decode()
    assert typed_in(page)["what_happened"] == "He did not pay."
    assert not Report.objects.exists()


def test_an_empty_sheet_is_not_sent(caseworker):
    assert "Please tell us what happened" in error_beside(send(caseworker, STAFF_KEY), "what_happened")
    assert not Report.objects.exists()


def test_a_picture_that_lies_beside_is_kept_with_the_report(caseworker):
    send(caseworker, STAFF_KEY, what_happened="He did not pay.", files=[photo()])
    assert EvidenceFile.objects.get().report == Report.objects.get()


def test_a_photographed_sheet_is_a_report_with_region_urgency_and_consent(worker, project):
    report, _address = photographed(worker, urgent="on", region="london")
    assert (report.urgent, report.region.code, report.project) == (True, "london", project)
    assert consent.allows(report, Purpose.ALERT).wording == consent.SHEET_WORDING
    assert EvidenceFile.objects.get().report == report


def test_without_a_picture_nothing_is_sent(worker):
    page = send(worker, PICTURE)
    assert "Please add a picture of the sheet" in page.content.decode()
    assert not Report.objects.exists()


def test_a_file_that_is_no_picture_is_named_and_nothing_is_sent(worker):
    page = send(worker, PICTURE, files=[SimpleUploadedFile("plan.svg", b"<svg/>", "image/svg+xml")])
    assert "plan.svg" in page.content.decode()
    assert not Report.objects.exists()


def test_staff_key_a_photographed_sheet_beside_its_picture_as_a_further_version(worker, caseworker):
    report, address = photographed(worker, urgent="on")
    case = caseworker.get(reverse("nums_cases:case", args=[case_of(report).uuid])).content.decode()
    assert address in case
    file = reverse("nums_cases:picture", args=[case_of(report).uuid, EvidenceFile.objects.get().uuid])
    assert file in caseworker.get(address).content.decode()
    answers = {"q-what_happened": "He did not pay.", "q-categories": ["non_payment"], "q-phone": "07700 900412"}
    caseworker.post(address, answers)
    opened = said()
    report.refresh_from_db()
    assert len(opened.versions) == 2
    assert opened.answers.text("what_happened") == "He did not pay."
    assert (report.categories, report.urgent, report.tagged) == (["non_payment"], True, False)
    assert typed_in(caseworker.get(address))["phone"] == "07700 900412"


def test_what_is_urgent_on_the_sheet_makes_its_case_urgent(worker, caseworker):
    report, address = photographed(worker)
    assert not case_of(report).urgent
    caseworker.post(address, {"q-what_happened": "He waits outside.", "q-urgent": "on", "q-region": "london"})
    case = case_of(report)
    case.refresh_from_db()
    assert (case.urgent, case.region.code) == (True, "london")


def test_keying_gives_no_consent_and_can_take_the_warning_back(worker, caseworker):
    report, address = photographed(worker)
    caseworker.post(address, {"q-what_happened": "He did not pay."})
    assert consent.allows(report, Purpose.ALERT)
    caseworker.post(address, {"q-what_happened": "He did not pay.", "may_not_warn": "yes"})
    assert consent.standing(report)[Purpose.ALERT].answer == Answer.NO
    page = caseworker.get(address).content.decode()
    assert "nobody may be warned" in page
    assert "may_not_warn" not in page


@pytest.mark.parametrize("role", ["on_call", "approver", "membership"])
def test_who_does_not_work_on_cases_keys_nothing(worker, client, role):
    _report, address = photographed(worker, urgent="on")
    client.force_login(make_staff(role))
    for page in (address, STAFF_KEY):
        assert client.get(page).status_code in (302, 404)
        assert client.post(page, {"q-what_happened": "x"}).status_code in (302, 404)
    assert len(said().versions) == 1


def test_a_report_of_another_case_is_not_keyed_here(worker, caseworker):
    report, _address = photographed(worker)
    send(worker, KEY, what_happened="Another.")
    other = Report.objects.exclude(pk=report.pk).get()
    assert caseworker.get(reverse("nums_cases:key", args=[case_of(other).uuid, report.uuid])).status_code == 404
