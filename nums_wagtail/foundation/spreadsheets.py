"""Spreadsheets for staff, made in memory alone: no part of one is written to a disk, and nothing in one is run.

What stands in them, who may take one and its entry in the register are other modules' business.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from django.views.decorators.debug import sensitive_variables
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.writer.excel import ExcelWriter
from wagtail.admin.views.mixins import ExcelDateFormatter, SpreadsheetExportMixin

#: A program for spreadsheets runs what begins so, whoever wrote it.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def would_run(value: str) -> bool:
    """Whether a program for spreadsheets could take it for a formula. A mark alone runs nothing."""
    return len(value) > 1 and value.startswith(FORMULA)


class _WriterInMemory(ExcelWriter):
    """openpyxl puts every sheet into a file for all to find, and leaves it there when something goes wrong."""

    def write_worksheet(self, ws: Any) -> None:
        ws.close()
        ws._rels = ws._writer._rels
        self._archive.writestr(ws.path[1:], ws._writer.out.getvalue())
        self.manifest.append(ws)


class SpreadsheetMixin(SpreadsheetExportMixin):
    """Wagtail's way to a spreadsheet, for words that somebody else typed."""

    def preprocess_field_value(self, field: str, value: Any, export_format: str) -> Any:
        value = super().preprocess_field_value(field, value, export_format)
        if not isinstance(value, str):
            return value
        if export_format == self.FORMAT_XLSX:
            # The error that openpyxl raises for them would carry the words into the log.
            return ILLEGAL_CHARACTERS_RE.sub("", value)
        # An XLSX cell says that it is text; a CSV file cannot.
        return f"'{value}" if would_run(value) else value

    def generate_xlsx_row(
        self, worksheet: Any, row_dict: Mapping[str, Any], date_format: str | None = None
    ) -> Iterator[Any]:
        for cell in super().generate_xlsx_row(worksheet, row_dict, date_format):
            # Without it a cell becomes a formula once somebody edits it or saves it as CSV.
            cell.quotePrefix = isinstance(cell.value, str) and would_run(cell.value)
            yield cell

    @sensitive_variables()
    def write_xlsx(self, queryset: Any, output: BytesIO) -> None:
        workbook = Workbook(write_only=True, iso_dates=True)
        sheet = workbook.create_sheet(title="Sheet1")
        sheet._writer = WorksheetWriter(sheet, BytesIO())
        sheet._writer.write_top()
        sheet.append([self.get_heading(queryset, field) for field in self.list_export])
        date_format = ExcelDateFormatter().get()
        for item in queryset:
            sheet.append(self.generate_xlsx_row(sheet, self.to_row_dict(item), date_format=date_format))
        _WriterInMemory(workbook, ZipFile(output, "w", ZIP_DEFLATED)).save()
