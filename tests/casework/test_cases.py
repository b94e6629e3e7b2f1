"""The life of a case: one for each report, taken once, graded, closed, opened again."""

import pytest
from django.db import DatabaseError, transaction
from wagtail.models import ModelLogEntry

from nums_wagtail.casework import cases, tasks
from nums_wagtail.casework.cases import (
    close_case,
    grade_case,
    open_missing_cases,
    reopen_case,
    set_police,
    take_case,
)
from nums_wagtail.casework.models import Case, CaseNote, CaseReport
from nums_wagtail.casework.signals import case_closed
from nums_wagtail.foundation.actors import INTAKE, LEDGER, WORKER, Actor
from nums_wagtail.foundation.errors import BadInput, Conflict, NotAllowed, Refused
from nums_wagtail.mailing.schedules import schedules
from nums_wagtail.reports import access as reports_access
from nums_wagtail.reports.models import Report
from nums_wagtail.test.casework_factories import make_case
from nums_wagtail.test.people_factories import make_account, make_staff, make_superuser
from nums_wagtail.test.reports_factories import make_region, make_report
from nums_wagtail.vault import data_keys
from nums_wagtail.vault.models import DataKey

pytestmark = pytest.mark.django_db


def test_a_new_report_gets_a_case_as_soon_as_it_is_stored(django_capture_on_commit_callbacks):
    region = make_region()
    with django_capture_on_commit_callbacks(execute=True):
        report = make_report(region=region, answers={"urgent": "yes"})
    case = Case.objects.get(case_reports__report=report)
    assert (case.status, case.region, case.urgent, case.received_on) == ("new", region, True, report.received_on)
    assert data_keys.exists(case.data_key)


def test_the_sweep_opens_the_case_that_the_signal_missed():
    report = make_report()
    assert not CaseReport.objects.exists()
    tasks.open_missing_cases()
    assert CaseReport.objects.get().report == report
    assert schedules["casework.open_missing_cases"].minutes == 1


def test_a_report_gets_one_case_however_often_somebody_sweeps():
    make_report()
    make_report()
    assert open_missing_cases(by=WORKER) == 2
    assert open_missing_cases(by=INTAKE) == 0
    assert Case.objects.count() == 2


def test_who_comes_second_to_a_report_leaves_neither_case_nor_key():
    report = make_report()
    open_missing_cases(by=WORKER)
    keys = DataKey.objects.count()
    assert cases._open_for(report) is False
    assert (Case.objects.count(), DataKey.objects.count()) == (1, keys)


def test_a_failing_database_opens_the_case_at_the_next_sweep(monkeypatch, django_capture_on_commit_callbacks):
    def refuse(**kwargs):
        raise DatabaseError("refused")

    with monkeypatch.context() as broken:
        broken.setattr(Case.objects, "create", refuse)
        with django_capture_on_commit_callbacks(execute=True):
            report = make_report()
    assert Report.objects.filter(pk=report.pk).exists()
    assert not Case.objects.exists()
    assert open_missing_cases(by=WORKER) == 1


@pytest.mark.promise("P137")
def test_opening_a_case_leaves_no_exact_time_of_the_report():
    make_report()
    entries = ModelLogEntry.objects.count()
    open_missing_cases(by=WORKER)
    assert ModelLogEntry.objects.count() == entries


def test_taking_a_case_opens_it_and_tells_the_reporter(robin, by_robin):
    case = make_case()
    take_case(case, by=by_robin)
    assert (case.assignee, case.status) == (robin, "open")
    assert Report.objects.get().status == Report.Status.OPENED
    assert ModelLogEntry.objects.filter(action="nums.casework.taken", user=robin).count() == 1


def test_taking_ones_own_case_again_changes_nothing(robin, by_robin):
    case = make_case(taken_by=robin)
    entries = ModelLogEntry.objects.count()
    take_case(case, by=by_robin)
    assert ModelLogEntry.objects.count() == entries


def test_nobody_takes_a_case_that_somebody_else_took_a_moment_before(robin, sky):
    case = make_case()
    seen_before = Case.objects.get(pk=case.pk)
    take_case(case, by=Actor.person(robin))
    with pytest.raises(Conflict):
        take_case(seen_before, by=Actor.person(sky))
    assert Case.objects.get().assignee == robin


def test_a_colleague_may_take_a_case_over_knowingly(robin, sky):
    case = make_case(taken_by=robin)
    take_case(case, by=Actor.person(sky), over_from=str(robin.pk))
    assert Case.objects.get().assignee == sky


def test_a_case_is_graded_and_says_what_the_police_know(by_robin):
    case = make_case()
    grade_case(case, Case.Severity.DANGEROUS, by=by_robin)
    set_police(case, Case.Police.ANONYMOUS, by=by_robin)
    case.refresh_from_db()
    assert (case.severity, case.police) == ("dangerous", "anonymous")
    entry = ModelLogEntry.objects.get(action="nums.casework.graded")
    assert entry.data == {"severity": "dangerous"}
    assert entry.label == f"case {case.pk}"


@pytest.mark.parametrize("severity", ["", "terrible"])
def test_what_is_no_grade_is_answered_beside_the_field(by_robin, severity):
    case = make_case()
    with pytest.raises(BadInput) as error:
        grade_case(case, severity, by=by_robin)
    assert list(error.value.fields) == ["severity"]


def test_closing_says_how_it_ended_and_tells_reporter_and_rooms(by_robin, django_capture_on_commit_callbacks):
    case = make_case()
    heard = []
    listener = lambda sender, case, by, **kwargs: heard.append(case.pk)  # noqa: E731
    case_closed.connect(listener)
    with django_capture_on_commit_callbacks(execute=True):
        close_case(case, by=by_robin, outcome=Case.Outcome.TOO_LITTLE)
    case_closed.disconnect(listener)
    assert (case.status, case.outcome, case.closed_on is not None) == ("closed", "too_little", True)
    assert Report.objects.get().status == Report.Status.CLOSED
    assert heard == [case.pk]


def test_a_reporter_still_reads_that_a_warning_went_out_when_the_case_is_closed(by_robin):
    case = make_case()
    Report.objects.update(status=Report.Status.WARNED)
    close_case(case, by=by_robin, outcome=Case.Outcome.WARNED)
    assert Report.objects.get().status == Report.Status.WARNED


@pytest.mark.parametrize("outcome", ["", "taken_back", "bored"])
def test_a_case_is_closed_only_with_an_outcome_of_the_list(by_robin, outcome):
    case = make_case()
    with pytest.raises(BadInput):
        close_case(case, by=by_robin, outcome=outcome)
    assert Case.objects.get().status == Case.Status.NEW


def test_a_closed_case_is_taken_only_after_it_is_opened_again(robin, by_robin):
    case = make_case(closed="nothing")
    with pytest.raises(Refused):
        take_case(case, by=by_robin)
    reopen_case(case, by=by_robin)
    assert (case.status, case.outcome, case.closed_on) == ("new", "", None)
    assert Report.objects.get().status == Report.Status.RECEIVED
    take_case(case, by=by_robin)


@pytest.mark.promise("P138")
def test_deleting_the_last_report_closes_its_case_and_takes_its_notes(django_capture_on_commit_callbacks):
    case = make_case(note="Rang back, no answer.")
    entries = ModelLogEntry.objects.for_instance(case).count()
    with django_capture_on_commit_callbacks(execute=True):
        reports_access.delete_report(Report.objects.get(), by=LEDGER)
    case.refresh_from_db()
    assert (case.status, case.outcome) == ("closed", "taken_back")
    assert not CaseNote.objects.exists()
    assert not data_keys.exists(case.data_key)
    assert ModelLogEntry.objects.for_instance(case).count() == entries
    with pytest.raises(Refused):
        reopen_case(case, by=Actor.person(make_staff("caseworker")))


@pytest.mark.promise("P138")
def test_a_deletion_that_is_rolled_back_leaves_the_case_as_it_was():
    case = make_case(note="Rang back, no answer.")
    with transaction.atomic():
        cases.leave_out_report(Report.objects.get())
        transaction.set_rollback(True)
    case.refresh_from_db()
    assert (case.status, CaseNote.objects.count(), data_keys.exists(case.data_key)) == ("new", 1, True)


VERBS = {
    "take": lambda case, by: take_case(case, by=by),
    "grade": lambda case, by: grade_case(case, "risky", by=by),
    "police": lambda case, by: set_police(case, "no", by=by),
    "close": lambda case, by: close_case(case, by=by, outcome="nothing"),
    "reopen": lambda case, by: reopen_case(case, by=by),
}


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("who", ["nobody", "superuser", "regional_editor", "approver", "auditor", "administrator"])
def test_who_does_not_work_on_cases_changes_none(verb, who):
    case = make_case()
    user = {"nobody": make_account, "superuser": make_superuser}.get(who, lambda: make_staff(who))()
    with pytest.raises(NotAllowed):
        VERBS[verb](case, Actor.person(user))
    assert Case.objects.filter(status="new", severity="", police="not_asked", assignee=None).exists()


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.promise("P025")
def test_no_machine_works_on_a_case(verb):
    case = make_case()
    with pytest.raises(NotAllowed):
        VERBS[verb](case, WORKER)
