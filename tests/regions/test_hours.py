"""The report page never promises a reader who is not there."""

import re
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from nums_wagtail.regions.hours import next_reading, reading_sentence
from nums_wagtail.regions.hours_text import WEEKDAYS
from nums_wagtail.regions.models import StaffedHours

HERE = ZoneInfo("Europe/London")


def at(day, hour=0, minute=0, month=6, year=2030):
    """3 June 2030 is a Monday."""
    return datetime(year, month, day, hour, minute, tzinfo=HERE)


def always():
    return {day: [["00:00", "24:00"]] for day in WEEKDAYS}


def test_by_default_somebody_reads_in_office_hours():
    assert next_reading(StaffedHours(), at(3, 10)) == at(3, 10)
    assert next_reading(StaffedHours(), at(3, 8)) == at(3, 9)
    assert next_reading(StaffedHours(), at(7, 17)) == at(10, 9)


def test_what_is_answered_is_an_aware_local_time():
    answer = next_reading(StaffedHours(), at(3, 3).astimezone(UTC))
    assert answer.utcoffset() == at(3, 9).utcoffset()
    assert answer.hour == 9


@pytest.mark.promise("P041")
def test_a_lunch_break_is_a_break():
    hours = StaffedHours(hours={"monday": [["09:00", "13:00"], ["14:00", "17:00"]]})
    assert next_reading(hours, at(3, 13)) == at(3, 14)


@pytest.mark.promise("P041")
def test_closed_days_and_days_away_are_passed_over():
    assert next_reading(StaffedHours(closed_days="2030-06-03\n2030-06-04\n"), at(3, 10)) == at(5, 9)
    assert next_reading(StaffedHours(away_until=date(2030, 6, 5)), at(3, 10)) == at(5, 9)


def test_away_in_the_past_changes_nothing():
    assert next_reading(StaffedHours(away_until=date(2030, 6, 3)), at(3, 10)) == at(3, 10)


@pytest.mark.promise("P041")
def test_nothing_within_sixty_days_is_no_promise():
    assert next_reading(StaffedHours(hours={}), at(3)) is None
    assert next_reading(StaffedHours(away_until=date(2031, 1, 1)), at(3)) is None
    assert "cannot say" in reading_sentence(StaffedHours(hours={}), at(3))


def test_the_hour_that_the_clocks_leave_out_is_not_promised():
    """On Sunday 31 March 2030 the clocks go from 01:00 to 02:00."""
    hours = StaffedHours(hours={"sunday": [["01:15", "01:45"], ["03:00", "04:00"]]})
    assert next_reading(hours, at(31, 0, 30, month=3)) == at(31, 3, month=3)


def test_the_hour_that_comes_twice_is_read_twice():
    """On Sunday 27 October 2030 the clocks go from 02:00 back to 01:00."""
    hours = StaffedHours(hours={"sunday": [["01:00", "02:00"]]})
    second = datetime(2030, 10, 27, 1, 30, tzinfo=UTC)
    assert next_reading(hours, second) == second
    assert next_reading(hours, datetime(2030, 10, 27, 2, 0, tzinfo=UTC)) > second


def test_office_hours_follow_the_clocks():
    winter = next_reading(StaffedHours(), at(7, 3, month=1))
    assert winter.astimezone(UTC).hour == 9
    assert next_reading(StaffedHours(), at(3, 3)).astimezone(UTC).hour == 8


def test_a_time_without_zone_is_a_mistake_of_the_programmer():
    with pytest.raises(ValueError, match="aware"):
        next_reading(StaffedHours(), datetime(2030, 6, 3, 10))


@pytest.mark.parametrize(
    ("now", "sentence"),
    [
        (at(3, 10), "We read reports today until 17:00."),
        (at(3, 3), "The next person reads reports today at 09:00."),
        (at(3, 18), "The next person reads reports on Tuesday at 09:00."),
        (at(7, 18), "The next person reads reports on Monday at 09:00."),
    ],
)
def test_the_sentence_says_the_day_and_the_time(now, sentence):
    assert reading_sentence(StaffedHours(), now) == sentence


def test_shortly_before_the_end_the_next_time_is_said_too():
    """Nobody may come to a report of 16:55 on that day."""
    soon = reading_sentence(StaffedHours(), at(3, 16, 55))
    assert soon == "We read reports until 17:00, then on Tuesday at 09:00."
    evening = StaffedHours(hours={"monday": [["20:00", "24:00"]], "tuesday": [["09:00", "10:00"]]})
    soon = reading_sentence(evening, at(3, 23, 30))
    assert soon == "We read reports until midnight, then on Tuesday at 09:00."
    assert reading_sentence(StaffedHours(), at(3, 16)) == "We read reports today until 17:00."
    alone = StaffedHours(
        hours={"monday": [["09:00", "17:00"]]},
        closed_days="\n".join((date(2030, 6, 10) + timedelta(days=7 * week)).isoformat() for week in range(10)),
    )
    assert reading_sentence(alone, at(3, 16, 55)) == "We read reports today until 17:00."


@pytest.mark.promise("P041")
@pytest.mark.parametrize("hour", range(24))
def test_no_hour_of_the_day_says_that_somebody_is_reading(hour):
    for hours in (StaffedHours(), StaffedHours(hours=always())):
        sentence = reading_sentence(hours, at(3, hour, 59)).lower()
        assert not re.search(r"\b(now|at once|right away|somebody is|reading)\b", sentence)


def test_a_day_far_off_is_named_by_its_date():
    hours = StaffedHours(away_until=date(2030, 6, 17))
    assert reading_sentence(hours, at(3)) == "The next person reads reports on Monday, 17 June, at 09:00."


def test_a_night_is_one_stretch():
    hours = StaffedHours(hours={"monday": [["22:00", "24:00"]], "tuesday": [["00:00", "06:00"]]})
    assert reading_sentence(hours, at(3, 23)) == "We read reports until Tuesday at 06:00."
    hours.hours["tuesday"] = []
    assert reading_sentence(hours, at(3, 23)) == "We read reports today until midnight."


def test_day_and_night_is_said_as_such():
    assert reading_sentence(StaffedHours(hours=always()), at(3, 3)) == "We read reports day and night."


def test_the_day_is_named_in_the_readers_language():
    with translation.override("de"):
        assert "Dienstag" in reading_sentence(StaffedHours(), at(3, 18))
