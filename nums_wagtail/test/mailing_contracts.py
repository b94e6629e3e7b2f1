"""What every channel and every outbox must do. Inherit beside ``TestCase``, or in a class of pytest's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from django.db import connection
from django.test.utils import CaptureQueriesContext

from nums_wagtail.mailing.channels import Channel
from nums_wagtail.mailing.claiming import claim
from nums_wagtail.mailing.models import OutboxRow, RowState
from nums_wagtail.mailing.outbox import Delivered, Outbox, deliver_all, outboxes
from nums_wagtail.mailing.outcomes import Outcome, Status

from .mailing_factories import make_mail
from .memory_channel import mail_kept_in_memory

SENT = Outcome(Status.SENT)
PEOPLE = tuple(f"reader-{number}@example.org" for number in range(3))


class ChannelContract:
    """Carries what it is handed, says what became of each message, and repeats nobody's address."""

    def make_channel(self) -> Channel:
        """One that works, toward something that a test may fill."""
        raise NotImplementedError

    def make_broken_channel(self) -> Channel:
        """One that reaches nobody: a wrong port, a key that is refused."""
        raise NotImplementedError

    def arrived(self) -> Sequence[str]:
        """The recipients of what really arrived at the other end, in order."""
        raise NotImplementedError

    def test_it_says_how_many_it_takes_at_once_and_side_by_side(self) -> None:
        channel = self.make_channel()
        assert channel.at_once >= 1
        assert channel.connections >= 1

    def test_every_message_arrives_and_has_an_outcome(self) -> None:
        channel = self.make_channel()
        outcomes = channel.send([make_mail(person) for person in PEOPLE])
        channel.close()
        assert outcomes == [SENT] * len(PEOPLE)
        assert list(self.arrived()) == list(PEOPLE)

    def test_words_in_html_and_other_scripts_are_carried(self) -> None:
        channel = self.make_channel()
        mail = make_mail(PEOPLE[0], text="Dźwięk – ▲ звук\n.\n", html="<p>Dźwięk – ▲ звук</p>")
        assert channel.send([mail]) == [SENT]
        channel.close()

    def test_nothing_to_send_is_no_trouble(self) -> None:
        channel = self.make_channel()
        assert channel.send([]) == []
        channel.close()

    def test_opening_and_closing_twice_is_harmless_and_it_can_be_used_again(self) -> None:
        channel = self.make_channel()
        channel.open()
        channel.open()
        channel.close()
        channel.close()
        assert channel.send([make_mail(PEOPLE[0])]) == [SENT]
        channel.close()

    def test_two_side_by_side_do_not_disturb_each_other(self) -> None:
        one, other = self.make_channel(), self.make_channel()
        assert one.send([make_mail(PEOPLE[0])]) == [SENT]
        one.close()
        assert other.send([make_mail(PEOPLE[1])]) == [SENT]
        other.close()
        assert list(self.arrived()) == [PEOPLE[0], PEOPLE[1]]

    def test_out_of_order_it_raises_nothing_and_leaves_every_message_untried(self) -> None:
        channel = self.make_broken_channel()
        outcomes = channel.send([make_mail(person) for person in PEOPLE])
        channel.close()
        assert [outcome.status for outcome in outcomes] == [Status.BROKEN] * len(PEOPLE)
        assert not list(self.arrived())

    def test_an_error_is_told_by_its_class_alone(self) -> None:
        channel = self.make_broken_channel()
        (outcome,) = channel.send([make_mail(PEOPLE[0])])
        channel.close()
        assert outcome.error_class.isidentifier()


class OutboxContract:
    """Gives each row's message when it is asked, and none of what nobody wants any more. Needs a database."""

    def make_outbox(self) -> Outbox:
        raise NotImplementedError

    def make_row(self) -> OutboxRow:
        """A saved row that is due now."""
        raise NotImplementedError

    def make_unwanted(self, row: OutboxRow) -> None:
        """What makes somebody not want it any more: stopping, leaving, being too late."""
        raise NotImplementedError

    def test_a_due_row_is_offered_whatever_became_of_it(self) -> None:
        row, box = self.make_row(), self.make_outbox()
        assert box.rows().due(row.due_at).filter(pk=row.pk).exists()
        box.rows().filter(pk=row.pk).update(state=RowState.SENT)
        assert box.rows().filter(pk=row.pk).exists()

    def test_a_claimed_row_is_wanted_and_one_question_tells(self) -> None:
        row, box = self._claimed()
        with CaptureQueriesContext(connection) as asked:
            assert box.still_wanted([row]) == {row.pk}
        assert len(asked) == 1

    def test_what_nobody_wants_any_more_is_not_wanted(self) -> None:
        row, box = self._claimed()
        self.make_unwanted(row)
        assert box.still_wanted([row]) == set()

    def test_each_attempt_is_the_same_message(self) -> None:
        row, box = self._claimed()
        for _attempt in range(2):
            message = box.build([row])[row.pk].as_email().message()
            assert message["Message-ID"] == row.message_id
            assert message["Date"].endswith("+0000")
            assert row.message_date.strftime("%H:%M:%S") in message["Date"]

    def test_the_quick_way_and_djangos_way_are_one_message(self) -> None:
        row, box = self._claimed()
        built = box.build([row])[row.pk]
        assert built.as_email().recipients() == [built.recipient]
        for line in (f"Message-ID: {row.message_id}", f"To: {built.recipient}"):
            assert f"{line}\r\n".encode() in built.as_bytes()

    def test_a_delivery_sends_it_once(self) -> None:
        row = self.make_row()
        first, kept = self._deliver()
        again, nothing = self._deliver()
        assert (first.sent, len(kept)) == (1, 1)
        assert (again.sent, len(nothing)) == (0, 0)
        row.refresh_from_db()
        assert row.state == RowState.SENT

    def test_a_delivery_stops_what_nobody_wants_any_more(self) -> None:
        row = self.make_row()
        self.make_unwanted(row)
        delivered, kept = self._deliver()
        assert delivered.sent == 0
        assert not kept
        assert not self.make_outbox().rows().filter(pk=row.pk, state=RowState.SENT).exists()

    def _claimed(self) -> tuple[OutboxRow, Outbox]:
        box, made = self.make_outbox(), self.make_row()
        (row,) = claim(box.rows().filter(pk=made.pk), owner=uuid4(), limit=1)
        return row, box

    def _deliver(self) -> tuple[Delivered, list[Any]]:
        box = self.make_outbox()
        with outboxes.emptied() as alone, mail_kept_in_memory() as kept:
            alone.register("contract", box, owner="contract")
            return deliver_all(seconds=20), list(kept)
