"""What runs by the clock: a list that rooms register with, and the verb that brings django-q2 in line with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.utils import timezone
from django_q.models import Schedule

from ..foundation import policy
from ..foundation.actors import Actor
from ..foundation.registry import Registry
from ..foundation.transactions import verb_transaction
from .queue import RUNNER

#: Names of our rows in django-q2's table begin so; no other row is ever touched.
PREFIX = "nums."


@dataclass(frozen=True)
class Planned:
    """A task without arguments that runs every ``minutes``, or daily ``at`` a local time, or weekly.

    ``weekday`` counts from Monday as 0. ``kept``: whether the queue keeps a row of each success.
    """

    dotted_path: str
    minutes: int | None = None
    at: time | None = None
    weekday: int | None = None
    kept: bool = False

    def __post_init__(self) -> None:
        if (self.minutes is None) == (self.at is None):
            raise ValueError("A planned task has minutes between its runs, or a time of day.")

    @property
    def schedule_type(self) -> str:
        kind: str = Schedule.DAILY if self.weekday is None else Schedule.WEEKLY
        if self.minutes is not None:
            kind = Schedule.MINUTES
        return kind

    def first_run(self, now: datetime) -> datetime:
        """The next time it is due, seen from ``now``."""
        if self.at is None:
            return now
        local = timezone.localtime(now)
        day = local.date()
        if self.weekday is not None:
            day += timedelta(days=(self.weekday - local.weekday()) % 7)
        first = timezone.make_aware(datetime.combine(day, self.at))
        if first > now:
            return first
        days = 1 if self.weekday is None else 7
        return timezone.make_aware(datetime.combine(day + timedelta(days=days), self.at))

    def runs_like(self, row: Schedule) -> bool:
        """Whether ``row`` already runs this task at these times."""
        if (row.func, row.schedule_type, row.args) != (RUNNER, self.schedule_type, self.arguments):
            return False
        if row.repeats >= 0 or row.next_run is None or row.kwargs != self.options:
            return False
        if self.at is None:
            return bool(row.minutes == self.minutes)
        due = timezone.localtime(row.next_run)
        return due.time() == self.at and self.weekday in (None, due.weekday())

    @property
    def arguments(self) -> str:
        return repr((self.dotted_path,))

    @property
    def options(self) -> str:
        return repr({"q_options": {"save": self.kept, "task_name": self.dotted_path[-100:]}})


@dataclass(frozen=True)
class Ensured:
    made: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]


schedules: Registry[Planned] = Registry("schedules")


def ensure_schedules(*, by: Actor) -> Ensured:
    """Make django-q2's schedules what the rooms registered; again is fine and changes nothing.

    A row of ours keeps its next run unless its times changed. Raises NotAllowed.
    """
    policy.require(by, "manage_scheme")
    made: list[str] = []
    changed: list[str] = []
    removed: list[str] = []
    with verb_transaction("setup"):
        there: dict[str, Schedule] = {}
        for row in Schedule.objects.filter(name__startswith=PREFIX).order_by("pk"):
            name = row.name.removeprefix(PREFIX)
            if name in there or name not in schedules:
                removed.append(name)
                row.delete()
            else:
                there[name] = row
        for name, planned in schedules.items():
            row = there.get(name)
            if row is not None and planned.runs_like(row):
                continue
            (made if row is None else changed).append(name)
            Schedule.objects.update_or_create(
                pk=row.pk if row else None,
                defaults={
                    "name": PREFIX + name,
                    "func": RUNNER,
                    "args": planned.arguments,
                    "kwargs": planned.options,
                    "schedule_type": planned.schedule_type,
                    "minutes": planned.minutes,
                    "repeats": -1,
                    "next_run": planned.first_run(timezone.now()),
                },
            )
    return Ensured(tuple(made), tuple(changed), tuple(removed))
