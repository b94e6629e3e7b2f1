"""What the queue calls in this room. None takes an argument; all are safe with any number at once."""

from __future__ import annotations

from ..foundation import clocks
from . import worker_state
from .letters import send_letters
from .outbox import Delivered, deliver_all
from .queue import enqueue

#: A delivery lets other tasks have the worker after so long, and queues itself behind them.
TURN_SECONDS = 50


def send_waiting_mail() -> None:
    """Send what waits in every outbox: swept each minute, and queued when a bulletin starts."""
    _again_if_more(deliver_all(seconds=TURN_SECONDS), "nums_wagtail.mailing.tasks.send_waiting_mail")


def send_waiting_letters() -> None:
    """Send letters that wait: queued with each of them, so that a sign-in link does not wait for the sweep."""
    _again_if_more(send_letters(seconds=TURN_SECONDS), "nums_wagtail.mailing.tasks.send_waiting_letters")


def beat() -> None:
    """Say that a worker lives."""
    worker_state.beat()


def run_clocks() -> None:
    """End what is due in every room."""
    clocks.run_all()


def _again_if_more(delivered: Delivered, dotted_path: str) -> None:
    if delivered.more:
        enqueue(dotted_path)
