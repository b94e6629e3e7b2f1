"""Two reports that share a number find each other, and the table does not say which number it is."""

import uuid

import pytest
from django_q.models import OrmQ

from nums_wagtail.foundation.errors import KeyMissing
from nums_wagtail.reports import additions, tagging, tasks
from nums_wagtail.reports.access import sharing_identifier
from nums_wagtail.reports.intake import accept_report
from nums_wagtail.reports.models import Report, SuspectTag
from nums_wagtail.test.reports_factories import make_report, make_submission
from nums_wagtail.vault.data_keys import shred
from nums_wagtail.vault.holders import TeamHolder

pytestmark = pytest.mark.django_db


@pytest.mark.promise("P110")
def test_one_number_written_in_two_ways_is_shared():
    first = make_report(tagged=True, answers={"phone": "07700 900412", "vehicle_plate": "YX19"})
    second = make_report(tagged=True, answers={"phone": "+44 7700 900412", "vehicle_plate": "yx 19"})
    make_report(tagged=True, answers={"phone": "07700 900413"})
    assert sharing_identifier(first) == [(second.pk, ("phone", "plate"))]


@pytest.mark.promise("P109")
def test_the_reporters_own_contact_gets_no_tag():
    make_report(tagged=True, answers={"reporter_contact": "07700 900412", "reporter_name": "Wren"})
    assert not SuspectTag.objects.exists()


def test_the_same_value_as_another_kind_is_not_shared():
    first = make_report(tagged=True, answers={"username": "nightcaller"})
    make_report(tagged=True, answers={"person_name": "nightcaller"})
    assert sharing_identifier(first) == []


def test_the_sweep_tags_what_no_task_reached():
    report = make_report(answers={"phone": "07700 900412"})
    assert not report.tagged
    tasks.tag_missing()
    report.refresh_from_db()
    assert report.tagged
    assert SuspectTag.objects.filter(report=report, kind="phone").count() == 1


def test_a_report_that_cannot_be_opened_stops_no_other():
    broken = make_report(answers={"phone": "07700 900413"})
    whole = make_report(answers={"phone": "07700 900412"})
    shred([broken.data_key])
    with pytest.raises(KeyMissing):
        tagging.tag_missing()
    assert Report.objects.get(pk=whole.pk).tagged


def test_running_it_twice_or_for_a_deleted_report_does_no_harm():
    report = make_report(answers={"phone": "07700 900412"})
    tasks.make_tags(str(report.uuid))
    tasks.make_tags(str(report.uuid))
    tasks.make_tags(str(uuid.uuid4()))
    assert SuspectTag.objects.count() == 1


def test_words_sent_later_are_tagged_too():
    submission = make_submission(answers={"phone": "07700 900412"})
    accepted = accept_report(submission)
    tasks.make_tags(str(accepted.report_uuid))
    again = make_submission(
        answers={"phone": "07700 900413"}, form_id=submission.form_id, receipt=submission.receipt
    )
    accept_report(again)
    tasks.make_tags(str(accepted.report_uuid))
    assert SuspectTag.objects.filter(report__uuid=accepted.report_uuid).count() == 2


def test_a_report_that_names_nothing_is_opened_by_no_worker(django_capture_on_commit_callbacks):
    """Nor one whose number is too short to be compared."""
    with django_capture_on_commit_callbacks(execute=True):
        make_report()
        make_report(answers={"phone": "12"})
        assert set(Report.objects.values_list("tagged", flat=True)) == {True}
    assert not OrmQ.objects.exists()
    with django_capture_on_commit_callbacks(execute=True):
        named = make_report(answers={"phone": "07700 900412"})
    assert not named.tagged
    assert OrmQ.objects.count() == 1


def test_what_is_added_later_is_looked_at_again():
    report = make_report()
    additions.add_words(report, "His number ends in 412.", holder=TeamHolder())
    assert not Report.objects.get().tagged
