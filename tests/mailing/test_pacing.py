"""The hourly limit: kept over any hour, shared by all workers, its last part for who waits now."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from nums_wagtail.mailing.models import Lane, MailBudget
from nums_wagtail.mailing.pacing import give_back, hours_for, take

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


def limit(settings, mails: int | None) -> None:
    settings.NUMS_WAGTAIL = {**settings.NUMS_WAGTAIL, "MAILS_PER_HOUR": mails}


def take_all(lane: Lane, now: datetime) -> int:
    total = 0
    while granted := take(32, lane=lane, now=now):
        total += granted
    return total


def test_without_a_limit_everything_goes_and_nothing_is_counted(settings):
    limit(settings, None)
    assert take(32, lane=Lane.DIGEST) == 32
    assert hours_for(10_000) == 0.0
    assert not MailBudget.objects.exists()


@pytest.mark.promise("P057")
def test_an_hour_holds_the_limit_and_the_last_tenth_is_for_urgent_lanes(settings):
    limit(settings, 300)
    assert take_all(Lane.DIGEST, NOON) == 270
    assert take_all(Lane.SIGN_IN, NOON) == 30


@pytest.mark.promise("P057")
def test_two_full_hours_never_come_back_to_back(settings):
    limit(settings, 100)
    assert take_all(Lane.SIGN_IN, NOON + timedelta(minutes=59)) == 100
    assert take_all(Lane.SIGN_IN, NOON + timedelta(minutes=61)) == 0
    assert take_all(Lane.SIGN_IN, NOON + timedelta(minutes=121)) == 100


def test_near_the_limit_messages_go_one_by_one(settings):
    limit(settings, 10_000)
    assert take(32, lane=Lane.DIGEST, now=NOON) == 32
    MailBudget.objects.update(spent=8_900)
    assert take(32, lane=Lane.DIGEST, now=NOON) == 1


def test_room_that_was_not_needed_is_given_back(settings):
    limit(settings, 10)
    take(1, lane=Lane.SIGN_IN, now=NOON)
    give_back(1, now=NOON)
    assert take_all(Lane.SIGN_IN, NOON) == 10


def test_old_slices_do_not_pile_up(settings):
    limit(settings, 10)
    for hour in range(5):
        take(1, lane=Lane.SIGN_IN, now=NOON + timedelta(hours=hour))
    assert MailBudget.objects.count() <= 3


def test_how_long_a_bulletin_takes_is_said_in_hours(settings):
    limit(settings, 300)
    assert hours_for(540) == 2.0
