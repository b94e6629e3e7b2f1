"""From a case to a draft, and what happens when a report allows a warning no more."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from nums_wagtail.alerts.clearance import clear_alert
from nums_wagtail.alerts.drafting import draft_alert
from nums_wagtail.alerts.exceptions import CannotRelease
from nums_wagtail.alerts.listing import current_in_region
from nums_wagtail.alerts.models import Alert, AlertRelease, AlertReport, AlertWithdrawal
from nums_wagtail.alerts.signals import alert_released, alert_retracted
from nums_wagtail.alerts.status import standing_of
from nums_wagtail.casework.models import CaseReport
from nums_wagtail.foundation.actors import CLOCK, Actor
from nums_wagtail.foundation.errors import NotAllowed, NotThere
from nums_wagtail.reports import consent
from nums_wagtail.reports.access import delete_report
from nums_wagtail.reports.models import ConsentEvent, Report
from nums_wagtail.test.alerts_factories import approve, edit, submit
from nums_wagtail.test.casework_factories import case_of, make_case
from nums_wagtail.test.people_factories import make_staff
from nums_wagtail.test.reports_factories import make_report
from nums_wagtail.vault.holders import TeamHolder

ALERT, FORM = ConsentEvent.Purpose.ALERT, ConsentEvent.Through.STAFF
SECRET = "He had a scar and he told me about his brother in the navy."
ANSWERS = {
    "categories": ["robbery", "threats"],
    "person_hair": ["grey"],
    "person_more": "smells of tar",
    "phone": "07700 900412",
    "reporter_name": "Marigold",
    "when": "last_night",
}


@pytest.fixture
def case(region):
    return make_case(what_happened=SECRET, region=region, answers=ANSWERS, severity="dangerous")


def out(alert: Alert, caseworker, approver) -> AlertRelease:
    alert = edit(alert, by=caseworker, line="Robs at the end of a booking.")
    clear_alert(alert, by=Actor.person(caseworker), holder=TeamHolder())
    return approve(submit(alert), by=approver)


def test_a_draft_is_filled_from_what_may_be_published_and_from_nothing_else(case, caseworker, region):
    alert = draft_alert(case, by=Actor.person(caseworker))
    assert (alert.line, alert.live, alert.severity, alert.kind) == ("", False, "dangerous", "person")
    assert alert.categories == ["threats", "robbery"]
    assert alert.facts == {"person_hair": ["grey"]}
    assert list(alert.regions.all()) == [region]
    assert alert.identifiers.get().value == "07700 900412"
    stored = str(alert.latest_revision.content) + str(Alert.objects.values())
    for words in ("in the navy", "smells of tar", "Marigold", "900412"):
        assert words not in stored


def test_a_report_that_allows_no_warning_gives_no_draft(region, caseworker):
    silent = make_case(region=region, answers=ANSWERS, warn=False)
    with pytest.raises(CannotRelease) as refused:
        draft_alert(silent, by=Actor.person(caseworker))
    assert refused.value.code == "no_consent"
    assert not Alert.objects.exists()


@pytest.mark.promise("P153")
def test_only_consenting_reports_of_a_case_are_used(case, region, caseworker):
    silent = make_report(region=region, warn=False, answers={"person_accent": ["local"], "person_hair": ["red"]})
    CaseReport.objects.create(case=case, report=silent)
    alert = draft_alert(case, by=Actor.person(caseworker))
    assert alert.facts == {"person_hair": ["grey"]}
    assert AlertReport.objects.filter(alert=alert).count() == 1


def test_who_may_not_open_cases_drafts_none(case, region):
    with pytest.raises(NotAllowed):
        draft_alert(case, by=Actor.person(make_staff("approver")))
    with pytest.raises(NotThere):
        draft_alert(case, by=Actor.person(make_staff("regional_editor", regions=[region])))


def test_the_button_on_a_case_drafts_by_post_only(case, caseworker, admin):
    browser, url = admin(caseworker), reverse("nums_alert_draft", args=[case.uuid])
    assert browser.get(url).status_code == 200
    assert not Alert.objects.exists()
    assert browser.post(url).url == reverse("nums_alerts:edit", args=[Alert.objects.get().pk])


def test_a_release_keeps_the_entries_that_allowed_it_and_tells_the_reporter(case, caseworker, approver):
    release = out(draft_alert(case, by=Actor.person(caseworker)), caseworker, approver)
    report = Report.objects.get()
    assert release.consents == [consent.allows(report, ALERT).pk]
    assert report.status == Report.Status.WARNED


@pytest.mark.parametrize(
    ("recognised", "asks"), [("yes", True), ("unsure", True), ("no", False), (None, True)], ids=str
)
def test_whoever_releases_says_that_they_thought_of_who_could_know_who_told(
    region, caseworker, approver, admin, recognised, asks
):
    answers = {**ANSWERS, **({"recognised": recognised} if recognised else {})}
    case = make_case(what_happened=SECRET, region=region, answers=answers, severity="dangerous")
    alert = edit(draft_alert(case, by=Actor.person(caseworker)), by=caseworker, line="Robs after a booking.")
    clear_alert(alert, by=Actor.person(caseworker), holder=TeamHolder())
    waiting = submit(alert)
    browser = admin(approver)
    review = reverse("nums_alerts:review", args=[alert.pk])
    release = reverse("nums_alerts:workflow_action", args=[alert.pk, "approve", waiting.pk])
    assert ('name="weighed"' in browser.get(review).content.decode()) is asks
    said = browser.post(release, follow=True).content.decode()
    assert AlertRelease.objects.exists() is not asks
    if asks:
        assert "Please tick that you read it with that in mind" in said
        browser.post(release, {"weighed": "on"})
    assert AlertRelease.objects.get().released_by == approver
    entry = ModelLogEntry.objects.get(action="nums.alerts.released")
    assert entry.data.get("weighed", False) is asks


def test_one_reporter_of_a_case_who_could_be_recognised_is_enough(region, caseworker, approver):
    case = make_case(region=region, answers={**ANSWERS, "recognised": "no"}, severity="dangerous")
    other = make_report(region=region, answers={**ANSWERS, "recognised": "yes"})
    CaseReport.objects.create(case=case, report=other)
    alert = edit(draft_alert(case, by=Actor.person(caseworker)), by=caseworker, line="Robs after a booking.")
    clear_alert(alert, by=Actor.person(caseworker), holder=TeamHolder())
    waiting = submit(alert)
    with pytest.raises(CannotRelease) as refused:
        waiting.task.specific.on_action(waiting, approver, "approve")
    assert refused.value.code == "not_weighed"
    with pytest.raises(CannotRelease):
        waiting.task.specific.on_action(waiting, approver, "approve", weighed="yes, says a script")
    assert not AlertRelease.objects.exists()


@pytest.mark.promise("P153")
def test_a_consent_taken_back_before_release_refuses_it(case, caseworker, approver):
    alert = edit(draft_alert(case, by=Actor.person(caseworker)), by=caseworker, line="Robs after a booking.")
    clear_alert(alert, by=Actor.person(caseworker), holder=TeamHolder())
    waiting = submit(alert)
    consent.withdraw(Report.objects.get(), ALERT, FORM, by=Actor.person(caseworker))
    with pytest.raises(CannotRelease) as refused:
        approve(waiting, by=approver)
    assert refused.value.code == "no_consent"


@pytest.mark.promise("P153")
def test_an_alert_falls_with_the_only_report_it_rests_on(
    case, caseworker, approver, region, django_capture_on_commit_callbacks
):
    told = []
    alert_retracted.connect(lambda **kw: told.append(kw["release"]), weak=False, dispatch_uid="test.retracted")
    release = out(draft_alert(case, by=Actor.person(caseworker)), caseworker, approver)
    with django_capture_on_commit_callbacks(execute=True):
        consent.withdraw(Report.objects.get(), ALERT, FORM, by=Actor.person(caseworker))
    alert_retracted.disconnect(dispatch_uid="test.retracted")
    assert current_in_region(region).releases == ()
    assert told == [release]
    withdrawal = AlertWithdrawal.objects.get()
    assert (withdrawal.reason, withdrawal.machine, withdrawal.by) == ("consent", "ledger", None)
    assert not Alert.objects.get().live


def test_another_purpose_taken_back_changes_nothing(case, caseworker, approver, region):
    release = out(draft_alert(case, by=Actor.person(caseworker)), caseworker, approver)
    consent.withdraw(Report.objects.get(), ConsentEvent.Purpose.CHECKER, FORM, by=Actor.person(caseworker))
    assert current_in_region(region).releases == (release,)


def test_an_alert_that_also_rests_on_another_report_stays_and_has_to_be_reread(case, caseworker, approver, region):
    second = make_report(region=region, answers={"person_accent": ["local"]})
    case_of(second)
    CaseReport.objects.filter(report=second).update(case=case)
    release = out(draft_alert(case, by=Actor.person(caseworker)), caseworker, approver)
    consent.withdraw(second, ALERT, FORM, by=Actor.person(caseworker))
    assert current_in_region(region).releases == (release,)
    alert = edit(Alert.objects.get(), by=caseworker, line="Robs at the end, with a knife.")
    with pytest.raises(CannotRelease) as refused:
        clear_alert(alert, by=Actor.person(caseworker), holder=TeamHolder())
    assert refused.value.code == "consent_gone"
    clear_alert(alert, by=Actor.person(caseworker), holder=TeamHolder(), reread=True)
    assert approve(submit(alert), by=approver).version == 2


@pytest.mark.promise("P153")
def test_an_alert_falls_with_a_deleted_report(case, caseworker, approver, region):
    out(draft_alert(case, by=Actor.person(caseworker)), caseworker, approver)
    delete_report(Report.objects.get(), by=CLOCK)
    assert current_in_region(region).releases == ()
    assert AlertRelease.objects.count() == 1


@pytest.mark.promise("P027")
def test_others_hear_of_a_release_after_its_commit(case, caseworker, approver, django_capture_on_commit_callbacks):
    told = []
    alert_released.connect(lambda **kw: told.append(kw["release"]), weak=False, dispatch_uid="test.released")
    with django_capture_on_commit_callbacks(execute=True):
        release = out(draft_alert(case, by=Actor.person(caseworker)), caseworker, approver)
        assert told == []
    alert_released.disconnect(dispatch_uid="test.released")
    assert told == [release]


@pytest.mark.parametrize(
    ("recognised", "shown"), [(None, "month"), ("yes", "month"), ("unsure", "month"), ("no", "week")]
)
def test_where_a_reader_could_tell_who_reported_the_day_widens_to_the_month(region, caseworker, recognised, shown):
    case = make_case(region=region, answers={**ANSWERS, "recognised": recognised} if recognised else ANSWERS)
    assert draft_alert(case, by=Actor.person(caseworker)).incident_precision == shown


@pytest.mark.parametrize(("answer", "days"), [("3_days", 3), ("2_weeks", 14)])
def test_no_warning_goes_out_before_the_day_that_its_reporter_chose(region, caseworker, approver, answer, days):
    case = make_case(region=region, answers={**ANSWERS, "not_before": answer})
    alert = edit(
        draft_alert(case, by=Actor.person(caseworker)), by=caseworker, line="Robs at the end of a booking."
    )
    clear_alert(alert, by=Actor.person(caseworker), holder=TeamHolder())
    waiting = submit(alert)
    with pytest.raises(CannotRelease) as refused:
        approve(waiting, by=approver)
    assert refused.value.code == "too_early"
    assert "asked to wait" in str(standing_of(alert, by=Actor.person(approver)).next_step)
    with time_machine.travel(timezone.now() + dt.timedelta(days=days), tick=True):
        assert approve(waiting, by=approver).alert == alert
