"""Tasks for the tests of the queue."""

from __future__ import annotations

from django_q.exceptions import TimeoutException

CANARY = "rowan@example.org"
calls: list[tuple] = []


def works(*ids):
    calls.append(ids)
    return CANARY


def fails(*ids):
    try:
        raise ValueError(CANARY)
    except ValueError:
        raise LookupError(CANARY)  # noqa: B904 - the chained cause is what must not be stored


def is_timed_out(*ids):
    try:
        raise ValueError(CANARY)
    except ValueError:
        raise TimeoutException(CANARY)  # noqa: B904
