"""Shredding proved on the bytes that lie on disk: without its data key no backup of the content can be read."""

import os
import subprocess
from collections.abc import Iterable
from glob import glob
from pathlib import Path

import pytest
from django.core import serializers
from django.db import connection

from nums_wagtail.foundation.actors import LEDGER, Actor
from nums_wagtail.foundation.errors import KeyMissing
from nums_wagtail.reports import access
from nums_wagtail.reports.models import Report, ReportVersion
from nums_wagtail.test.people_factories import make_staff
from nums_wagtail.test.reports_factories import accept
from nums_wagtail.vault.holders import TeamHolder
from nums_wagtail.vault.models import DataKey
from nums_wagtail.vault.router import keys_alias
from nums_wagtail.vault.sweeping import empty_write_ahead_log


def wrappings(report: Report) -> list[bytes]:
    """Everything in the report's row of keys that somebody could open."""
    row = DataKey.objects.using(keys_alias()).get(pk=report.data_key)
    return [bytes(row.wrapped_team), bytes(row.wrapped_receipt), bytes(row.receipt_lookup)]


def on_disk(file: Path) -> bytes:
    """The database, its write-ahead log and its shared memory."""
    return b"".join(Path(name).read_bytes() for name in sorted(glob(f"{file}*")))


def are_in(raw: bytes, values: Iterable[bytes]) -> list[bool]:
    return [value in raw for value in values]


def backup_of_content() -> list[str]:
    return [serializers.serialize("json", model.objects.all()) for model in (Report, ReportVersion)]


def restore(backup: list[str]) -> Report:
    for part in backup:
        for row in serializers.deserialize("json", part):
            row.save()
    return Report.objects.get()


def nobody_reads(report: Report, receipt) -> bool:
    """Neither the team nor the reporter."""
    by = Actor.person(make_staff("caseworker"))
    with pytest.raises(KeyMissing):
        access.open_report(TeamHolder(), report, by=by, why="case")
    return access.find_by_receipt(receipt) is None


@pytest.mark.promise("P008")
def test_on_sqlite_no_byte_of_the_key_is_left_in_the_file_or_its_log(keys_database):
    accepted = accept()
    report = Report.objects.get()
    sought, backup = wrappings(report), backup_of_content()
    assert access.find_by_receipt(accepted.receipt)
    assert are_in(on_disk(keys_database), sought) == [True] * 3, "the search finds what is there"
    access.delete_report(report, by=LEDGER)
    assert any(are_in(on_disk(keys_database), sought)), "deleting alone leaves it in the log"
    assert empty_write_ahead_log()
    assert are_in(on_disk(keys_database), sought) == [False] * 3
    assert nobody_reads(restore(backup), accepted.receipt)


def test_the_daily_sweep_empties_the_log(keys_database):
    from nums_wagtail.foundation import clocks

    accept()
    report = Report.objects.get()
    sought = wrappings(report)
    access.delete_report(report, by=LEDGER)
    clocks.run_all()
    assert are_in(on_disk(keys_database), sought) == [False] * 3


def dumped() -> bytes:
    known = connection.settings_dict
    tool = sorted(glob("/usr/lib/postgresql/*/bin/pg_dump"))[-1]
    environment = {
        **os.environ,
        "PGHOST": str(known["HOST"]),
        "PGPORT": str(known["PORT"]),
        "PGUSER": known["USER"],
        "PGPASSWORD": known["PASSWORD"],
    }
    done = subprocess.run([tool, known["NAME"]], env=environment, capture_output=True, check=True, timeout=120)
    return done.stdout


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="needs PostgreSQL")
@pytest.mark.promise("P008")
def test_on_postgresql_no_byte_of_the_key_is_in_a_dump():
    accepted = accept()
    report = Report.objects.get()
    sought = [value.hex().encode() for value in wrappings(report)]
    backup = backup_of_content()
    assert are_in(dumped(), sought) == [True] * 3, "the search finds what is there"
    access.delete_report(report, by=LEDGER)
    assert are_in(dumped(), sought) == [False] * 3
    assert nobody_reads(restore(backup), accepted.receipt)
