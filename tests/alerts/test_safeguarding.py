"""Where a child may be at risk no alert goes out without the safeguarding lead, whichever way it is tried."""

from __future__ import annotations

import pytest
from django.urls import reverse

from nums_wagtail.alerts.clearance import clear_alert
from nums_wagtail.alerts.drafting import draft_alert
from nums_wagtail.alerts.exceptions import CannotRelease
from nums_wagtail.alerts.models import Alert, AlertRelease, AlertWithdrawal
from nums_wagtail.alerts.status import CLEARED, NOT_CLEARED, standing_of
from nums_wagtail.casework import safeguarding, tasks
from nums_wagtail.casework.models import Case, Safeguarding
from nums_wagtail.foundation.actors import Actor
from nums_wagtail.reports.models import Report
from nums_wagtail.test.alerts_factories import approve, edit, submit
from nums_wagtail.test.casework_factories import make_case
from nums_wagtail.test.people_factories import make_staff
from nums_wagtail.vault.holders import TeamHolder

pytestmark = [pytest.mark.django_db, pytest.mark.promise("P143")]

ANSWERS = {"categories": ["threats"], "person_hair": ["grey"], "recognised": "no", "child_at_risk": "yes"}


@pytest.fixture
def lead(root):
    lead = make_staff("caseworker", username="moss")
    Safeguarding.objects.create(site=root.sites_rooted_here.get(), lead=lead)
    return Actor.person(lead)


@pytest.fixture
def case(region, lead):
    case = make_case(
        what_happened="There is a girl upstairs.", region=region, answers=ANSWERS, severity="dangerous"
    )
    tasks.open_missing_cases()
    return Case.objects.get(pk=case.pk)


@pytest.fixture
def alert(case, caseworker):
    drafted = draft_alert(case, by=Actor.person(caseworker))
    return edit(drafted, by=caseworker, line="Robs at the end of a booking.")


def clear(alert, caseworker):
    return clear_alert(alert, by=Actor.person(caseworker), holder=TeamHolder())


def test_a_caseworker_cannot_clear_it_and_is_told_why(alert, caseworker):
    with pytest.raises(CannotRelease) as refused:
        clear(alert, caseworker)
    assert refused.value.code == "no_lead"
    assert standing_of(alert, by=Actor.person(caseworker)).needs_lead


def test_it_goes_out_after_the_lead_agreed(alert, case, caseworker, approver, lead):
    safeguarding.agree(case, by=lead)
    clear(alert, caseworker)
    approve(submit(alert), by=approver)
    assert AlertRelease.objects.current().count() == 1


def test_without_anybody_named_nothing_goes_out(alert, caseworker):
    Safeguarding.objects.all().delete()
    with pytest.raises(CannotRelease):
        clear(alert, caseworker)


def test_what_turns_up_after_the_clearance_holds_it_too_and_an_outsider_learns_nothing_of_it(
    alert, case, caseworker, approver, lead
):
    safeguarding.agree(case, by=lead)
    clear(alert, caseworker)
    waiting = submit(alert)
    safeguarding.hold(case, by=lead)
    by = Actor.person(approver)
    standing = standing_of(alert, by=by)
    assert (standing.is_cleared, standing.clearance, standing.needs_lead) == (False, NOT_CLEARED, False)
    with pytest.raises(CannotRelease) as refused:
        approve(waiting, by=approver)
    assert refused.value.code == "not_cleared"
    assert "child" not in str(refused.value.words)
    assert not AlertRelease.objects.exists()


def test_the_mark_on_the_report_alone_holds_it(region, caseworker, approver, lead):
    """Should the task not be there yet, because the reporter added it a second ago."""
    case = make_case(region=region, answers={**ANSWERS, "child_at_risk": None}, severity="dangerous")
    alert = edit(draft_alert(case, by=Actor.person(caseworker)), by=caseworker, line="Robs at the end.")
    clear(alert, caseworker)
    waiting = submit(alert)
    assert standing_of(alert, by=Actor.person(approver)).clearance == CLEARED
    Report.objects.update(child=True)
    with pytest.raises(CannotRelease):
        approve(waiting, by=approver)


def test_holding_back_takes_a_warning_that_is_out_back(alert, case, caseworker, approver, lead):
    safeguarding.agree(case, by=lead)
    clear(alert, caseworker)
    approve(submit(alert), by=approver)
    safeguarding.hold(case, by=lead)
    assert not AlertRelease.objects.current().exists()
    assert AlertWithdrawal.objects.get().machine == "ledger"
    assert not Alert.objects.get(pk=alert.pk).live


def test_the_page_before_release_says_it_to_who_may_read_the_case_only(alert, client, caseworker, approver):
    address = reverse("nums_alerts:review", args=[alert.pk])
    words = "The safeguarding lead has to agree first"
    client.force_login(caseworker)
    assert words in client.get(address).content.decode()
    page = client.post(reverse("nums_alerts:compare", args=[alert.pk]), follow=True).content.decode()
    assert words in page
    client.force_login(approver)
    assert words not in client.get(address).content.decode()
