"""How long a report is kept, and that its reporter may choose."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from nums_wagtail.foundation.actors import Actor
from nums_wagtail.foundation.errors import BadInput, NotAllowed
from nums_wagtail.reports.keeping import MONTHS_AFTER_CLOSING, choose_years, keeping_words, kept_until
from nums_wagtail.reports.models import Report
from nums_wagtail.test.people_factories import make_staff
from nums_wagtail.test.reports_factories import make_report

from .reporter import digits_in

CLOSED = date(2030, 6, 3)


@pytest.mark.parametrize(
    ("severity", "until"),
    [
        ("dangerous", date(2033, 6, 3)),
        ("risky", date(2032, 6, 3)),
        ("nuisance", date(2030, 12, 3)),
        ("malicious", date(2030, 7, 3)),
        ("", date(2033, 6, 3)),
    ],
)
def test_the_graver_it_was_the_longer_it_is_kept(severity, until):
    assert kept_until(CLOSED, severity) == until


@pytest.mark.parametrize("years", range(1, 8))
def test_a_reporters_choice_counts_instead(years):
    assert kept_until(CLOSED, "nuisance", years) == date(2030 + years, 6, 3)


def test_but_nobody_has_a_false_report_kept_for_years():
    assert kept_until(CLOSED, "malicious", 7) == date(2030, 7, 3)


def test_the_last_day_of_a_month_stays_one():
    assert kept_until(date(2029, 8, 31), "nuisance") == date(2030, 2, 28)
    assert kept_until(date(2028, 2, 29), "risky") == date(2030, 2, 28)


@given(st.dates(date(2020, 1, 1), date(2090, 1, 1)), st.sampled_from(sorted(MONTHS_AFTER_CLOSING)))
def test_every_day_has_an_end_and_it_lies_ahead(closed_on, severity):
    assert kept_until(closed_on, severity) > closed_on


@pytest.mark.django_db
def test_a_reporter_chooses_on_the_receipt_page_and_may_take_it_back(reporter):
    sent = reporter.reports(what_happened="He took my phone.")
    page = reporter.comes_back_with(digits_in(sent))
    assert "at most 3 years" in page.content.decode()
    after = reporter.presses("keep", page, years="2").content.decode()
    assert "You chose 2 years" in after
    assert Report.objects.get().keep_years == 2
    reporter.presses("keep", page, years="")
    assert Report.objects.get().keep_years is None


@pytest.mark.django_db
def test_no_other_number_is_taken(reporter):
    sent = reporter.reports(what_happened="He took my phone.")
    for years in ("0", "8", "-1", "forever"):
        assert reporter.presses("keep", reporter.comes_back_with(digits_in(sent)), years=years).status_code == 400
    report = Report.objects.get()
    with pytest.raises(BadInput):
        choose_years(report, 8)
    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.update(keep_years=99)
    assert "at most 3 years" in keeping_words(report)


@pytest.mark.django_db
def test_staff_choose_nothing_for_a_reporter():
    with pytest.raises(NotAllowed):
        choose_years(make_report(), 7, by=Actor.person(make_staff("caseworker")))
