"""The one door: who opens a report, what is remembered, and how one is deleted."""

import uuid

import pytest
from wagtail.models import ModelLogEntry

from nums_wagtail.foundation.actors import CLOCK, INTAKE, WORKER, Actor
from nums_wagtail.foundation.errors import CannotOpen, NotAllowed, NotThere
from nums_wagtail.reports import access
from nums_wagtail.reports.models import ConsentEvent, Report, ReportVersion
from nums_wagtail.reports.receipts import set_status, view_of
from nums_wagtail.reports.signals import report_deleted
from nums_wagtail.test.people_factories import make_staff, make_superuser
from nums_wagtail.test.reports_factories import WHAT_HAPPENED, accept, make_report
from nums_wagtail.vault.holders import TeamHolder
from nums_wagtail.vault.models import DataKey

pytestmark = pytest.mark.django_db


@pytest.fixture
def caseworker():
    return Actor.person(make_staff("caseworker"))


def look(report, by):
    return access.open_report(TeamHolder(), report, by=by, why="case")


@pytest.mark.promise("P112")
def test_a_caseworker_opens_it_and_the_look_is_remembered(caseworker):
    report = make_report()
    for way in (report, report.uuid, report.pk):
        assert look(way, caseworker).answers.text("what_happened") == WHAT_HAPPENED
    entries = ModelLogEntry.objects.filter(action="nums.reports.opened")
    assert [(entry.user_id, entry.data) for entry in entries] == [(caseworker.user_id, {"why": "case"})] * 3
    assert all(WHAT_HAPPENED not in entry.label for entry in entries)


@pytest.mark.parametrize("group", ["approver", "auditor", "regional_editor", "administrator", "membership"])
@pytest.mark.promise("P112")
def test_others_of_the_scheme_find_nothing(group):
    with pytest.raises(NotThere):
        look(make_report(), Actor.person(make_staff(group)))


@pytest.mark.promise("P020")
def test_a_superuser_finds_nothing_and_leaves_no_trace_of_opening():
    with pytest.raises(NotThere):
        look(make_report(), Actor.person(make_superuser()))
    assert not ModelLogEntry.objects.filter(action="nums.reports.opened").exists()


@pytest.mark.promise("P025")
def test_machines_find_nothing_either():
    with pytest.raises(NotThere):
        look(make_report(), WORKER)


@pytest.mark.promise("P023")
def test_not_there_and_not_yours_look_the_same(caseworker):
    with pytest.raises(NotThere) as missing:
        look(uuid.uuid4(), caseworker)
    with pytest.raises(NotThere) as refused:
        look(make_report(), WORKER)
    assert repr(missing.value) == repr(refused.value)


@pytest.mark.promise("P001")
def test_words_moved_to_another_report_do_not_open(caseworker):
    one, other = make_report(what_happened="One."), make_report(what_happened="Other.")
    envelope = ReportVersion.objects.get(report=one).envelope
    ReportVersion.objects.filter(report=other).update(envelope=envelope)
    with pytest.raises(CannotOpen):
        look(other, caseworker)


def test_an_opened_report_shows_nothing_in_a_log(caseworker):
    opened = look(make_report(), caseworker)
    assert WHAT_HAPPENED not in repr(opened) + repr(opened.answers) + str(opened.report)


def test_casework_is_told_which_reports_it_lacks():
    first, second = make_report(), make_report()
    assert list(access.reports_without_case([first.pk])) == [second]


@pytest.mark.promise("P111")
def test_deleting_shreds_the_key_and_every_row():
    report, key = make_report(tagged=True, answers={"phone": "07700 900412"}), None
    key = report.data_key
    told = []

    def hears(sender, report, **kwargs):
        told.append(Report.objects.filter(pk=report.pk).exists())

    report_deleted.connect(hears)
    try:
        access.delete_report(report, by=CLOCK)
    finally:
        report_deleted.disconnect(hears)
    assert told == [True]
    assert not DataKey.objects.filter(pk=key).exists()
    assert Report.objects.count() == ReportVersion.objects.count() == ConsentEvent.objects.count() == 0


@pytest.mark.promise("P111")
def test_a_deleted_reports_receipt_opens_nothing():
    accepted = accept()
    access.delete_report(Report.objects.get(uuid=accepted.report_uuid), by=CLOCK)
    assert access.find_by_receipt(accepted.receipt) is None


@pytest.mark.parametrize("by", ["approver", INTAKE, WORKER])
def test_not_everybody_deletes(by):
    actor = by if isinstance(by, Actor) else Actor.person(make_staff(by))
    with pytest.raises(NotAllowed):
        access.delete_report(make_report(), by=actor)


def test_the_status_is_what_the_reporter_reads(caseworker):
    report = make_report()
    set_status(report, Report.Status.OPENED, by=caseworker)
    assert "is reading" in str(view_of(report).status)
    set_status(report, Report.Status.WARNED, by=Actor.person(make_staff("approver")))
    set_status(report, Report.Status.OPENED, by=caseworker)
    assert Report.objects.get(pk=report.pk).status == Report.Status.WARNED


def test_somebody_without_a_part_in_it_sets_no_status():
    with pytest.raises(NotAllowed):
        set_status(make_report(), Report.Status.CLOSED, by=Actor.person(make_staff("auditor")))
