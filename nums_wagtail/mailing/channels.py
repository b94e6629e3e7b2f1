"""Channels: what carries a message away. SMTP as a channel of its own stands in ``smtp``.

A host's own channel is a class with the three methods of ``Channel``, named in the setting CHANNEL.
"""

from __future__ import annotations

import smtplib
from collections.abc import Sequence
from contextlib import suppress
from typing import Any, Protocol

from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.smtp import EmailBackend as SmtpBackend
from django.utils.module_loading import import_string

from ..conf import nums_settings
from .message import Outgoing
from .outcomes import Outcome, Status
from .smtp import SmtpChannel, SmtpServer

__all__ = ["Channel", "DjangoChannel", "Outcome", "SmtpChannel", "SmtpServer", "Status", "get_channel"]


class Channel(Protocol):
    """Carries messages one call at a time; each thread of a delivery has a channel of its own."""

    #: Most messages one ``send`` likes to get.
    at_once: int
    #: Most channels of this kind to use side by side.
    connections: int

    def open(self) -> None: ...
    def close(self) -> None: ...
    def send(self, items: Sequence[Outgoing]) -> list[Outcome]:
        """One outcome an item, in order; Status.BROKEN for every item that was not tried."""
        ...


def host_backend() -> BaseEmailBackend:
    """The mail backend the host has configured, in either of Django's two ways."""
    # From Django 6.1 it reads the older settings as well, where the host has no MAILERS.
    mailers: Any = getattr(mail, "mailers", None)
    return mail.get_connection() if mailers is None else mailers.default


def outcome_of(error: Exception) -> Outcome:
    """What an exception of a mail backend means for the message it was raised for."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        codes = [code for code, _text in error.recipients.values()]
        refused = bool(codes) and all(500 <= code < 600 for code in codes)
        return Outcome.of(Status.REFUSED if refused else Status.DEFERRED, error)
    if isinstance(error, smtplib.SMTPDataError):
        return Outcome.of(Status.REFUSED if 500 <= error.smtp_code < 600 else Status.DEFERRED, error)
    answer = getattr(error, "status_code", None)
    if answer is not None:
        # An email service's HTTP answer: 400 and 422 are about the message, everything else about us or them.
        return Outcome.of(Status.REFUSED if answer in (400, 413, 422) else Status.BROKEN, error)
    if type(error).__name__ == "AnymailRecipientsRefused":
        return Outcome.of(Status.REFUSED, error)
    if isinstance(error, OSError):
        # Covers every other SMTPException, TLS and network trouble: all of them OSErrors.
        return Outcome.of(Status.BROKEN, error)
    # A fault in a message or a backend: tried again a few times, then given up.
    return Outcome.of(Status.DEFERRED, error)


class DjangoChannel:
    """Carries mail through the host's mail backend; plain SMTP gets the faster channel underneath."""

    at_once = 1

    def __init__(self) -> None:
        backend = host_backend()
        self._smtp = SmtpChannel(SmtpServer.of(backend)) if type(backend) is SmtpBackend else None
        # Django's own backends for trying things out gain nothing from a kept connection, and the one that
        # writes files writes one file for each connection.
        self._keeps = not type(backend).__module__.startswith("django.core.mail.backends.")
        self._backend: BaseEmailBackend | None = backend if self._keeps else None
        self.connections = nums_settings().mailing.DELIVERY_CONNECTIONS if self._smtp or self._keeps else 1

    def open(self) -> None:
        if self._smtp is not None:
            self._smtp.open()
        elif self._backend is not None:
            self._backend.open()

    def close(self) -> None:
        if self._smtp is not None:
            self._smtp.close()
        elif self._backend is not None:
            with suppress(OSError):
                self._backend.close()

    def send(self, items: Sequence[Outgoing]) -> list[Outcome]:
        if self._smtp is not None:
            return self._smtp.send(items)
        outcomes: list[Outcome] = []
        for item in items:
            outcome = self._send(item)
            outcomes.append(outcome)
            if outcome.status is Status.BROKEN:
                outcomes += [outcome] * (len(items) - len(outcomes))
                break
        return outcomes

    def _send(self, item: Outgoing) -> Outcome:
        try:
            backend = self._backend or host_backend()
            backend.open()
            taken = backend.send_messages([item.as_email()])
        except Exception as error:  # noqa: BLE001 - a backend of the host's choice may raise anything
            return outcome_of(error)
        return Outcome(Status.SENT) if taken else Outcome(Status.DEFERRED, "NotTaken")


def get_channel() -> Channel:
    """A new channel of the kind the setting CHANNEL names."""
    channel: Channel = import_string(nums_settings().mailing.CHANNEL)()
    return channel
