"""Letters: written with the verb they tell of, sealed while they wait, unreadable once they went."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from nums_wagtail.foundation.actors import INTAKE
from nums_wagtail.foundation.errors import KeyMissing
from nums_wagtail.foundation.transactions import verb_transaction
from nums_wagtail.mailing.addresses import BadAddress
from nums_wagtail.mailing.letters import end_old_letters, queue_letter
from nums_wagtail.mailing.models import Lane, Letter, RowState
from nums_wagtail.mailing.tasks import send_waiting_letters
from nums_wagtail.vault.models import DataKey


def test_a_letter_reaches_its_reader_as_a_machines_mail(write_letter, postbox):
    letter = write_letter()
    send_waiting_letters()
    message = postbox.messages()[0]
    assert (message["To"], message["Subject"]) == ("rowan@example.org", "Your link")
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Message-ID"] == letter.message_id
    assert message.get_content().splitlines() == ["Here it is."]


@pytest.mark.promise("P054")
def test_a_waiting_letter_holds_nothing_readable(write_letter):
    write_letter()
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM nums_wagtail_letter")
        row = b"".join(
            bytes(v) if isinstance(v, bytes | memoryview) else str(v).encode() for v in cursor.fetchone()
        )
    for canary in (b"rowan", b"Your link", b"Here it is"):
        assert canary not in row
        assert canary.hex().encode() not in row


@pytest.mark.promise("P054")
def test_a_letter_that_went_cannot_be_read_again(write_letter, postbox):
    letter = write_letter()
    send_waiting_letters()
    assert not DataKey.objects.filter(pk=letter.data_key).exists()
    with pytest.raises(KeyMissing):
        _ = Letter.objects.get(pk=letter.pk).body


def test_a_failed_letter_stays_until_its_month_is_over(write_letter, postbox):
    postbox.answers["rowan@example.org"] = "550 5.1.1 No such person"
    letter = write_letter()
    send_waiting_letters()
    assert Letter.objects.get(pk=letter.pk).body == "Here it is."
    assert end_old_letters(timezone.now() + timedelta(days=29)) == 0
    assert end_old_letters(timezone.now() + timedelta(days=31)) == 1
    assert not DataKey.objects.filter(pk=letter.data_key).exists()


def test_a_letter_that_came_too_late_is_not_sent(write_letter, postbox):
    letter = write_letter(useful_until=timezone.now() - timedelta(seconds=1))
    send_waiting_letters()
    letter.refresh_from_db()
    assert letter.state == RowState.STOPPED
    assert not postbox.taken


@pytest.mark.promise("P027")
def test_no_commit_no_letter(db):
    class TakenBack(Exception):
        pass

    def verb():
        with verb_transaction():
            queue_letter(kind="notice", to="a@example.org", subject="s", text="t", lane=Lane.INSTANT, by=INTAKE)
            raise TakenBack

    with pytest.raises(TakenBack):
        verb()
    assert not Letter.objects.exists()


def test_an_address_no_server_takes_is_refused_when_it_is_written(write_letter):
    with pytest.raises(BadAddress):
        write_letter(to="rowan at example")


@pytest.mark.promise("P033")
def test_a_letters_name_is_opaque(write_letter):
    letter = write_letter()
    assert str(letter) == f"letter {str(letter.uuid)[:8]}"
    assert letter.queued_by == "intake"


def test_writing_a_letter_wakes_a_worker_after_the_commit(write_letter, django_capture_on_commit_callbacks):
    from django_q.models import OrmQ

    with django_capture_on_commit_callbacks(execute=True):
        write_letter()
        assert not OrmQ.objects.exists()
    assert OrmQ.objects.get().args() == ("nums_wagtail.mailing.tasks.send_waiting_letters",)
