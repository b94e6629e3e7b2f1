"""Floods and machines: marked for the queue, never refused. And tries at receipts wait, but lock nobody out."""

import pytest
from django.core.cache import cache
from django.utils import timezone

from nums_wagtail.reports import client_tags, floods, slowing
from nums_wagtail.reports.floods import Mark, mark_of

HOME = "192.0.2.1"


@pytest.mark.promise("P128")
def test_a_sixth_report_within_the_hour_from_one_address_is_marked():
    marks = [bool(mark_of(address=HOME, seconds_open=60)) for _number in range(12)]
    assert marks == [False] * floods.USUAL + [True] * (12 - floods.USUAL)
    assert not mark_of(address="192.0.2.2", seconds_open=60), "and nobody else's is"


@pytest.mark.promise("P128")
@pytest.mark.parametrize(
    "address", ["127.0.0.1", "10.1.2.3", "172.20.0.1", "192.168.1.1", "::1", "fd00::1", "", "unix:"]
)
def test_nobody_is_marked_because_a_proxy_stands_before_the_site(address):
    assert not any(mark_of(address=address, seconds_open=60) for _number in range(12))


def test_an_hour_later_it_is_as_if_nothing_had_been(time_machine):
    time_machine.move_to(timezone.now(), tick=False)
    for _number in range(8):
        mark_of(address=HOME)
    time_machine.shift(floods.SPAN + 1)
    assert not mark_of(address=HOME)


@pytest.mark.parametrize(("seconds", "hidden"), [(0.4, ""), (60, "https://example.org"), (0, "x")])
def test_what_fills_in_as_a_machine_does_is_marked(seconds, hidden):
    assert mark_of(address=HOME, seconds_open=seconds, honeypot=hidden) == Mark(machine=True)


@pytest.mark.parametrize(("seconds", "hidden"), [(None, ""), (floods.LEAST_SECONDS, ""), (86_000, "  ")])
def test_what_a_person_does_is_not(seconds, hidden):
    assert not mark_of(address=HOME, seconds_open=seconds, honeypot=hidden)


@pytest.mark.promise("P103", "P128")
def test_no_address_is_kept_by_counting():
    mark_of(address="192.0.2.77")
    kept = repr(vars(cache._connections[cache._alias] if hasattr(cache, "_alias") else cache))
    assert "192.0.2.77" not in kept


@pytest.mark.promise("P103")
def test_tomorrow_the_count_of_today_cannot_be_linked(time_machine):
    time_machine.move_to(timezone.now(), tick=False)
    today = client_tags._tag(HOME)
    time_machine.shift(86_400)
    assert client_tags._tag(HOME) != today


@pytest.mark.parametrize(
    ("address", "bucket"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("2001:db8:0:12ff::7", "2001:db8:0:1200::/56"),
        ("2001:db8:0:1201::1", "2001:db8:0:1200::/56"),
        ("", ""),
        ("unknown", "unknown"),
    ],
)
def test_a_household_with_millions_of_addresses_is_one_bucket(address, bucket):
    assert client_tags.bucket_of(address) == bucket


@pytest.mark.promise("P106")
def test_waits_grow_with_ones_own_tries_and_end_at_seconds():
    waits = [slowing.seconds_to_wait(HOME) for _try in range(60)]
    assert waits[: slowing.FREE] == [0] * slowing.FREE
    assert waits == sorted(waits)
    assert set(waits[slowing.FREE :]) == set(slowing.WAITS)


@pytest.mark.promise("P106")
def test_a_guesser_makes_nobody_else_wait_longer_than_a_moment():
    """However many tries there are, the wait of somebody who comes once is the same two seconds: no queue."""
    for number in range(slowing.FREE_FOR_ALL):
        slowing.seconds_to_wait(f"198.51.100.{number % 250}")
    first = slowing.seconds_to_wait("203.0.113.1")
    for number in range(slowing.FREE_FOR_ALL):
        slowing.seconds_to_wait(f"198.51.100.{number % 250}")
    assert first == slowing.seconds_to_wait("203.0.113.2") == slowing.WAIT_FOR_ALL
