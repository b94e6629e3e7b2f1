"""Building mail: ids and headers, one message, and a template that makes thousands of one edition.

Every header of ours is made here. A header value with a line break is refused, never folded away.
"""

from __future__ import annotations

import html as html_module
import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage as StdlibMessage
from email.utils import format_datetime
from typing import Protocol

from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.utils.translation import gettext_lazy as _

from ..conf import nums_settings
from ..foundation.errors import Refused
from .addresses import address_of, wire_address
from .quoted_printable import Body

#: The place every bulletin has: where the reader's own address for stopping goes.
UNSUBSCRIBE = "unsubscribe"
_LONGEST_HEADER = 900
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


class BadHeader(Refused):
    """A header value that would break out of its line, or that no server would take."""

    code = "bad_header"
    words = _("This text cannot stand in the head of a mail.")


@dataclass(frozen=True)
class Attachment:
    """A file in a mail. The name is shown on phones: keep it neutral."""

    name: str
    content: bytes
    mime: str


@dataclass(frozen=True)
class MailFaces:
    """What a reader sees of one mail: subject, plain text, perhaps HTML and files."""

    subject: str
    text: str
    html: str | None = None
    attachments: tuple[Attachment, ...] = ()


class Outgoing(Protocol):
    """One message on its way to one recipient, for whatever a channel needs it as."""

    @property
    def sender(self) -> str: ...
    @property
    def recipient(self) -> str: ...
    def as_bytes(self) -> bytes: ...
    def as_email(self) -> EmailMessage: ...


@dataclass(frozen=True)
class BuiltMail:
    """A Django message, ready to go. Raises BadAddress unless it has exactly one recipient."""

    email: EmailMessage

    @property
    def sender(self) -> str:
        return address_of(self.email.from_email)

    @property
    def recipient(self) -> str:
        everybody = self.email.recipients()
        return address_of(everybody[0] if len(everybody) == 1 else "")

    def as_bytes(self) -> bytes:
        return re.sub(rb"\r\n|\r|\n", b"\r\n", self.email.message().as_bytes())

    def as_email(self) -> EmailMessage:
        return self.email


@dataclass(frozen=True)
class WireMessage:
    """A message as bytes with CRLF line ends; ``rebuild`` makes a Django message of the same content."""

    sender: str
    recipient: str
    data: bytes
    rebuild: Callable[[], EmailMessage]

    def as_bytes(self) -> bytes:
        return self.data

    def as_email(self) -> EmailMessage:
        return self.rebuild()


def new_message_id() -> str:
    """A random Message-ID. Its right-hand side is MAIL_DOMAIN, which should not name the scheme."""
    return f"<{secrets.token_hex(16)}@{nums_settings().mailing.MAIL_DOMAIN}>"


def place(name: str) -> str:
    """The word to write into a text where a value of each recipient's own goes.

    Letters only, so that neither HTML escaping nor a template filter changes it.
    """
    if not (name.isascii() and name.isalpha()):
        raise ValueError("A place is named by ASCII letters.")
    return f"NumsPlace{name.title()}Qzkw"


def header_value(value: str) -> str:
    """``value`` unless it could start a header of its own. Raises BadHeader, which does not hold it."""
    text = str(value)
    if _CONTROL.search(text) or len(text) > _LONGEST_HEADER:
        raise BadHeader()
    return text


def list_headers(list_id: str | None, unsubscribe_url: str | None) -> dict[str, str]:
    """List-Id (RFC 2919) and the two headers of one-click unsubscribing (RFC 2369, RFC 8058).

    ``list_id`` is one neutral word; MAIL_DOMAIN is added. One click needs https, so plain http (a demo on
    one's own machine) gets the link alone. Raises BadHeader.
    """
    headers: dict[str, str] = {}
    if list_id:
        if not re.fullmatch(r"[A-Za-z0-9-]{1,40}", list_id):
            raise BadHeader()
        headers["List-Id"] = f"<{list_id}.{nums_settings().mailing.MAIL_DOMAIN}>"
    if unsubscribe_url:
        if not re.fullmatch(r"https?://[!-;=?-~]{1,800}", unsubscribe_url):
            raise BadHeader()
        headers["List-Unsubscribe"] = f"<{unsubscribe_url}>"
        if unsubscribe_url.startswith("https://"):
            headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers


def build_message(
    *,
    to: str,
    faces: MailFaces,
    from_: str,
    message_id: str,
    date: datetime,
    list_id: str | None = None,
    unsubscribe_url: str | None = None,
    reply_to: str | None = None,
) -> EmailMultiAlternatives:
    """One message as Django carries it.

    ``message_id`` and ``date`` come from the outbox row, so that a second attempt is the same message. Without
    a list it is a letter of a machine, and says so (RFC 3834). Raises BadAddress or BadHeader.
    """
    headers = {"Message-ID": header_value(message_id), "Date": format_datetime(date.astimezone(UTC))}
    headers |= list_headers(list_id, unsubscribe_url)
    if not list_id:
        headers["Auto-Submitted"] = "auto-generated"
    email = EmailMultiAlternatives(
        subject=header_value(faces.subject),
        body=faces.text,
        from_email=header_value(from_),
        to=[wire_address(to)],
        reply_to=[header_value(reply_to)] if reply_to else None,
        headers=headers,
    )
    if faces.html is not None:
        email.attach_alternative(faces.html, "text/html")
    for attachment in faces.attachments:
        email.attach(attachment.name, attachment.content, attachment.mime)
    return email


class MessageTemplate:
    """One edition for any number of recipients: encoded once, then joined for each.

    Texts may hold ``place(name)`` words; ``for_recipient`` fills them. The place "unsubscribe" is always known.
    """

    def __init__(
        self,
        faces: MailFaces,
        *,
        from_: str,
        list_id: str | None = None,
        reply_to: str | None = None,
        places: tuple[str, ...] = (),
    ) -> None:
        self.faces = faces
        self.from_ = header_value(from_)
        self.list_id = list_id
        self.reply_to = reply_to
        self.sender = address_of(from_)
        self._tokens = {place(name): name for name in (UNSUBSCRIBE, *places)}
        self._bodies = [Body.of(faces.text, self._tokens)]
        if faces.html is not None:
            self._bodies.append(Body.of(faces.html, self._tokens, html_module.escape))
        self._frame = self._render_frame()

    def for_recipient(
        self,
        *,
        to: str,
        message_id: str,
        date: datetime,
        unsubscribe_url: str | None = None,
        values: Mapping[str, str] | None = None,
    ) -> WireMessage:
        """The message for one recipient. Values are ASCII, without white space. Raises BadAddress, BadHeader."""
        recipient = wire_address(to)
        filled = {**(values or {}), UNSUBSCRIBE: unsubscribe_url or ""}
        if not all(value.isascii() and (not value or value.isprintable()) for value in filled.values()):
            raise BadHeader()
        own = {
            "To": recipient,
            "Message-ID": header_value(message_id),
            "Date": format_datetime(date.astimezone(UTC)),
            **list_headers(None, unsubscribe_url),
        }
        head = "".join(f"{name}: {value}\r\n" for name, value in own.items()).encode("ascii")
        parts = [head, self._frame[0]]
        for body, rest in zip(self._bodies, self._frame[1:], strict=True):
            parts += (body.fill(filled), rest)

        def rebuild() -> EmailMultiAlternatives:
            return build_message(
                to=recipient,
                faces=self._faces_with(filled),
                from_=self.from_,
                message_id=message_id,
                date=date,
                list_id=self.list_id,
                unsubscribe_url=unsubscribe_url,
                reply_to=self.reply_to,
            )

        return WireMessage(self.sender, recipient, b"".join(parts), rebuild)

    def _faces_with(self, values: Mapping[str, str]) -> MailFaces:
        text, html = self.faces.text, self.faces.html
        for token, name in self._tokens.items():
            text = text.replace(token, values.get(name, ""))
            html = html and html.replace(token, html_module.escape(values.get(name, "")))
        return MailFaces(self.faces.subject, text, html, self.faces.attachments)

    def _render_frame(self) -> list[bytes]:
        """Headers and MIME structure, cut where the bodies go."""
        marks = [f"NumsBody{secrets.token_hex(8)}" for _body in self._bodies]
        message = StdlibMessage(policy=policy.SMTP)
        message["From"] = self.from_
        message["Subject"] = header_value(self.faces.subject)
        if self.reply_to:
            message["Reply-To"] = header_value(self.reply_to)
        for name, value in list_headers(self.list_id, None).items():
            message[name] = value
        if not self.list_id:
            message["Auto-Submitted"] = "auto-generated"
        message.set_content(marks[0], cte="quoted-printable")
        if self.faces.html is not None:
            message.add_alternative(marks[1], subtype="html", cte="quoted-printable")
        for attachment in self.faces.attachments:
            kind, _slash, subtype = attachment.mime.partition("/")
            message.add_attachment(attachment.content, maintype=kind, subtype=subtype, filename=attachment.name)
        frame = [message.as_bytes()]
        for mark in marks:
            before, found, after = frame.pop().partition(f"{mark}\r\n".encode())
            if not found:
                raise BadHeader("bad_frame")
            frame += [before, after]
        return frame
