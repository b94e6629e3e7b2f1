"""What staff take away as a spreadsheet is made in memory, and nothing in it is run or breaks the file."""

from __future__ import annotations

import csv
import io
import tempfile
from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from nums_wagtail.foundation.models import ExportRecord
from nums_wagtail.foundation.spreadsheets import SpreadsheetMixin
from nums_wagtail.test.people_factories import make_staff

#: What a spreadsheet could run, break at, or read as something else.
HOSTILE = ["=1+1", "+44 1", "-2+3", "@SUM(1)", "\tx", "a\x01b", "\u202etxt", "<script>", "plain", "-", "01234", ""]


class Listed(SpreadsheetMixin):
    list_export = ["said"]

    def to_row_dict(self, item):
        return {"said": item}

    def bytes_of(self, rows, form):
        return b"".join(self.as_spreadsheet(rows, form).streaming_content)


def cells_of(data):
    return [row[0] for row in load_workbook(io.BytesIO(data)).active.iter_rows(min_row=2)]


def test_words_come_back_as_they_are_and_none_is_a_formula():
    cells = cells_of(Listed().bytes_of(HOSTILE, "xlsx"))
    assert [cell.value or "" for cell in cells] == [one.replace("\x01", "") for one in HOSTILE]
    assert {cell.data_type for cell in cells if cell.value} == {"s"}
    kept_as_text = {cell.value for cell in cells if cell.quotePrefix}
    assert kept_as_text == {"=1+1", "+44 1", "-2+3", "@SUM(1)", "\tx"}


def test_a_csv_file_puts_a_mark_before_what_would_be_run_and_changes_nothing_else():
    listed = [
        row[0] for row in csv.reader(io.StringIO(Listed().bytes_of(HOSTILE[:-1], "csv").decode(), newline=""))
    ]
    marked = {"=1+1", "+44 1", "-2+3", "@SUM(1)", "\tx"}
    assert listed[1:] == [f"'{one}" if one in marked else one for one in HOSTILE[:-1]]


def test_numbers_and_times_stay_what_they_are():
    moment = datetime(2026, 3, 4, 12, 30, tzinfo=UTC)
    number, time = cells_of(Listed().bytes_of([-3, moment], "xlsx"))
    assert (number.value, number.data_type) == (-3, "n")
    assert time.value == moment.replace(tzinfo=None)


@pytest.mark.promise("P145")
def test_no_part_of_a_spreadsheet_is_written_to_a_disk(monkeypatch, tmp_path):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "there is no such folder"))
    with pytest.raises(FileNotFoundError):
        tempfile.NamedTemporaryFile()
    assert len(cells_of(Listed().bytes_of(HOSTILE * 500, "xlsx"))) == len(HOSTILE) * 500


@pytest.mark.django_db
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_register_survives_what_was_written_as_a_reason(form):
    ExportRecord.objects.create(what="reports", rows=1, reason="=HYPERLINK(1)\x01")
    auditor = Client()
    auditor.force_login(make_staff("auditor"))
    taken = auditor.get(reverse("registers_exports_modeladmin_index"), {"export": form})
    data = b"".join(taken.streaming_content)
    if form == "csv":
        assert "'=HYPERLINK(1)" in data.decode()
    else:
        last = [row[4] for row in load_workbook(io.BytesIO(data)).active.iter_rows(min_row=2)][-1]
        assert (last.value, last.data_type) == ("=HYPERLINK(1)", "s")
