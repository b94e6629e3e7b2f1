"""Reports end by their clock, and staff see beforehand when."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from nums_wagtail.casework import cases, notes
from nums_wagtail.casework.models import Case
from nums_wagtail.casework.retention import end_old_reports, last_day
from nums_wagtail.foundation.errors import Refused
from nums_wagtail.reports.messages import write_to_team
from nums_wagtail.reports.models import Report, ReportMessage
from nums_wagtail.test.casework_factories import make_case
from nums_wagtail.vault import data_keys
from nums_wagtail.vault.holders import TeamHolder

pytestmark = [pytest.mark.django_db, pytest.mark.promise("P139")]


def in_days(days):
    return timezone.now() + timedelta(days=days)


@pytest.mark.parametrize(
    ("severity", "kept", "gone"),
    [
        ("dangerous", 1090, 1100),
        ("risky", 725, 735),
        ("nuisance", 175, 190),
        ("malicious", 25, 35),
        ("", 1090, 1100),
    ],
)
def test_a_report_goes_when_its_time_after_closing_is_over(severity, kept, gone):
    make_case(closed="nothing", severity=severity)
    assert end_old_reports(in_days(kept)) == 0
    assert end_old_reports(in_days(gone)) == 1
    assert not Report.objects.exists()


def test_what_its_reporter_chose_counts_instead():
    make_case(closed="nothing", severity="nuisance")
    Report.objects.update(keep_years=7)
    assert end_old_reports(in_days(365 * 7 - 5)) == 0
    assert end_old_reports(in_days(365 * 7 + 5)) == 1


def test_an_open_case_is_kept_however_old(robin):
    make_case(taken_by=robin, severity="malicious")
    assert end_old_reports(in_days(4000)) == 0


@pytest.mark.promise("P111", "P138")
def test_notes_and_messages_go_with_it_and_how_the_case_ended_stays(by_robin):
    case = make_case(closed="known", note="Asked again.", severity="nuisance")
    report = Report.objects.get()
    write_to_team(report, "Is anybody there?", holder=TeamHolder())
    end_old_reports(in_days(200))
    assert not ReportMessage.objects.exists()
    assert not data_keys.exists(report.data_key)
    case.refresh_from_db()
    assert (case.outcome, case.notes.count(), case.has_news) == ("known", 0, False)
    for again in (
        lambda: cases.reopen_case(case, by=by_robin),
        lambda: notes.write_note(case, "More.", by=by_robin),
    ):
        with pytest.raises(Refused):
            again()


def test_the_page_of_a_closed_case_says_until_when(admin, robin):
    case = make_case(closed="nothing", severity="risky")
    page = admin(robin).get(reverse("nums_cases:case", args=[case.uuid])).content.decode()
    assert "What was told is kept until" in page
    assert last_day(Case.objects.get(), Report.objects.get()).year == timezone.localdate().year + 2
    open_one = make_case(taken_by=robin)
    assert (
        "is kept until" not in admin(robin).get(reverse("nums_cases:case", args=[open_one.uuid])).content.decode()
    )
