"""Suppression: an address that gets nothing more, and is written down nowhere."""

from __future__ import annotations

import pytest

from nums_wagtail.foundation.actors import INTAKE, SETUP, WORKER
from nums_wagtail.foundation.errors import NotAllowed
from nums_wagtail.mailing.addresses import address_tag
from nums_wagtail.mailing.models import Suppression, SuppressionReason
from nums_wagtail.mailing.suppression import is_suppressed, lift, suppress, suppressed_tags

pytestmark = pytest.mark.django_db


def test_an_address_is_known_again_however_it_is_written():
    suppress("Rowan@Example.org ", SuppressionReason.COMPLAINED, by=WORKER)
    assert is_suppressed("rowan@example.org")
    assert not is_suppressed("sky@example.org")


def test_the_first_reason_stays():
    suppress("rowan@example.org", SuppressionReason.BOUNCED, by=WORKER)
    suppress("rowan@example.org", SuppressionReason.COMPLAINED, by=WORKER)
    assert Suppression.objects.get().reason == SuppressionReason.BOUNCED


@pytest.mark.promise("P055")
def test_the_row_holds_a_tag_and_no_address():
    row = suppress("rowan@example.org", SuppressionReason.BOUNCED, by=WORKER)
    assert len(bytes(row.address_tag)) == 32
    assert b"rowan" not in bytes(row.address_tag)
    assert "rowan" not in str(row)


def test_many_addresses_are_asked_about_in_one_query(django_assert_num_queries):
    suppress("a@example.org", SuppressionReason.BOUNCED, by=WORKER)
    tags = [address_tag(f"{name}@example.org") for name in "abc"]
    with django_assert_num_queries(1):
        assert suppressed_tags(tags) == {tags[0]}


def test_who_vets_members_may_allow_mail_again():
    suppress("rowan@example.org", SuppressionReason.BOUNCED, by=WORKER)
    assert lift("rowan@example.org", by=SETUP)
    assert not lift("rowan@example.org", by=SETUP)
    assert not is_suppressed("rowan@example.org")


def test_nobody_without_the_right_stops_or_allows_mail():
    with pytest.raises(NotAllowed):
        suppress("rowan@example.org", SuppressionReason.BOUNCED, by=INTAKE)
    with pytest.raises(NotAllowed):
        lift("rowan@example.org", by=WORKER)


def test_a_new_site_key_forgets_no_suppressed_address(settings):
    suppress("rowan@example.org", SuppressionReason.BOUNCED, by=WORKER)
    newer = "t2:bmV3ZXIgdGVzdHMga2V5IG9mIHRoaXJ0eS10d28gYiE="
    settings.NUMS_WAGTAIL = {**settings.NUMS_WAGTAIL, "SITE_KEYS": [newer, *settings.NUMS_WAGTAIL["SITE_KEYS"]]}
    assert is_suppressed("rowan@example.org")
    suppress("rowan@example.org", SuppressionReason.COMPLAINED, by=WORKER)
    assert Suppression.objects.count() == 1
