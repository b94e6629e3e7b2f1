"""More files, sent later with the receipt."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from nums_wagtail.reports import evidence
from nums_wagtail.reports.models import EvidenceFile, Report
from nums_wagtail.reports.signals import reporter_came_back
from nums_wagtail.test.evidence_factories import CANARY, jpeg
from nums_wagtail.vault import data_keys
from nums_wagtail.vault.holders import TeamHolder

from .reporter import digits_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(reporter):
    sent = reporter.reports(what_happened="He took my phone.")
    return reporter.comes_back_with(digits_in(sent))


@pytest.mark.promise("P115")
def test_a_picture_is_kept_and_what_cannot_be_is_named_with_why(reporter, page):
    heard = []

    def hear(sender, report, what, **kwargs):
        heard.append(what)

    reporter_came_back.connect(hear)
    picture = SimpleUploadedFile("van.jpg", jpeg(), "image/jpeg")
    drawing = SimpleUploadedFile("plan.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "image/svg+xml")
    after = reporter.presses("files", page, files=[picture, drawing]).content.decode()
    reporter_came_back.disconnect(hear)
    assert "We have your file" in after
    assert "plan.svg" in after
    assert "We have 1 file with your report" in after
    assert heard == ["files"]
    report = Report.objects.get()
    kept = evidence.described(report, data_keys.open_key(TeamHolder(), report.data_key))
    assert [one.about.name for one in kept] == ["van.jpg", "plan.svg"]
    assert not any(CANARY in bytes(row.content or b"") for row in EvidenceFile.objects.all())


def test_nothing_chosen_is_said_and_nothing_is_kept(reporter, page):
    after = reporter.presses("files", page)
    assert "Nothing was chosen" in after.content.decode()
    assert not EvidenceFile.objects.exists()


def test_a_file_beside_another_button_is_not_kept(reporter, page):
    reporter.presses("message", page, text="Hello.", files=SimpleUploadedFile("van.jpg", jpeg(), "image/jpeg"))
    assert not EvidenceFile.objects.exists()
