"""Schedules: what rooms planned is what django-q2 runs, and nothing of the host's is touched."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest
from django.utils import timezone
from django_q.brokers import get_broker
from django_q.models import OrmQ, Schedule
from django_q.scheduler import scheduler

from nums_wagtail.foundation.actors import SETUP, WORKER
from nums_wagtail.foundation.errors import NotAllowed
from nums_wagtail.mailing.schedules import Planned, ensure_schedules, schedules

pytestmark = pytest.mark.django_db


@pytest.fixture
def registry():
    with schedules.emptied() as registry:
        registry.register("mailing.sweep", Planned("a.sweep", minutes=1), owner="tests")
        registry.register("bulletins.digest", Planned("a.digest", at=time(16, 0)), owner="tests")
        registry.register("bulletins.weekly", Planned("a.weekly", at=time(16, 0), weekday=3), owner="tests")
        yield registry


def test_the_rooms_own_schedules_are_registered():
    assert {"mailing.sweep", "mailing.beat", "foundation.clocks"} <= {key for key, _planned in schedules.items()}


def test_setting_up_twice_changes_nothing(registry):
    assert len(ensure_schedules(by=SETUP).made) == 3
    before = list(Schedule.objects.order_by("pk").values())
    again = ensure_schedules(by=SETUP)
    assert (again.made, again.changed, again.removed) == ((), (), ())
    assert list(Schedule.objects.order_by("pk").values()) == before


def test_a_plan_that_changed_or_went_changes_its_row_or_takes_it_away(registry):
    ensure_schedules(by=SETUP)
    with schedules.emptied() as other:
        other.register("mailing.sweep", Planned("a.sweep", minutes=5), owner="tests")
        ensured = ensure_schedules(by=SETUP)
    assert ensured.changed == ("mailing.sweep",)
    assert set(ensured.removed) == {"bulletins.digest", "bulletins.weekly"}
    assert Schedule.objects.get().minutes == 5


def test_the_hosts_schedules_are_left_alone(registry):
    Schedule.objects.create(name="host.job", func="host.tasks.job", schedule_type=Schedule.DAILY)
    ensure_schedules(by=SETUP)
    assert Schedule.objects.filter(name="host.job").exists()


def test_a_daily_time_is_local_time_in_summer_too(registry):
    planned = registry["bulletins.digest"]
    assert planned.first_run(datetime(2026, 7, 1, 9, tzinfo=UTC)) == datetime(2026, 7, 1, 15, tzinfo=UTC)
    assert planned.first_run(datetime(2026, 7, 1, 15, tzinfo=UTC)) == datetime(2026, 7, 2, 15, tzinfo=UTC)


def test_a_weekly_time_is_on_its_day(registry):
    planned = registry["bulletins.weekly"]
    wednesday, thursday_evening = datetime(2026, 1, 7, 9, tzinfo=UTC), datetime(2026, 1, 8, 20, tzinfo=UTC)
    assert planned.first_run(wednesday) == datetime(2026, 1, 8, 16, tzinfo=UTC)
    assert planned.first_run(thursday_evening) == datetime(2026, 1, 15, 16, tzinfo=UTC)


@pytest.mark.django_db(transaction=True)  # The scheduler closes its connection when it has finished.
def test_what_is_due_is_queued_through_our_wrapper(registry):
    ensure_schedules(by=SETUP)
    Schedule.objects.filter(name="nums.mailing.sweep").update(next_run=timezone.now() - timedelta(minutes=1))
    scheduler(get_broker())
    task = OrmQ.objects.get().task
    assert (task["func"], task["args"], task["save"]) == (
        "nums_wagtail.mailing.queue.run_task",
        ("a.sweep",),
        False,
    )


def test_a_plan_without_any_time_is_refused():
    with pytest.raises(ValueError, match="minutes"):
        Planned("a.sweep")


def test_only_who_runs_the_scheme_sets_up_schedules():
    with pytest.raises(NotAllowed):
        ensure_schedules(by=WORKER)
