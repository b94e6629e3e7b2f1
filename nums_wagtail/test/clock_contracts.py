"""What every clock and every planned task must do. Inherit beside ``TestCase``, or in a class of pytest's."""

from __future__ import annotations

import inspect
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.module_loading import import_string

from nums_wagtail.foundation.actors import SETUP
from nums_wagtail.foundation.clocks import Clock
from nums_wagtail.mailing.queue import run_task
from nums_wagtail.mailing.schedules import Planned, ensure_schedules, schedules


class ClockContract:
    """Ends what is due, leaves what is not, and may run twice. Needs a database."""

    def make_clock(self) -> Clock:
        raise NotImplementedError

    def make_thing(self) -> datetime:
        """Store something that ends by this clock, and say from when on it does."""
        raise NotImplementedError

    def test_it_has_words_for_who_reads_the_report_of_a_run(self) -> None:
        assert str(self.make_clock().label).strip()

    def test_nothing_there_is_nothing_ended(self) -> None:
        assert self.make_clock().run(timezone.now()) == 0

    def test_it_leaves_what_is_not_due(self) -> None:
        due, now = self.make_thing(), timezone.now()
        assert due > now
        assert self.make_clock().run(now) == 0

    def test_it_ends_what_is_due_once_and_says_how_much(self) -> None:
        clock, due = self.make_clock(), self.make_thing()
        assert clock.run(due + timedelta(seconds=1)) >= 1
        assert clock.run(due + timedelta(seconds=1)) == 0


class PlannedContract:
    """Names a task that a worker can run with nothing in hand, and when. Needs a database."""

    def make_planned(self) -> Planned:
        raise NotImplementedError

    def test_it_names_a_task_that_needs_no_arguments(self) -> None:
        inspect.signature(import_string(self.make_planned().dotted_path)).bind()

    def test_its_first_run_lies_ahead_and_within_one_round(self) -> None:
        planned, now = self.make_planned(), timezone.now()
        # A day when the clocks change is an hour longer.
        longest = timedelta(days=1 if planned.weekday is None else 7, hours=1)
        assert now <= planned.first_run(now) <= now + longest

    def test_it_is_planned_once_however_often_set_up_runs(self) -> None:
        planned = self.make_planned()
        with schedules.emptied() as alone:
            alone.register("contract", planned, owner="contract")
            ensure_schedules(by=SETUP)
            again = ensure_schedules(by=SETUP)
        assert (again.made, again.changed, again.removed) == ((), (), ())

    def test_a_worker_can_run_it_on_an_empty_site(self) -> None:
        run_task(self.make_planned().dotted_path)
