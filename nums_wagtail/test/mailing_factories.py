"""Messages for tests of channels and outboxes."""

from __future__ import annotations

from django.utils import timezone

from nums_wagtail.mailing.message import MailFaces, MessageTemplate, WireMessage, new_message_id


def make_mail(to: str, *, subject: str = "Update", text: str = "Hello.\n", html: str | None = None) -> WireMessage:
    """A message to one recipient, as an outbox hands it to a channel."""
    template = MessageTemplate(MailFaces(subject, text, html), from_="Updates <updates@example.org>")
    return template.for_recipient(to=to, message_id=new_message_id(), date=timezone.now())
