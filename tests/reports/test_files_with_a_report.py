"""Files that come with a report: they speak for themselves, and for their sake nothing holds a report up."""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.urls import reverse
from PIL import Image

from nums_wagtail.foundation.actors import Actor
from nums_wagtail.reports.access import open_report
from nums_wagtail.reports.asking import everything
from nums_wagtail.reports.consent import by_button
from nums_wagtail.reports.evidence import Prepared
from nums_wagtail.reports.forms import ReportForm
from nums_wagtail.reports.models import EvidenceFile, Report
from nums_wagtail.reports.sending import Filled
from nums_wagtail.reports.uploads import RefusedFile
from nums_wagtail.test.people_factories import make_staff
from nums_wagtail.vault.holders import TeamHolder

from .reporter import error_beside, state_in, words_in
from .test_steps import Walker

pytestmark = pytest.mark.django_db


def picture(name="beach.png"):
    buffer = io.BytesIO()
    Image.new("RGB", (8, 8), "teal").save(buffer, "PNG")
    return SimpleUploadedFile(name, buffer.getvalue(), "image/png")


def drawing():
    return SimpleUploadedFile("plan.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "image/svg+xml")


def send(reporter, *, button="warn", files=(), **answers):
    data = {f"q-{key}": value for key, value in answers.items()}
    data |= {"state": state_in(reporter.opens_the_form()), "send": button, "files": list(files)}
    return reporter.client.post(reporter.answer_url, data)


def said():
    return open_report(
        TeamHolder(), Report.objects.get(), by=Actor.person(make_staff("caseworker")), why="case"
    ).answers


def test_a_picture_comes_with_the_words(reporter):
    page = send(reporter, what_happened="This is the van.", files=[picture()])
    assert words_in(page)
    assert "We have your file, too." in page.content.decode()
    assert EvidenceFile.objects.get().report == Report.objects.get()


def test_a_picture_alone_is_a_report(reporter):
    assert words_in(send(reporter, files=[picture()]))
    assert EvidenceFile.objects.count() == 1


def test_with_a_file_no_other_answer_holds_a_report_up(reporter):
    page = send(reporter, what_happened="This is the van.", when_date="some day in May", files=[picture()])
    assert words_in(page)
    assert "On what date?" in page.content.decode(), "it says what could not be read"
    answers = said()
    assert answers.marked == {"when_date": "some day in May"}
    assert "some day in May" in {words for part in answers.lines() for _question, words in part.lines}


def test_nor_when_the_file_itself_is_refused_which_is_named_with_why(reporter):
    page = send(reporter, what_happened="This is the van.", when_date="never", files=[drawing()])
    assert words_in(page)
    assert "plan.svg" in page.content.decode()
    assert "Take a screenshot of it" in page.content.decode()
    assert said().marked == {"when_date": "never"}


def test_without_a_file_what_cannot_be_read_holds_it_up():
    data = QueryDict("q-what_happened=The+van.&q-when_date=never")
    form = ReportForm(everything(), [], data)
    assert not Filled(form, by_button(warn=True)).may_be_sent
    refused = Prepared(refused=(RefusedFile("plan.svg", "drawing"),))
    assert Filled(ReportForm(everything(), [], data), by_button(warn=True), files=refused).may_be_sent


def test_a_refused_file_alone_tells_nothing_and_is_named(reporter):
    page = send(reporter, files=[drawing()])
    assert page.status_code == 400
    assert "Please tell us what happened" in error_beside(page, "what_happened")
    assert "plan.svg" in page.content.decode()
    assert not Report.objects.exists()


def test_a_form_that_lay_open_too_long_is_taken_when_it_brings_a_file(reporter, time_machine_later):
    form = reporter.opens_the_form()
    with time_machine_later():
        data = {"state": state_in(form), "send": "team", "q-what_happened": "The van.", "files": [picture()]}
        assert words_in(reporter.client.post(reporter.answer_url, data))


@pytest.fixture
def time_machine_later():
    import time_machine

    return lambda: time_machine.travel("2099-01-01 12:00", tick=True)


def test_the_guided_form_takes_files_where_it_is_sent(reporter):
    walker = Walker(reporter).presses("check", what_happened="The van.", when_date="never")
    walker.page = walker.client.post(
        reverse("nums_wagtail:steps"),
        {
            "state": state_in(walker.page),
            "step": "check",
            "go": "send",
            "recording": picture(),
            "keep_exact": "yes",
        },
    )
    assert words_in(walker.page), "not even an unanswered consent holds it up: that counts as ask me first"
    assert EvidenceFile.objects.count() == 2, "the harmless one, and the exact one"


@pytest.mark.parametrize("go", ["back", "change.incident", "check", "save"])
def test_who_chose_files_and_does_not_send_yet_is_told_to_look_at_them(reporter, go):
    walker = Walker(reporter).presses("check", what_happened="The van.")
    data = {"state": state_in(walker.page), "step": "check", "go": go}
    words = "Your files are not kept yet"
    assert words not in walker.client.post(reverse("nums_wagtail:steps"), data).content.decode()
    page = walker.client.post(reverse("nums_wagtail:steps"), {**data, "files": [picture()]})
    assert words in page.content.decode()
    assert not EvidenceFile.objects.exists()


def test_a_file_field_stands_only_where_send_stands(reporter):
    walker = Walker(reporter)
    assert 'type="file"' not in walker.page.content.decode()
    assert 'type="file"' in walker.presses("check", what_happened="x").page.content.decode()
