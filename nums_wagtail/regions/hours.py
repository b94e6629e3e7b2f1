"""When somebody next reads reports, and the sentence that says so. How hours are written is in ``hours_text``.

Times of day are local to the country pack's zone. All comparing is done in UTC, because the clocks change.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from .hours_text import DAY, WEEKDAYS, minutes, parse_closed_days, weekday_name
from .packs import country_pack

if TYPE_CHECKING:
    from .models import StaffedHours

#: So short a rest of a stretch may pass without anybody coming to a new report: the next one is said too.
SHORT_REST = timedelta(hours=1)

#: How far ahead a promise is sought; beyond it the page says that it does not know.
HORIZON = timedelta(days=60)


@dataclass(frozen=True)
class Reading:
    """A stretch of time, in UTC, in which somebody reads reports without a gap."""

    start: datetime
    end: datetime


def next_reading(site_hours: StaffedHours, now: datetime) -> datetime | None:
    """When somebody next reads reports: ``now`` itself while somebody does, else an aware local time.

    None when nobody does within 60 days. Raises ValueError when ``now`` has no time zone.
    """
    reading = _current_or_next(site_hours, now)
    if reading is None:
        return None
    return now if reading.start <= now else reading.start.astimezone(country_pack().zone)


def reading_sentence(site_hours: StaffedHours, now: datetime) -> str:
    """One plain sentence in the active language for the report page: when a person reads reports.

    It never says that somebody is reading at this moment: hours are a plan, and nobody sits behind the page. When
    they end soon, it says also when the next ones begin.
    """
    reading = _current_or_next(site_hours, now)
    if reading is None:
        return _("At the moment we cannot say when somebody will next read reports.")
    if reading.start > now:
        return _next_sentence(reading, now)
    after = _current_or_next(site_hours, reading.end) if reading.end - now < SHORT_REST else None
    return _until_sentence(reading, now) if after is None else _until_and_then_sentence(reading, after, now)


def _next_sentence(reading: Reading, now: datetime) -> str:
    zone = country_pack().zone
    when = _when(reading.start.astimezone(zone), now.astimezone(zone))
    return _("The next person reads reports %(when)s.") % {"when": when}


def _until_and_then_sentence(reading: Reading, after: Reading, now: datetime) -> str:
    zone = country_pack().zone
    here, end = now.astimezone(zone), reading.end.astimezone(zone)
    when = _when(after.start.astimezone(zone), here)
    if reading.end == _moment(here.date(), DAY, zone, fold=1):
        return _("We read reports until midnight, then %(when)s.") % {"when": when}
    return _("We read reports until %(time)s, then %(when)s.") % {"time": _clock(end), "when": when}


def _until_sentence(reading: Reading, now: datetime) -> str:
    zone = country_pack().zone
    here, end = now.astimezone(zone), reading.end.astimezone(zone)
    if reading.end - now > timedelta(days=6):
        return _("We read reports day and night.")
    if reading.end == _moment(here.date(), DAY, zone, fold=1):
        return _("We read reports today until midnight.")
    if end.date() == here.date():
        return _("We read reports today until %(time)s.") % {"time": _clock(end)}
    return _("We read reports until %(day)s at %(time)s.") % {
        "day": weekday_name(end.weekday()),
        "time": _clock(end),
    }


def _clock(at: datetime) -> str:
    return f"{at:%H:%M}"


def _when(at: datetime, here: datetime) -> str:
    values = {"day": weekday_name(at.weekday()), "time": _clock(at), "date": date_format(at, "MONTH_DAY_FORMAT")}
    ahead = (at.date() - here.date()).days
    if ahead == 0:
        return _("today at %(time)s") % values
    if ahead < 7:
        return _("on %(day)s at %(time)s") % values
    return _("on %(day)s, %(date)s, at %(time)s") % values


def _current_or_next(site_hours: StaffedHours, now: datetime) -> Reading | None:
    if now.tzinfo is None:
        raise ValueError("next_reading needs an aware time.")
    found: Reading | None = None
    for reading in _readings(site_hours, now.astimezone(country_pack().zone).date()):
        if reading.end <= now:
            continue
        if found is None:
            if reading.start - now > HORIZON:
                return None
            found = reading
        elif reading.start == found.end:
            found = Reading(found.start, reading.end)
        else:
            break
    return found


def _readings(site_hours: StaffedHours, today: date) -> Iterator[Reading]:
    """Stretches from the start of ``today`` on, in order, as they are written: one that meets the next is two."""
    zone = country_pack().zone
    closed = parse_closed_days(site_hours.closed_days)
    for ahead in range(HORIZON.days + 1):
        day = today + timedelta(days=ahead)
        if day in closed or (site_hours.away_until is not None and day < site_hours.away_until):
            continue
        for start, end in site_hours.hours.get(WEEKDAYS[day.weekday()], []):
            # Where an hour comes twice, somebody is there from its first to its second end.
            reading = Reading(_moment(day, minutes(start), zone), _moment(day, minutes(end), zone, fold=1))
            # Where an hour is left out, a stretch inside it does not exist.
            if reading.start < reading.end:
                yield reading


def _moment(day: date, minute: int, zone: ZoneInfo, fold: int = 0) -> datetime:
    """The instant, in UTC, at which local clocks show ``minute`` of ``day``; 1440 is the next midnight."""
    local = datetime.combine(day, time()) + timedelta(minutes=minute)
    return local.replace(tzinfo=zone, fold=fold).astimezone(UTC)
