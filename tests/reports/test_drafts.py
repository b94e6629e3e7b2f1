"""Saving a report to finish it later: nobody but its reporter can open it, and it ends by itself."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from nums_wagtail.foundation.clocks import clocks
from nums_wagtail.reports import drafts
from nums_wagtail.reports.models import Report, ReportDraft
from nums_wagtail.vault.holders import ReceiptHolder
from nums_wagtail.vault.models import DataKey
from nums_wagtail.vault.receipts import new_receipt, parse_receipt

from .reporter import digits_in, typed_in
from .test_steps import Walker

pytestmark = pytest.mark.django_db


@pytest.fixture
def saved(reporter):
    walker = Walker(reporter).presses("next", what_happened="He knows where I live.")
    return walker.presses("save", town="Exampleton", when_date="never")


def holder(page):
    return ReceiptHolder(parse_receipt(digits_in(page)))


@pytest.mark.promise("P103")
def test_what_is_saved_is_no_report_and_has_no_key_that_the_team_could_use(saved):
    assert "It is not sent yet" in saved.page.content.decode()
    assert not Report.objects.exists()
    assert not DataKey.objects.exists()
    assert ReportDraft.objects.count() == 1


@pytest.mark.promise("P101")
def test_no_table_holds_its_words(saved):
    row = ReportDraft.objects.get()
    assert b"Exampleton" not in bytes(row.box)
    assert len(bytes(row.box)) > 1024


def test_its_receipt_brings_everything_back_as_it_was_typed(saved):
    draft = drafts.find(holder(saved.page))
    assert draft.step == "place"
    assert draft.walk.data()["q-what_happened"] == "He knows where I live."
    assert draft.walk.data()["q-when_date"] == "never"


def test_another_receipt_brings_nothing(saved):
    assert drafts.find(ReceiptHolder(new_receipt())) is None


def test_saved_again_the_newer_one_counts(saved):
    first = digits_in(saved.page)
    saved.presses_go_on()
    assert typed_in(saved.page)["town"] == "Exampleton"
    saved.presses("save", town="Sampleford")
    assert digits_in(saved.page) == first
    assert drafts.find(holder(saved.page)).walk.data()["q-town"] == "Sampleford"
    assert ReportDraft.objects.count() == 1


def test_once_sent_it_is_gone_and_the_same_receipt_opens_the_report(saved):
    receipt = digits_in(saved.page)
    saved.presses_go_on().presses("next", when_date="").goes_to("consent")
    saved.presses("next", **{"c-alert": "yes"}).presses("send")
    assert digits_in(saved.page) == receipt
    assert not ReportDraft.objects.exists()
    assert Report.objects.count() == 1


def test_what_nobody_comes_back_to_ends_after_fourteen_days(saved):
    clock = clocks["reports.drafts"]
    assert clock.run(timezone.now() + dt.timedelta(days=14)) == 0
    assert clock.run(timezone.now() + dt.timedelta(days=15)) == 1
    assert not ReportDraft.objects.exists()


def test_a_rotation_says_that_saved_reports_stay_with_their_key(saved):
    assert drafts.by_site_key() == {"t1": 1}


def test_the_receipt_page_goes_on_where_it_was_left(saved, reporter):
    page = reporter.comes_back_with(digits_in(saved.page))
    assert "When and where" in page.content.decode()
    assert typed_in(page)["town"] == "Exampleton"
