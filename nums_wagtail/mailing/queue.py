"""The way to the queue: a task is a dotted path and opaque ids, and keeps an error's class only.

django-q2 stores a failed task's traceback and arguments and a successful one's result. Every task of ours
runs inside ``run_task``, which hands it neither values nor error texts to store.
"""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.module_loading import import_string
from django_q.exceptions import TimeoutException
from django_q.tasks import async_task

RUNNER = "nums_wagtail.mailing.queue.run_task"
TRACELESS_RUNNER = "nums_wagtail.mailing.queue.run_task_without_trace"
_OPAQUE = re.compile(r"[A-Za-z0-9_.:-]{1,64}")
logger = logging.getLogger("nums_wagtail.queue")

OpaqueId = int | str | UUID


class TaskFailed(Exception):
    """A task of ours went wrong. Its text is the class name of what was raised, nothing more."""


def enqueue(dotted_path: str, *ids: OpaqueId, leave_no_trace: bool = False) -> None:
    """Run ``dotted_path(*ids)`` on a worker once the transaction has committed.

    ``leave_no_trace`` is for tasks that belong to one report: no row tells later that it ran, or failed.
    Such a task is not tried again by the queue; a schedule must find what it left undone.
    Raises ValueError for an argument that is no opaque id.
    """
    push = _Push(dotted_path, tuple(_opaque(value) for value in ids), leave_no_trace)
    transaction.on_commit(push)


def run_task(dotted_path: str, *ids: int | str) -> None:
    """What the worker calls. Raises TaskFailed with a class name only; the result is never kept."""
    failure = _failure_of(dotted_path, ids)
    if failure:
        # Raised out here, where no former exception hangs on to it with its text.
        raise TaskFailed(failure)


def run_task_without_trace(dotted_path: str, *ids: int | str) -> None:
    """What the worker calls for a task that leaves no row behind, whether it works or not."""
    _failure_of(dotted_path, ids)


@dataclass(frozen=True)
class _Push:
    """Puts one task on the queue; called on commit."""

    dotted_path: str
    ids: tuple[int | str, ...]
    leave_no_trace: bool

    def __call__(self) -> None:
        runner = TRACELESS_RUNNER if self.leave_no_trace else RUNNER
        options = {"task_name": self.dotted_path[-100:], "save": not self.leave_no_trace}
        try:
            async_task(runner, self.dotted_path, *self.ids, q_options=options)
        except Exception as error:  # noqa: BLE001 - the caller's work is committed; a schedule takes it up
            logger.error("Could not queue %s: %s", self.dotted_path, type(error).__name__)


def _failure_of(dotted_path: str, ids: tuple[int | str, ...]) -> str:
    try:
        import_string(dotted_path)(*ids)
    except (Exception, TimeoutException) as error:  # noqa: BLE001 - its class is kept, its text may hold anything
        logger.error("Task %s failed: %s", dotted_path, type(error).__name__)
        return type(error).__name__
    return ""


def _opaque(value: OpaqueId) -> int | str:
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, int) or _OPAQUE.fullmatch(value):
        return value
    raise ValueError("A task takes opaque ids only: numbers, UUIDs or short codes.")
