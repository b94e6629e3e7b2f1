"""When something happened, from "last night" or a date as people write it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from nums_wagtail.regions.packs import country_pack

#: Nobody reports what happened longer ago; such a year is a slip.
EARLIEST_YEAR = 1930

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


class Precision(TextChoices):
    DAY = "day", _("that day")
    WEEK = "week", _("about then")
    UNKNOWN = "unknown", _("not known")


@dataclass(frozen=True)
class IncidentDate:
    """The day, or None, and how sure it is."""

    on: date | None = None
    precision: Precision = Precision.UNKNOWN

    def as_document(self) -> dict[str, str | None]:
        return {"on": self.on.isoformat() if self.on else None, "precision": str(self.precision)}

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> IncidentDate:
        on = document.get("on")
        return cls(date.fromisoformat(on) if on else None, Precision(document.get("precision", "unknown")))


def local_day(at: datetime) -> date:
    """The day that a calendar in the scheme's country shows at ``at``."""
    return at.astimezone(country_pack().zone).date()


def incident_date(answers: Mapping[str, Any], received_at: datetime) -> IncidentDate:
    """Work out the day from the answers to "when" and "on what date", counted from when the report came in."""
    today = local_day(received_at)
    if typed := answers.get("when_date"):
        return IncidentDate(date.fromisoformat(typed), Precision.DAY)
    match answers.get("when"):
        case "tonight":
            return IncidentDate(today, Precision.DAY)
        case "last_night":
            return IncidentDate(today - timedelta(days=1), Precision.DAY)
        case "this_week":
            return IncidentDate(today - timedelta(days=3), Precision.WEEK)
    return IncidentDate()


def parse_day(text: str, today: date) -> date:
    """Read a day written day first ("27 3 2026", "27/3", "3 March") or year first; without a year, the last such.

    Raises ValueError for what is no day, and for one that has not come or lies before 1930.
    """
    found = _parts(text.casefold())
    if found is None:
        raise ValueError("not a date")
    year, month, day = found
    if year is None:
        this_year = date(today.year, month, day) if (month, day) != (2, 29) else _last_leap_day(today)
        found_day = this_year if this_year <= today else date(this_year.year - 1, month, day)
    else:
        found_day = date(year if year > 99 else 2000 + year, month, day)
    if not date(EARLIEST_YEAR, 1, 1) <= found_day <= today:
        raise ValueError("out of range")
    return found_day


def _last_leap_day(today: date) -> date:
    for year in range(today.year, today.year - 9, -1):
        try:
            leap = date(year, 2, 29)
        except ValueError:
            continue
        if leap <= today:
            return leap
    raise ValueError("not a date")


def _parts(text: str) -> tuple[int | None, int, int] | None:
    # ASCII digits only: a form on a foreign keyboard may send others, and those are answered beside the field.
    number = r"(\d{1,2})"
    if year_first := re.fullmatch(rf"\s*(\d{{4}})[-/. ]{number}[-/. ]{number}\s*", text, re.ASCII):
        year, month, day = (int(part) for part in year_first.groups())
        return year, month, day
    if digits := re.fullmatch(rf"\s*{number}[-/. ]+{number}(?:[-/. ]+(\d{{4}}|\d{{2}}))?\.?\s*", text, re.ASCII):
        day_text, month_text, year_text = digits.groups()
        return int(year_text) if year_text else None, int(month_text), int(day_text)
    if named := re.fullmatch(
        rf"\s*{number}(?:st|nd|rd|th|\.)?\s*([a-z]{{3,9}})\.?,?(?:\s*(\d{{4}}|\d{{2}}))?\s*", text, re.ASCII
    ):
        day_text, name, year_text = named.groups()
        if name[:3] in _MONTHS:
            return int(year_text) if year_text else None, _MONTHS.index(name[:3]) + 1, int(day_text)
    return None
