"""A channel that carries nothing away: what the scheme would mail is kept for a test to read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from types import MappingProxyType
from typing import ClassVar

from django.conf import settings
from django.test import override_settings

from nums_wagtail.mailing.message import Outgoing
from nums_wagtail.mailing.outcomes import Outcome, Status

_SENT = Outcome(Status.SENT)


class MemoryChannel:
    """Keeps every message it sends; ``mail_kept_in_memory`` has the whole scheme use it.

    ``answers``: an outcome by recipient, for a test of what is refused or deferred. ``trouble``: the class of
    error that puts the channel itself out of order.
    """

    at_once = 32
    connections = 1

    #: Of all channels of this kind together, because each delivery makes its own.
    kept: ClassVar[list[Outgoing]] = []

    def __init__(self, *, answers: Mapping[str, Outcome] = MappingProxyType({}), trouble: str = "") -> None:
        self.answers = answers
        self.trouble = trouble

    def open(self) -> None:
        """There is nothing to open."""

    def close(self) -> None:
        """What was kept stays."""

    def send(self, items: Sequence[Outgoing]) -> list[Outcome]:
        if self.trouble:
            return [Outcome(Status.BROKEN, self.trouble)] * len(items)
        outcomes = [self.answers.get(item.recipient, _SENT) for item in items]
        MemoryChannel.kept += [
            item for item, outcome in zip(items, outcomes, strict=True) if outcome.status is Status.SENT
        ]
        return outcomes


@contextmanager
def mail_kept_in_memory() -> Iterator[list[Outgoing]]:
    """Inside the block the scheme mails into the list that the block gets, and nowhere else."""
    before, MemoryChannel.kept = MemoryChannel.kept, []
    channel = f"{MemoryChannel.__module__}.{MemoryChannel.__qualname__}"
    try:
        with override_settings(NUMS_WAGTAIL={**settings.NUMS_WAGTAIL, "CHANNEL": channel}):
            yield MemoryChannel.kept
    finally:
        MemoryChannel.kept = before
