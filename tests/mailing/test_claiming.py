"""Claims: nobody's row goes to two workers, and none stays with a worker that is gone."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from nums_wagtail.mailing.claiming import Settled, claim, hand_back, record, release_expired, wait_after
from nums_wagtail.mailing.models import Lane, Letter, RowState
from nums_wagtail.mailing.outcomes import Outcome, Status

OURS, THEIRS = uuid4(), uuid4()


def claimed(owner=OURS, limit=32, **more):
    return claim(Letter.objects.all(), owner=owner, limit=limit, **more)


@pytest.mark.promise("P057")
def test_the_most_urgent_lane_goes_first_and_then_who_waits_longest(write_letter):
    now = timezone.now()
    late = write_letter(lane=Lane.DIGEST, due_at=now - timedelta(hours=2))
    second = write_letter(lane=Lane.SIGN_IN, due_at=now - timedelta(minutes=1))
    first = write_letter(lane=Lane.SIGN_IN, due_at=now - timedelta(minutes=5))
    assert [row.pk for row in claimed()] == [first.pk, second.pk, late.pk]


@pytest.mark.promise("P052")
def test_a_row_is_claimed_by_one_worker_only(write_letter):
    for _n in range(3):
        write_letter()
    first, second = claimed(limit=2), claimed(THEIRS)
    assert (len(first), len(second)) == (2, 1)
    assert not {row.pk for row in first} & {row.pk for row in second}


def test_what_is_not_due_is_not_claimed(write_letter):
    write_letter(due_at=timezone.now() + timedelta(minutes=1))
    assert claimed() == []


def test_a_claim_takes_three_queries_however_many_rows(write_letter, django_assert_max_num_queries):
    for _n in range(20):
        write_letter()
    # PostgreSQL adds the two of a savepoint in a test.
    with django_assert_max_num_queries(5):
        assert len(claimed()) == 20


@pytest.mark.promise("P050")
def test_a_row_of_a_lost_worker_goes_back_after_its_lease(write_letter):
    letter = write_letter()
    claimed()
    now = timezone.now()
    assert release_expired(Letter.objects.all(), now) == 0
    assert release_expired(Letter.objects.all(), now + timedelta(seconds=121)) == 1
    letter.refresh_from_db()
    assert (letter.state, letter.owner, letter.attempts) == (RowState.WAITING, None, 1)


def test_a_message_that_loses_every_worker_is_given_up(write_letter):
    letter = write_letter()
    Letter.objects.update(attempts=7)
    claimed()
    release_expired(Letter.objects.all(), timezone.now() + timedelta(minutes=3))
    letter.refresh_from_db()
    assert (letter.state, letter.error_class) == (RowState.FAILED, "WorkerLost")


def test_a_row_handed_back_was_never_tried(write_letter):
    letter = write_letter()
    hand_back(claimed(), owner=OURS)
    letter.refresh_from_db()
    assert (letter.state, letter.attempts, letter.owner) == (RowState.WAITING, 0, None)


def test_a_deferred_message_waits_twice_as_long_each_time(write_letter):
    letter = write_letter()
    now = timezone.now()
    for attempt in (1, 2, 3):
        Letter.objects.update(due_at=now)
        record([Settled(claimed(now=now)[0], Outcome(Status.DEFERRED, "SMTPDataError"))], owner=OURS, now=now)
        letter.refresh_from_db()
        assert letter.due_at - now == wait_after(attempt) == timedelta(minutes=2 ** (attempt - 1))
    assert letter.error_class == "SMTPDataError"


def test_after_the_last_attempt_a_message_has_failed(write_letter, settings):
    settings.NUMS_WAGTAIL = {**settings.NUMS_WAGTAIL, "MAIL_ATTEMPTS": 1}
    letter = write_letter()
    record([Settled(claimed()[0], Outcome(Status.DEFERRED, "SMTPDataError"))], owner=OURS)
    letter.refresh_from_db()
    assert letter.state == RowState.FAILED


@pytest.mark.promise("P051")
def test_a_second_attempt_has_the_same_message_id_and_date(write_letter):
    letter = write_letter()
    row = claimed()[0]
    record([Settled(row, Outcome(Status.DEFERRED, "SMTPDataError"))], owner=OURS)
    Letter.objects.update(due_at=timezone.now())
    again = claimed()[0]
    assert (again.message_id, again.message_date) == (letter.message_id, letter.message_date)


def test_what_was_sent_is_written_even_when_the_lease_was_lost(write_letter):
    letter = write_letter()
    row = claimed()[0]
    release_expired(Letter.objects.all(), timezone.now() + timedelta(minutes=3))
    record([Settled(row, Outcome(Status.SENT))], owner=OURS)
    letter.refresh_from_db()
    assert letter.state == RowState.SENT


def test_nothing_but_sent_is_written_over_another_workers_claim(write_letter):
    letter = write_letter()
    row = claimed()[0]
    release_expired(Letter.objects.all(), timezone.now() + timedelta(minutes=3))
    claimed(THEIRS)
    record([Settled(row, Outcome(Status.REFUSED, "SMTPDataError"))], owner=OURS)
    letter.refresh_from_db()
    assert (letter.state, letter.owner) == (RowState.CLAIMED, THEIRS)


def test_outcomes_of_a_group_are_written_in_one_update_each(write_letter, django_assert_num_queries):
    for _n in range(10):
        write_letter()
    rows = claimed()
    settled = [Settled(row, Outcome(Status.SENT)) for row in rows[:6]]
    settled += [Settled(row, Outcome(Status.REFUSED, "SMTPDataError")) for row in rows[6:]]
    with django_assert_num_queries(2):
        finished = record(settled, owner=OURS)
    assert {row.state for row in finished} == {RowState.SENT, RowState.FAILED}


@pytest.mark.django_db(transaction=True)
@pytest.mark.promise("P052")
def test_two_workers_at_once_share_what_waits(write_letter):
    from concurrent.futures import ThreadPoolExecutor

    from django.db import connection

    if connection.vendor == "sqlite":
        pytest.skip("Threads share the one in-memory connection of a SQLite test; test_crash uses processes.")
    for _n in range(40):
        write_letter()

    def work(owner):
        try:
            return [row.pk for _turn in range(4) for row in claimed(owner, limit=5)]
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        shares = list(pool.map(work, [uuid4() for _n in range(4)]))
    everything = [pk for share in shares for pk in share]
    assert len(everything) == len(set(everything)) == 40
