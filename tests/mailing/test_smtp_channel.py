"""The SMTP channel against a real server: what each of its answers means for a message."""

from __future__ import annotations

import socket
from datetime import UTC, datetime

import pytest

from nums_wagtail.mailing.channels import DjangoChannel, Outcome, Status, get_channel
from nums_wagtail.mailing.message import MailFaces, MessageTemplate, WireMessage

TEMPLATE = MessageTemplate(MailFaces("Update 214", "Hello.\n.\n..dots\n"), from_="Updates <updates@example.org>")


def mail_to(recipient: str) -> WireMessage:
    when = datetime(2026, 3, 1, tzinfo=UTC)
    return TEMPLATE.for_recipient(to=recipient, message_id=f"<{recipient}>", date=when)


@pytest.fixture
def channel(postbox):
    channel = get_channel()
    yield channel
    channel.close()


def test_the_hosts_smtp_settings_lead_to_the_server(channel, postbox):
    assert channel.send([mail_to("rowan@example.org")]) == [Outcome(Status.SENT)]
    assert postbox.recipients == ["rowan@example.org"]
    assert postbox.messages()[0].get_content().splitlines() == ["Hello.", ".", "..dots"]


def test_one_connection_serves_many_messages(channel, postbox):
    outcomes = channel.send([mail_to(f"m{n}@example.org") for n in range(5)])
    assert {outcome.status for outcome in outcomes} == {Status.SENT}
    assert len(postbox.sessions) == 1


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        ("550 5.1.1 No such person", Status.REFUSED),
        ("451 4.7.1 Come back later", Status.DEFERRED),
        ("421 4.3.2 Closing", Status.BROKEN),
        ("530 5.7.0 Authentication required", Status.BROKEN),
    ],
)
def test_an_answer_to_a_recipient_is_understood(channel, postbox, answer, status):
    postbox.answers["gone@example.org"] = answer
    assert channel.send([mail_to("gone@example.org")]) == [Outcome(status, "SMTPRecipientsRefused")]


def test_a_refused_recipient_does_not_spoil_the_next(channel, postbox):
    postbox.answers["gone@example.org"] = "550 5.1.1 No such person"
    outcomes = channel.send([mail_to("gone@example.org"), mail_to("rowan@example.org")])
    assert [outcome.status for outcome in outcomes] == [Status.REFUSED, Status.SENT]
    assert len(postbox.sessions) == 1


def test_a_refused_sender_is_about_us_and_not_about_the_recipient(channel, postbox):
    postbox.sender_answer = "553 5.7.1 Sender not owned by user"
    outcomes = channel.send([mail_to("a@example.org"), mail_to("b@example.org")])
    assert outcomes == [Outcome(Status.BROKEN, "SMTPSenderRefused")] * 2


def test_a_connection_lost_with_the_text_handed_over_leaves_the_message_to_be_tried_again(channel, postbox):
    postbox.answers["rowan@example.org"] = "hang up"
    outcomes = channel.send([mail_to("rowan@example.org"), mail_to("sky@example.org")])
    assert outcomes == [Outcome(Status.DEFERRED, "SMTPServerDisconnected"), Outcome(Status.SENT)]


def test_a_server_that_hung_up_while_idle_is_called_again(channel, postbox):
    channel.send([mail_to("rowan@example.org")])
    channel._smtp._smtp.sock.shutdown(socket.SHUT_RDWR)
    assert channel.send([mail_to("sky@example.org")]) == [Outcome(Status.SENT)]


def test_nobody_at_the_port_breaks_the_channel_without_trying_anything(settings):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = taken.getsockname()
        outcomes = get_channel().send([mail_to("a@example.org"), mail_to("b@example.org")])
    assert outcomes == [Outcome(Status.BROKEN, "ConnectionRefusedError")] * 2


def test_a_server_without_tls_gets_nothing_when_tls_was_asked_for(postbox, settings):
    settings.EMAIL_USE_TLS = True
    outcomes = get_channel().send([mail_to("a@example.org")])
    assert outcomes == [Outcome(Status.BROKEN, "SMTPNotSupportedError")]
    assert not postbox.taken


def test_a_password_never_shows_in_a_representation(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "scheme-user", "s3cret-word"
    shown = repr(DjangoChannel()._smtp.server)
    assert "s3cret-word" not in shown
    assert "scheme-user" not in shown


def test_any_other_backend_of_the_host_gets_a_django_message(mailoutbox):
    assert get_channel().send([mail_to("rowan@example.org")]) == [Outcome(Status.SENT)]
    assert mailoutbox[0].to == ["rowan@example.org"]
    assert mailoutbox[0].extra_headers["Message-ID"] == "<rowan@example.org>"
