"""Taking a report in: once, sealed, with consents and a receipt."""

import datetime as dt
import uuid

import pytest
from django.db import IntegrityError
from wagtail.models import ModelLogEntry

from nums_wagtail.foundation.actors import Actor
from nums_wagtail.foundation.errors import BadInput, VaultError
from nums_wagtail.reports import consent, intake
from nums_wagtail.reports.access import find_by_receipt, open_report
from nums_wagtail.reports.intake import accept_report
from nums_wagtail.reports.models import ConsentEvent, Report, ReportVersion
from nums_wagtail.reports.signals import report_received
from nums_wagtail.test.people_factories import make_staff
from nums_wagtail.test.reports_factories import make_region, make_submission
from nums_wagtail.vault.holders import TeamHolder
from nums_wagtail.vault.models import DataKey
from nums_wagtail.vault.receipts import new_receipt

pytestmark = pytest.mark.django_db


@pytest.fixture
def caseworker():
    return Actor.person(make_staff("caseworker"))


def opened(report, by):
    return open_report(TeamHolder(), report, by=by, why="case")


def test_a_caseworker_reads_what_was_sent(caseworker):
    answers = {"categories": ["robbery", "weapon"], "phone": "07700 900412", "urgent": "yes", "town": "Exampleton"}
    accepted = accept_report(make_submission(answers=answers))
    said = opened(accepted.report_uuid, caseworker).answers
    assert said.text("categories") == "Robbery, Weapon shown or used"
    assert said.value("town") == "Exampleton"
    groups = [part.group.key for part in said.lines()]
    assert groups == ["incident", "place", "online"]


@pytest.mark.promise("P102")
def test_the_table_knows_the_day_and_the_sealed_part_the_time(caseworker):
    at = dt.datetime(2026, 3, 2, 21, 45, 12, tzinfo=dt.UTC)
    accepted = accept_report(make_submission(received_at=at, answers={"when": "last_night"}))
    report = Report.objects.get(uuid=accepted.report_uuid)
    assert (report.received_on, report.incident_on) == (dt.date(2026, 3, 2), dt.date(2026, 3, 1))
    assert opened(report, caseworker).answers.received_at == at


@pytest.mark.promise("P102")
def test_the_log_of_an_intake_carries_the_day_alone():
    at = dt.datetime(2026, 3, 2, 21, 45, tzinfo=dt.UTC)
    accept_report(make_submission(received_at=at))
    entry = ModelLogEntry.objects.get(action="nums.reports.received")
    assert entry.timestamp == dt.datetime(2026, 3, 2, 0, 0, tzinfo=dt.UTC)
    assert entry.user_id is None


def test_the_receipt_finds_the_report():
    submission = make_submission()
    accepted = accept_report(submission)
    _holder, report = find_by_receipt(accepted.receipt)
    assert report.uuid == accepted.report_uuid
    assert find_by_receipt(new_receipt()) is None


def test_send_and_warn_others_is_a_yes_to_alert_and_checker_alone():
    accepted = accept_report(make_submission(warn=True))
    report = Report.objects.get(uuid=accepted.report_uuid)
    said = {str(event.purpose): event.answer for event in ConsentEvent.objects.filter(report=report)}
    assert said.pop("alert") == said.pop("checker") == "yes"
    assert set(said.values()) == {"ask"}
    assert consent.allows(report, consent.Purpose.ALERT)
    assert consent.allows(report, consent.Purpose.POLICE_NAMED) is None


def test_only_tell_the_team_is_a_no():
    accepted = accept_report(make_submission(warn=False))
    report = Report.objects.get(uuid=accepted.report_uuid)
    assert consent.allows(report, consent.Purpose.ALERT) is None
    assert consent.standing(report)[consent.Purpose.CHECKER].answer == "no"


def test_the_same_form_twice_is_one_report_with_one_receipt():
    submission = make_submission()
    first, second = accept_report(submission), accept_report(submission)
    assert (first.report_uuid, first.receipt) == (second.report_uuid, second.receipt)
    assert second.again
    assert (
        Report.objects.count(),
        ReportVersion.objects.count(),
        DataKey.objects.filter(kind="report").count(),
    ) == (1, 1, 1)


def test_the_same_form_with_more_words_loses_neither(caseworker):
    submission = make_submission(what_happened="He took my phone.")
    accept_report(submission)
    more = make_submission(
        what_happened="He took my phone. And my bag.",
        warn=False,
        form_id=submission.form_id,
        receipt=submission.receipt,
        answers={"urgent": "yes"},
    )
    accepted = accept_report(more)
    found = opened(accepted.report_uuid, caseworker)
    assert [one.text("what_happened") for one in found.versions] == [
        "He took my phone.",
        "He took my phone. And my bag.",
    ]
    assert found.report.urgent
    assert consent.allows(found.report, consent.Purpose.ALERT) is None


@pytest.mark.promise("P105")
def test_two_sendings_in_one_moment_are_one_report(monkeypatch):
    """This one looks before the other one is stored: the database refuses, and the second look finds it."""
    submission = make_submission()
    first = accept_report(submission)
    looks = [Report.objects.none, Report.objects.select_for_update]
    monkeypatch.setattr(Report.objects, "select_for_update", lambda: looks.pop(0)())
    accepted = accept_report(submission)
    assert accepted.again
    assert (accepted.report_uuid, Report.objects.count()) == (first.report_uuid, 1)


def test_a_key_left_behind_by_a_crash_is_used_again():
    from nums_wagtail.vault.data_keys import KeyKind, create_for_team

    submission = make_submission()
    create_for_team(KeyKind.REPORT, submission.receipt)
    accepted = accept_report(submission)
    assert not accepted.again
    assert DataKey.objects.filter(kind="report").count() == 1


def test_a_database_that_refuses_says_so_without_values(monkeypatch):
    def refuse(*args, **kwargs):
        raise IntegrityError("Key (words)=(secret words) exists")

    monkeypatch.setattr(Report, "save", refuse)
    with pytest.raises(intake.NotSent) as caught:
        accept_report(make_submission())
    assert "secret" not in repr(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None


@pytest.mark.promise("P004")
def test_without_keys_nothing_is_stored(settings):
    make_region()
    settings.NUMS_WAGTAIL = {**settings.NUMS_WAGTAIL, "SITE_KEYS": []}
    with pytest.raises(VaultError):
        accept_report(make_submission())
    assert Report.objects.count() == ReportVersion.objects.count() == ConsentEvent.objects.count() == 0


@pytest.mark.parametrize(
    "answers",
    [{"what_happened": " \n "}, {"categories": ["made_up"]}, {"when": "sometime"}, {"no_such_question": "x"}],
)
def test_intake_itself_refuses_what_fits_no_question(answers):
    with pytest.raises(BadInput) as caught:
        accept_report(make_submission(answers=answers))
    assert list(caught.value.fields) == list(answers)


@pytest.mark.promise("P027")
def test_later_rooms_hear_of_it_after_the_commit(django_capture_on_commit_callbacks):
    heard = []

    def hears(sender, report, **kwargs):
        heard.append(report.uuid)

    report_received.connect(hears)
    try:
        with django_capture_on_commit_callbacks() as callbacks:
            accepted = accept_report(make_submission())
        assert heard == []
        callbacks[0]()
        assert heard == [accepted.report_uuid]
    finally:
        report_received.disconnect(hears)


def test_a_receiver_that_fails_takes_no_report_back(django_capture_on_commit_callbacks, caplog):
    def fails(sender, report, **kwargs):
        raise RuntimeError("his words")

    report_received.connect(fails)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            accepted = accept_report(make_submission())
    finally:
        report_received.disconnect(fails)
    assert Report.objects.filter(uuid=accepted.report_uuid).exists()
    assert "RuntimeError" in caplog.text


@pytest.mark.promise("P104")
def test_nothing_of_a_submission_shows_in_a_log():
    submission = make_submission(what_happened="He rang from a van.")
    assert "van" not in repr(submission) + repr(accept_report(submission))


@pytest.mark.promise("P114")
def test_ids_are_random():
    accepted = accept_report(make_submission())
    assert isinstance(accepted.report_uuid, uuid.UUID)
    assert accepted.report_uuid.version == 4
