"""Data keys in a database of their own: what is committed first, what a rollback or a crash leaves behind."""

import pytest
from django.db import DatabaseError, connections, transaction

from nums_wagtail.foundation.actors import LEDGER, Actor
from nums_wagtail.foundation.errors import KeyMissing
from nums_wagtail.reports import access, documents, signals
from nums_wagtail.reports.cleaning.kinds import Clean
from nums_wagtail.reports.evidence import Prepared, PreparedFile, add_files
from nums_wagtail.reports.intake import accept_report
from nums_wagtail.reports.models import EvidenceFile, Report
from nums_wagtail.test.casework_factories import make_case
from nums_wagtail.test.members_factories import make_member
from nums_wagtail.test.people_factories import make_staff
from nums_wagtail.test.reports_factories import make_report, make_submission
from nums_wagtail.vault import data_keys
from nums_wagtail.vault.checks import check_keys_are_committed_first
from nums_wagtail.vault.holders import TeamHolder
from nums_wagtail.vault.models import DataKey, TeamKey

pytestmark = pytest.mark.usefixtures("keys_database")


def keys(*kinds: str) -> int:
    rows = DataKey.objects.using("keys")
    return rows.filter(kind__in=kinds).count() if kinds else rows.count()


@pytest.mark.promise("P015")
def test_only_the_vaults_tables_are_in_the_database_of_keys():
    tables = set(connections["keys"].introspection.table_names())
    assert {DataKey._meta.db_table, TeamKey._meta.db_table} < tables
    assert {table for table in tables if not table.startswith("nums_vault_")} <= {"django_migrations"}


def test_a_report_a_case_and_a_member_keep_their_keys_there():
    case, member = make_case(note="Rang back."), make_member()
    assert not DataKey.objects.using("default").exists()
    assert keys("report", "case", "member") == 3
    by = Actor.person(make_staff("caseworker"))
    assert access.open_report(TeamHolder(), Report.objects.get(), by=by, why="case").answers.text("what_happened")
    member.refresh_from_db()
    assert "@" in member.email
    assert case.data_key != member.data_key


@pytest.mark.promise("P015")
def test_the_key_is_committed_before_the_report(monkeypatch):
    def crash(*args, **kwargs):
        assert keys() == 1, "the key stands before anything of the report"
        raise DatabaseError()

    submission = make_submission()
    with monkeypatch.context() as broken:
        broken.setattr(documents, "add_version", crash)
        with pytest.raises(DatabaseError):
            accept_report(submission)
    assert not Report.objects.exists()
    accept_report(submission)
    assert keys("report") == 1, "the same form sent again uses the key that was left"


def test_a_deletion_that_is_rolled_back_leaves_the_report_readable():
    report = make_report()
    with transaction.atomic():
        data_keys.shred_with_record([report.data_key])
        report.delete()
        transaction.set_rollback(True)
    assert documents.open_versions(Report.objects.get(), TeamHolder())


def test_a_deletion_stopped_by_what_rests_on_the_report_loses_nothing():
    report = make_report()

    def refuse(sender, **kwargs):
        raise DatabaseError()

    signals.report_deleted.connect(refuse)
    try:
        with pytest.raises(DatabaseError):
            access.delete_report(report, by=LEDGER)
    finally:
        signals.report_deleted.disconnect(refuse)
    assert documents.open_versions(Report.objects.get(), TeamHolder())


@pytest.mark.promise("P015", "P111")
def test_a_deleted_report_has_no_key_any_more():
    case = make_case(note="Rang back.")
    report = Report.objects.get()
    access.delete_report(report, by=LEDGER)
    assert not Report.objects.exists()
    assert keys() == 0, "neither the report's nor that of the case that rested on it"
    with pytest.raises(KeyMissing):
        data_keys.open_key(TeamHolder(), case.data_key)


@pytest.mark.promise("P111")
def test_a_file_that_an_old_backup_brings_back_opens_no_more():
    report = make_report()
    clean = Clean(b"harmless", "png", {})
    kept = Prepared((PreparedFile("one.png", "image/png", "", clean),))
    (file,) = add_files(report, data_keys.open_key(TeamHolder(), report.data_key), kept).files
    by = Actor.person(make_staff("caseworker"))
    assert access.open_file(TeamHolder(), file.uuid, by=by, why="case").content == b"harmless"
    backup = Report.objects.get()
    access.delete_report(report, by=LEDGER)
    assert not EvidenceFile.objects.exists()
    backup.save(force_insert=True)
    file.report = backup
    file.save(force_insert=True)
    with pytest.raises(KeyMissing):
        access.open_file(TeamHolder(), file.uuid, by=by, why="case")


def test_in_one_database_the_key_falls_with_its_report_and_stands_with_it(settings, db):
    settings.NUMS_WAGTAIL = {**settings.NUMS_WAGTAIL, "KEYS_DATABASE": "default"}
    report = make_report()
    with transaction.atomic():
        data_keys.shred_with_record([report.data_key])
        assert not data_keys.exists(report.data_key)
        transaction.set_rollback(True)
    assert data_keys.exists(report.data_key)


def test_a_request_s_transaction_on_the_keys_is_an_error(settings):
    assert check_keys_are_committed_first(None) == []
    settings.DATABASES["keys"]["ATOMIC_REQUESTS"] = True
    assert [found.id for found in check_keys_are_committed_first(None)] == ["nums_wagtail.E016"]
