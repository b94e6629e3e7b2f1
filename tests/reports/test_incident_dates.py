"""Days as people write them."""

from datetime import UTC, date, datetime

import pytest

from nums_wagtail.reports.incident_dates import IncidentDate, Precision, incident_date, parse_day

TODAY = date(2026, 3, 27)


@pytest.mark.parametrize(
    "typed",
    ["3 2 2026", "03/02/2026", "3.2.26", "2026-02-03", "3 February 2026", "3rd Feb", "3/2", " 3 feb. 2026 "],
)
def test_the_third_of_february_is_understood(typed):
    assert parse_day(typed, TODAY) == date(2026, 2, 3)


@pytest.mark.parametrize(
    "typed",
    ["31/2/2026", "28 3 2026", "soon", "2026", "0/0/0", "1 1 1800", "٣/٢", "9" * 60, "3 Foo 2026", "29 2 2026"],
)
def test_what_is_no_day_or_has_not_come_is_refused(typed):
    with pytest.raises(ValueError):  # noqa: PT011 - that it is a ValueError is the promise
        parse_day(typed, TODAY)


def test_without_a_year_it_is_the_last_such_day():
    assert parse_day("24 December", TODAY) == date(2025, 12, 24)
    assert parse_day("29 2", TODAY) == date(2024, 2, 29)


def test_last_night_is_counted_in_local_time():
    late = datetime(2026, 6, 1, 23, 30, tzinfo=UTC)  # half past midnight in summer time
    assert incident_date({"when": "last_night"}, late) == IncidentDate(date(2026, 6, 1), Precision.DAY)


def test_this_week_is_only_about_then():
    noon = datetime(2026, 6, 10, 12, tzinfo=UTC)
    assert incident_date({"when": "this_week"}, noon).precision == Precision.WEEK


@pytest.mark.parametrize("answers", [{}, {"when": "unknown"}, {"when": "date"}])
def test_an_unknown_day_stays_unknown(answers):
    noon = datetime(2026, 6, 10, 12, tzinfo=UTC)
    assert incident_date(answers, noon) == IncidentDate()
