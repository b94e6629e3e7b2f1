"""What django-q2 calls for the members' room; arguments are opaque ids."""

from __future__ import annotations

from uuid import UUID

from .answering import answer_knock as answer_one
from .answering import answer_waiting


def answer_knock(uuid: str) -> None:
    """Answer one request at the door."""
    answer_one(UUID(uuid))


def answer_waiting_knocks() -> None:
    """Answer requests that no task took up; for a schedule, every minute."""
    answer_waiting()
