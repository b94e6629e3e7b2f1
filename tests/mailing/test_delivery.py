"""Delivering: from the rows to a real server and back, whatever the server does."""

from __future__ import annotations

import socket
from datetime import timedelta

import pytest
from django.utils import timezone

from nums_wagtail.foundation.actors import WORKER
from nums_wagtail.mailing import letters
from nums_wagtail.mailing.channel_health import REFUSALS_IN_A_ROW, channel_health
from nums_wagtail.mailing.models import Lane, Letter, MailBudget, RowState, SuppressionReason
from nums_wagtail.mailing.outbox import Outbox, deliver_all, outboxes
from nums_wagtail.mailing.suppression import suppress

SECONDS = 30


def state_of(letter: Letter) -> tuple[str, str]:
    letter.refresh_from_db()
    return letter.state, letter.error_class


def test_what_waits_arrives_once_each(write_letter, postbox):
    people = [f"m{n}@example.org" for n in range(70)]
    written = [write_letter(to=person) for person in people]
    delivered = deliver_all(seconds=SECONDS)
    assert delivered.sent == 70
    assert sorted(postbox.recipients) == sorted(people)
    assert {m["Message-ID"] for m in postbox.messages()} == {letter.message_id for letter in written}
    assert set(Letter.objects.values_list("state", flat=True)) == {RowState.SENT}


def test_a_group_of_bulletin_mail_costs_few_queries(write_letter, postbox, django_assert_max_num_queries):
    written = [write_letter(to=f"m{n}@example.org") for n in range(30)]
    messages = letters.build(written)
    box = Outbox(Letter.objects.all, letters.still_wanted, lambda rows: {r.pk: messages[r.pk] for r in rows})
    with outboxes.emptied() as registry, django_assert_max_num_queries(20):
        registry.register("bulk", box, owner="tests")
        assert deliver_all(seconds=SECONDS).sent == 30


def test_each_connection_is_kept_for_the_whole_delivery(write_letter, postbox):
    for n in range(70):
        write_letter(to=f"m{n}@example.org")
    deliver_all(seconds=SECONDS)
    assert len(postbox.sessions) == 2


def test_a_refused_address_fails_alone(write_letter, postbox):
    postbox.answers["gone@example.org"] = "550 5.1.1 No such person"
    gone, there = write_letter(to="gone@example.org"), write_letter()
    delivered = deliver_all(seconds=SECONDS)
    assert (delivered.sent, delivered.failed) == (1, 1)
    assert state_of(gone) == (RowState.FAILED, "SMTPRecipientsRefused")
    assert state_of(there) == (RowState.SENT, "")


def test_come_back_later_is_heeded(write_letter, postbox):
    postbox.answers["grey@example.org"] = "451 4.7.1 Greylisted"
    letter = write_letter(to="grey@example.org")
    assert deliver_all(seconds=SECONDS).deferred == 1
    assert state_of(letter) == (RowState.WAITING, "SMTPRecipientsRefused")
    assert letter.due_at > timezone.now()
    postbox.answers.clear()
    Letter.objects.update(due_at=timezone.now())
    assert deliver_all(seconds=SECONDS).sent == 1


@pytest.mark.promise("P050")
def test_a_connection_lost_in_mid_message_sends_the_same_message_again(write_letter, postbox):
    postbox.answers["rowan@example.org"] = "hang up"
    letter = write_letter()
    assert deliver_all(seconds=SECONDS).deferred == 1
    postbox.answers.clear()
    Letter.objects.update(due_at=timezone.now())
    deliver_all(seconds=SECONDS)
    first, second = postbox.taken
    assert first == second
    assert letter.message_id.encode() in first[1]


@pytest.mark.promise("P058")
def test_a_server_that_is_down_costs_no_attempt_and_staff_can_see_it(write_letter, postbox, settings):
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        settings.EMAIL_PORT = unused.getsockname()[1]
        written = [write_letter(to=f"m{n}@example.org") for n in range(3)]
        delivered = deliver_all(seconds=SECONDS)
    assert delivered.trouble == "ConnectionRefusedError"
    assert {state_of(letter) for letter in written} == {(RowState.WAITING, "ConnectionRefusedError")}
    assert {letter.attempts for letter in written} == {0}
    since = channel_health().unreachable_since
    assert since is not None
    settings.EMAIL_PORT = postbox.port
    Letter.objects.update(due_at=timezone.now())
    assert deliver_all(seconds=SECONDS).sent == 3
    assert channel_health().unreachable_since is None


def test_a_server_that_refuses_everybody_refuses_us_and_the_bulletin_is_kept(write_letter, postbox):
    postbox.answer_everybody = "554 5.7.1 Relay access denied"
    for n in range(40):
        write_letter(to=f"m{n}@example.org")
    delivered = deliver_all(seconds=SECONDS)
    assert delivered.failed < REFUSALS_IN_A_ROW
    assert delivered.trouble == "SMTPRecipientsRefused"
    assert Letter.objects.filter(state=RowState.WAITING).count() == 40 - delivered.failed
    assert channel_health().unreachable_since is not None


def test_one_connection_refused_leaves_the_other_working(write_letter, postbox):
    made = []

    class Second:
        at_once, connections = 1, 2

        def open(self): ...
        def close(self): ...
        def send(self, items):
            raise ConnectionRefusedError

    def make():
        from nums_wagtail.mailing.channels import get_channel

        made.append(Second() if made else get_channel())
        return made[-1]

    for n in range(20):
        write_letter(to=f"m{n}@example.org")
    delivered = deliver_all(seconds=SECONDS, make_channel=make)
    assert (delivered.sent, delivered.trouble) == (20, "")


@pytest.mark.promise("P055")
def test_a_suppressed_address_gets_nothing(write_letter, postbox):
    suppress("Rowan@example.org", SuppressionReason.BOUNCED, by=WORKER)
    letter = write_letter(to="rowan@example.org")
    assert deliver_all(seconds=SECONDS).stopped == 1
    assert state_of(letter) == (RowState.STOPPED, "Suppressed")
    assert not postbox.taken


def test_what_is_no_longer_wanted_after_the_claim_is_not_sent(write_letter, postbox):
    write_letter(to="left@example.org")
    box = Outbox(Letter.objects.all, lambda rows: set(), letters.build)
    with outboxes.emptied() as registry:
        registry.register("letters", box, owner="tests")
        assert deliver_all(seconds=SECONDS).stopped == 1
    assert not postbox.taken


def test_a_row_that_cannot_be_built_does_not_hold_up_the_others(write_letter, postbox):
    bad, good = write_letter(to="bad@example.org"), write_letter(to="good@example.org")

    def build(rows):
        if any(row.to == "bad@example.org" for row in rows):
            raise LookupError("holds bad@example.org")
        return letters.build(rows)

    with outboxes.emptied() as registry:
        registry.register("letters", Outbox(Letter.objects.all, letters.still_wanted, build), owner="tests")
        delivered = deliver_all(seconds=SECONDS)
    assert (delivered.sent, delivered.deferred) == (1, 1)
    assert state_of(bad) == (RowState.WAITING, "LookupError")
    assert state_of(good) == (RowState.SENT, "")


def test_an_urgent_letter_of_another_outbox_overtakes_a_digest(write_letter, postbox, settings):
    settings.NUMS_WAGTAIL = {**settings.NUMS_WAGTAIL, "DELIVERY_BATCH": 4, "DELIVERY_CONNECTIONS": 1}
    for n in range(8):
        write_letter(to=f"digest{n}@example.org", lane=Lane.DIGEST)
    waiting = []

    def build(rows):
        if not waiting:
            waiting.append(write_letter(to="urgent@example.org", lane=Lane.SIGN_IN))
        return letters.build(rows)

    def digests():
        return Letter.objects.filter(lane=Lane.DIGEST)

    def urgent():
        return Letter.objects.filter(lane=Lane.SIGN_IN)

    with outboxes.emptied() as registry:
        registry.register("bulk", Outbox(digests, letters.still_wanted, build), owner="tests")
        registry.register("letters", Outbox(urgent, letters.still_wanted, letters.build), owner="tests")
        deliver_all(seconds=SECONDS)
    assert postbox.recipients.index("urgent@example.org") == 4


def test_time_that_is_up_leaves_the_rest_waiting_and_says_so(write_letter, postbox):
    letter = write_letter()
    assert deliver_all(seconds=0).more
    assert state_of(letter) == (RowState.WAITING, "")


@pytest.mark.django_db
def test_the_hourly_limit_ends_a_delivery_and_keeps_a_share_for_urgent_letters(write_letter, postbox, settings):
    settings.NUMS_WAGTAIL = {**settings.NUMS_WAGTAIL, "MAILS_PER_HOUR": 10}
    for n in range(12):
        write_letter(to=f"m{n}@example.org", lane=Lane.DIGEST)
    delivered = deliver_all(seconds=SECONDS)
    assert (delivered.sent, delivered.paced) == (9, True)
    write_letter(to="urgent@example.org", lane=Lane.SIGN_IN)
    assert deliver_all(seconds=SECONDS).sent == 1
    assert deliver_all(seconds=SECONDS).sent == 0
    MailBudget.objects.update(starts_at=timezone.now() - timedelta(minutes=70))
    assert deliver_all(seconds=SECONDS).sent == 3
