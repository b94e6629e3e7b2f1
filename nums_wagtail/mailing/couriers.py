"""Threads that carry one group of messages over several channels, and hand back answers as they come.

The threads touch no database: the caller claims, checks, builds and records.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from threading import Thread
from types import TracebackType

from django.db import connections as database_connections

from .channels import Channel, Outcome, Status, get_channel
from .message import Outgoing

#: Answers are handed back at the latest when so many have come, or so many seconds after the oldest.
GROUP = 32
ANSWER_AGE_SECONDS = 0.25

Item = tuple[int, Outgoing]
Answer = tuple[int, Outcome]


@dataclass(frozen=True)
class _Finished:
    channel: Channel
    trouble: Outcome | None


class Couriers:
    """A crew for one delivery: connections stay open from group to group, and close at the end."""

    def __init__(self, make_channel: Callable[[], Channel] = get_channel) -> None:
        first = make_channel()
        self._crew = [first, *(make_channel() for _more in range(max(first.connections, 1) - 1))]
        #: Why nobody of the crew can work any more; None while somebody can.
        self.trouble: Outcome | None = None
        self._pile: deque[Item] = deque()

    def __enter__(self) -> Couriers:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, traceback: TracebackType | None
    ) -> None:
        for channel in self._crew:
            channel.close()

    def carry(self, items: Sequence[Item], *, until: float) -> Iterator[list[Answer]]:
        """Answers in lists fit for one write each. An item without an answer was not tried.

        No message is begun after ``until`` (``time.monotonic()``). A channel that breaks leaves the crew: a
        server that takes one connection but not two slows us down and stops nothing.
        """
        pile = self._pile = deque(items)
        answers: SimpleQueue[Answer | _Finished] = SimpleQueue()
        hands = self._crew[: max(len(items), 1)]
        for channel in hands:
            Thread(target=_work, args=(channel, pile, answers, until), daemon=True).start()
        waiting: list[Answer] = []
        working, oldest = len(hands), 0.0
        try:
            while working:
                try:
                    left = max(oldest + ANSWER_AGE_SECONDS - time.monotonic(), 0.0) if waiting else None
                    answer = answers.get(timeout=left)
                except Empty:
                    yield waiting
                    waiting = []
                    continue
                if isinstance(answer, _Finished):
                    working -= 1
                    self._note(answer)
                    continue
                oldest = oldest if waiting else time.monotonic()
                waiting.append(answer)
                if len(waiting) >= GROUP:
                    yield waiting
                    waiting = []
            if waiting:
                yield waiting
        finally:
            # A task that is timed out must not leave threads behind that go on sending unrecorded.
            pile.clear()

    def halt(self) -> None:
        """Begin no further message of this group; answers of those in the air still come."""
        self._pile.clear()

    def _note(self, finished: _Finished) -> None:
        if finished.trouble is None:
            return
        if len(self._crew) > 1:
            self._crew.remove(finished.channel)
            finished.channel.close()
        else:
            self.trouble = finished.trouble


def _work(channel: Channel, pile: deque[Item], answers: SimpleQueue[Answer | _Finished], until: float) -> None:
    trouble: Outcome | None = None
    try:
        while trouble is None and time.monotonic() < until:
            taken = _take(pile, max(channel.at_once, 1))
            if not taken:
                break
            try:
                outcomes = channel.send([item for _key, item in taken])
            except Exception as error:  # noqa: BLE001 - a host's channel must not take a thread down silently
                outcomes = [Outcome.of(Status.BROKEN, error)] * len(taken)
            for (key, item), outcome in zip(taken, outcomes, strict=False):
                if outcome.status is Status.BROKEN:
                    trouble = outcome
                    pile.append((key, item))
                else:
                    answers.put((key, outcome))
    finally:
        # Receivers of a host's signals may have opened a database connection in this thread.
        database_connections.close_all()
        answers.put(_Finished(channel, trouble))


def _take(pile: deque[Item], most: int) -> list[Item]:
    taken: list[Item] = []
    while pile and len(taken) < most:
        try:
            taken.append(pile.popleft())
        except IndexError:
            break
    return taken
