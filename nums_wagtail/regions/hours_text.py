"""Staffed hours as people write them ("09:00-13:00, 14:00-17:00") and as they are stored, and back.

When somebody next reads reports is worked out in ``hours``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.dates import WEEKDAYS as WEEKDAY_NAMES
from django.utils.translation import gettext_lazy as _

#: Stored names of the days, Monday first as in ``date.weekday()``.
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

#: Minutes of a day; also how the end of a day, 24:00, is counted.
DAY = 24 * 60

Stored = list[list[str]]

_TIME = r"(\d{1,2})(?:[:.](\d{2}))?"
_SPAN = re.compile(rf"{_TIME}\s*[-–—]\s*{_TIME}")


def weekday_name(number: int) -> str:
    """The translated name of a day; Monday is 0."""
    return str(WEEKDAY_NAMES[number])


def minutes(text: str) -> int:
    """Minutes since midnight of a stored time such as ``09:00``; 24:00 is the end of the day."""
    hours, _colon, rest = text.partition(":")
    return int(hours) * 60 + int(rest)


def parse_day(text: str) -> Stored:
    """Read one day's line into pairs of times, earliest first. An empty line is a day when nobody reads.

    Raises ValidationError with words that say how to write it.
    """
    spans: Stored = []
    for part in filter(None, (piece.strip() for piece in re.split(r"[,;\n]", text))):
        found = _SPAN.fullmatch(part)
        if not found:
            raise ValidationError(
                _("Write each time as 09:00-13:00, with a comma between two of them."), code="not_hours"
            )
        spans.append([_clock(*found.group(1, 2)), _clock(*found.group(3, 4))])
    spans.sort()
    _check_order(spans)
    return spans


def _clock(hours: str, rest: str | None) -> str:
    value = int(hours) * 60 + int(rest or 0)
    if int(rest or 0) > 59 or value > DAY:
        raise ValidationError(_("A time must lie between 00:00 and 24:00."), code="no_such_time")
    return f"{value // 60:02}:{value % 60:02}"


def _check_order(spans: Stored) -> None:
    for start, end in spans:
        if start >= end:
            raise ValidationError(
                _(
                    "The end must come after the beginning. For a night, write 22:00-24:00 here and 00:00-06:00 on "
                    "the next day."
                ),
                code="backwards",
            )
    for (_start, end), (start, _end) in zip(spans, spans[1:], strict=False):
        if start < end:
            raise ValidationError(_("Two of these times overlap."), code="overlap")


def format_day(spans: Stored) -> str:
    """The line that ``parse_day`` reads back into ``spans``."""
    return ", ".join(f"{start}-{end}" for start, end in spans)


def validate_hours(value: Any) -> None:
    """Raises ValidationError unless ``value`` is a week as ``StaffedHours.hours`` stores it."""
    wrong = ValidationError(
        _("Hours must be given for each weekday as pairs of times such as 09:00 and 17:00."), code="not_a_week"
    )
    if not isinstance(value, Mapping) or not set(value) <= set(WEEKDAYS):
        raise wrong
    for spans in value.values():
        if not isinstance(spans, list):
            raise wrong
        for span in spans:
            if not isinstance(span, list) or len(span) != 2 or not all(isinstance(time, str) for time in span):
                raise wrong
        if parse_day(format_day(spans)) != spans:
            raise wrong


def parse_closed_days(text: str) -> frozenset[date]:
    """Read one date a line. Raises ValidationError that names the line."""
    days = set()
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            days.add(date.fromisoformat(line.strip()))
        except ValueError:
            raise ValidationError(
                _("Line %(line)s is no date. Write the year first, for example 2030-12-25."),
                code="not_a_date",
                params={"line": number},
            ) from None
    return frozenset(days)


def validate_closed_days(value: str) -> None:
    parse_closed_days(value)
