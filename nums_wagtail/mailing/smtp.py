"""The SMTP channel: one kept-open connection, prebuilt bytes, an outcome for each message.

Where the server stands comes from Django's own SMTP backend, so both ways of configuring it work
(EMAIL_HOST and its kin, and MAILERS from Django 6.1).
"""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from django.core.mail.backends.smtp import EmailBackend
from django.core.mail.utils import DNS_NAME

from ..conf import nums_settings
from .message import Outgoing
from .outcomes import Outcome, Status

#: Seconds for one answer when the host sets none; Django's default waits for ever.
ANSWER_SECONDS = 30
_SIZE_EXCEEDED = 552
_AUTHENTICATION_REQUIRED = 530
_CLOSING = 421


@dataclass(frozen=True)
class SmtpServer:
    """Where mail is handed over, and as whom."""

    host: str
    port: int
    username: str = field(default="", repr=False)
    password: str = field(default="", repr=False)
    use_tls: bool = False
    use_ssl: bool = False
    timeout: float = ANSWER_SECONDS
    ssl_context: ssl.SSLContext | None = field(default=None, repr=False)

    @classmethod
    def of(cls, backend: EmailBackend) -> SmtpServer:
        secure = backend.use_tls or backend.use_ssl
        return cls(
            host=backend.host,
            port=backend.port,
            username=backend.username or "",
            password=backend.password or "",
            use_tls=bool(backend.use_tls),
            use_ssl=bool(backend.use_ssl),
            timeout=backend.timeout or ANSWER_SECONDS,
            ssl_context=backend.ssl_context if secure else None,
        )


class SmtpChannel:
    """One connection to one server. Not for two threads at once."""

    at_once = 1

    def __init__(self, server: SmtpServer) -> None:
        self.server = server
        self.connections = nums_settings().mailing.DELIVERY_CONNECTIONS
        self._smtp: smtplib.SMTP | None = None

    def open(self) -> None:
        """Connect and sign in. Raises OSError or SMTPException."""
        if self._smtp is not None:
            return
        server = self.server
        name = DNS_NAME.get_fqdn()
        if server.use_ssl:
            smtp: smtplib.SMTP = smtplib.SMTP_SSL(
                server.host, server.port, name, timeout=server.timeout, context=server.ssl_context
            )
        else:
            smtp = smtplib.SMTP(server.host, server.port, name, timeout=server.timeout)
        try:
            if server.use_tls:
                smtp.starttls(context=server.ssl_context)
            smtp.ehlo_or_helo_if_needed()
            if server.username and server.password:
                smtp.login(server.username, server.password)
        except BaseException:
            smtp.close()
            raise
        self._smtp = smtp

    def close(self) -> None:
        smtp, self._smtp = self._smtp, None
        if smtp is not None:
            with suppress(OSError, smtplib.SMTPException):
                smtp.quit()
            smtp.close()

    def send(self, items: Sequence[Outgoing]) -> list[Outcome]:
        """One outcome an item, in order. Never raises for what a server or a network does."""
        outcomes: list[Outcome] = []
        for item in items:
            outcome = self._send(item)
            outcomes.append(outcome)
            if outcome.status is Status.BROKEN:
                outcomes += [outcome] * (len(items) - len(outcomes))
                break
        return outcomes

    def _send(self, item: Outgoing, *, again: bool = True) -> Outcome:
        kept_open = self._smtp is not None
        try:
            self.open()
        except (OSError, smtplib.SMTPException) as error:
            return Outcome.of(Status.BROKEN, error)
        stage = _Stage()
        try:
            return self._transact(item, stage)
        except (OSError, smtplib.SMTPException) as error:
            self._drop()
            if stage.handed_over:
                # The server may or may not have taken it. Trying again with the same Message-ID is right.
                return Outcome.of(Status.DEFERRED, error)
            if kept_open and again and not stage.answered:
                # Servers hang up on idle connections; nothing of this message was said yet.
                return self._send(item, again=False)
            return Outcome.of(Status.DEFERRED if stage.answered else Status.BROKEN, error)

    def _transact(self, item: Outgoing, stage: _Stage) -> Outcome:
        smtp = self._smtp
        if smtp is None:
            raise smtplib.SMTPServerDisconnected
        data = item.as_bytes()
        options = [f"SIZE={len(data)}"] if smtp.has_extn("size") else []
        code, _text = smtp.mail(item.sender, options)
        if code == _CLOSING:
            raise smtplib.SMTPServerDisconnected
        if code != 250:
            # The sender is ours alone: a refusal is about us, not about this recipient, unless it is too big.
            status = Status.REFUSED if code == _SIZE_EXCEEDED else Status.BROKEN
            return self._say_no(status, code, "SMTPSenderRefused")
        stage.answered = True
        code, _text = smtp.rcpt(item.recipient)
        if code not in (250, 251):
            return self._say_no(_status_of(code), code, "SMTPRecipientsRefused")
        code, _text = smtp.docmd("DATA")
        if code != 354:
            return self._say_no(_status_of(code), code, "SMTPDataError")
        stage.handed_over = True
        smtp.send(_dots_doubled(data))
        code, _text = smtp.getreply()
        if code != 250:
            return self._say_no(_status_of(code), code, "SMTPDataError")
        return Outcome(Status.SENT)

    def _say_no(self, status: Status, code: int, error_class: str) -> Outcome:
        """An outcome for a refusal, with the connection left ready for the next message."""
        if code in (-1, _CLOSING) or self._smtp is None:
            self._drop()
        else:
            try:
                self._smtp.rset()
            except (OSError, smtplib.SMTPException):
                self._drop()
        return Outcome(status, error_class)

    def _drop(self) -> None:
        smtp, self._smtp = self._smtp, None
        if smtp is not None:
            smtp.close()


@dataclass
class _Stage:
    """How far one message got: the server answered about it; its text was handed over."""

    answered: bool = False
    handed_over: bool = False


def _status_of(code: int) -> Status:
    if code in (-1, _CLOSING, _AUTHENTICATION_REQUIRED):
        return Status.BROKEN
    return Status.DEFERRED if 400 <= code < 500 else Status.REFUSED


def _dots_doubled(data: bytes) -> bytes:
    """The text with its end mark, leading dots doubled (RFC 5321 section 4.5.2)."""
    doubled = data.replace(b"\r\n.", b"\r\n..")
    if doubled.startswith(b"."):
        doubled = b"." + doubled
    return doubled + (b".\r\n" if doubled.endswith(b"\r\n") else b"\r\n.\r\n")
