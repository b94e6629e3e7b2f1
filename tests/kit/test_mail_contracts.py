"""Our own channels and outboxes keep the contracts that the kit ships for other people's."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest
from django.core.mail import get_connection

from nums_wagtail.bulletins.deliver import DELIVERIES
from nums_wagtail.bulletins.models import Delivery
from nums_wagtail.bulletins.unsubscribing import stop_mails
from nums_wagtail.foundation.actors import INTAKE
from nums_wagtail.mailing.channels import DjangoChannel, SmtpChannel, SmtpServer
from nums_wagtail.mailing.letters import LETTERS, queue_letter
from nums_wagtail.mailing.models import Lane, OutboxRow, RowState
from nums_wagtail.mailing.outbox import deliver_all, outboxes
from nums_wagtail.mailing.outcomes import Outcome, Status
from nums_wagtail.members.models import Member
from nums_wagtail.test.bulletins_factories import make_compiled_bulletin
from nums_wagtail.test.mailing_contracts import ChannelContract, OutboxContract
from nums_wagtail.test.mailing_factories import make_mail
from nums_wagtail.test.members_factories import any_region, make_member
from nums_wagtail.test.memory_channel import MemoryChannel, mail_kept_in_memory
from tests.mailing.smtp_server import running_server

SMTP = "django.core.mail.backends.smtp.EmailBackend"


class TestMemoryChannel(ChannelContract):
    @pytest.fixture(autouse=True)
    def _kept(self) -> Iterator[None]:
        with mail_kept_in_memory() as self.kept:
            yield

    def make_channel(self):
        return MemoryChannel()

    def make_broken_channel(self):
        return MemoryChannel(trouble="ConnectionRefusedError")

    def arrived(self):
        return [mail.recipient for mail in self.kept]


class _OverSmtp(ChannelContract):
    backend = SMTP

    @pytest.fixture(autouse=True)
    def _server(self, settings) -> Iterator[None]:
        self.settings = settings
        settings.EMAIL_BACKEND = self.backend
        settings.EMAIL_HOST, settings.EMAIL_TIMEOUT = "127.0.0.1", 5
        with running_server() as self.postbox:
            yield

    def make_channel(self):
        self.settings.EMAIL_PORT = self.postbox.port
        return DjangoChannel()

    def make_broken_channel(self):
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            self.settings.EMAIL_PORT = taken.getsockname()[1]
        return DjangoChannel()

    def arrived(self):
        return self.postbox.recipients


class TestTheHostsSmtpServer(_OverSmtp):
    pass


class TestABackendOfTheHosts(_OverSmtp):
    backend = "tests.kit.backends.OwnBackend"


class TestSmtpChannel(_OverSmtp):
    def make_channel(self):
        super().make_channel()
        return SmtpChannel(SmtpServer.of(get_connection()))

    def make_broken_channel(self):
        super().make_broken_channel()
        return SmtpChannel(SmtpServer.of(get_connection()))


@pytest.mark.django_db
class TestLetters(OutboxContract):
    def make_outbox(self):
        return LETTERS

    def make_row(self):
        return queue_letter(kind="notice", to="a@example.org", subject="s", text="t", lane=Lane.INSTANT, by=INTAKE)

    def make_unwanted(self, row):
        type(row).objects.filter(pk=row.pk).update(useful_until=row.message_date)


@pytest.mark.django_db
class TestBulletins(OutboxContract):
    def make_outbox(self):
        return DELIVERIES

    def make_row(self) -> OutboxRow:
        region = any_region()
        make_member(home_region=region, rhythm=Member.Rhythm.ALL)
        return Delivery.objects.get(bulletin=make_compiled_bulletin(regions=[region]))

    def make_unwanted(self, row):
        stop_mails(row.subscription)


def test_every_outbox_of_ours_keeps_the_contract():
    assert {id(box) for box in outboxes} == {id(TestLetters().make_outbox()), id(TestBulletins().make_outbox())}


def test_a_channel_in_memory_answers_as_it_was_told():
    channel = MemoryChannel(answers={"gone@example.org": Outcome(Status.REFUSED, "NoSuchPerson")})
    with mail_kept_in_memory() as kept:
        outcomes = channel.send([make_mail("gone@example.org"), make_mail("here@example.org")])
    assert [outcome.status for outcome in outcomes] == [Status.REFUSED, Status.SENT]
    assert [mail.recipient for mail in kept] == ["here@example.org"]


@pytest.mark.django_db
def test_the_whole_scheme_mails_into_memory_inside_the_block_and_not_after_it(mailoutbox):
    with mail_kept_in_memory() as kept:
        TestLetters().make_row()
        deliver_all(seconds=20)
    row = TestLetters().make_row()
    deliver_all(seconds=20)
    row.refresh_from_db()
    assert (len(kept), len(mailoutbox), row.state) == (1, 1, RowState.SENT)
