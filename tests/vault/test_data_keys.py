"""Data keys: made for the site or for the team, found by a receipt, gone when shredded."""

import copy
import pickle
import uuid

import pytest
from django.db import IntegrityError, transaction

from nums_wagtail.foundation.errors import CannotOpen, CannotSeal, KeyMissing, VaultError
from nums_wagtail.vault import data_keys, team
from nums_wagtail.vault.holders import ReceiptHolder, SiteHolder, TeamHolder
from nums_wagtail.vault.models import DataKey, KeyKind, TeamKey
from nums_wagtail.vault.receipts import new_receipt

pytestmark = pytest.mark.django_db


def test_the_site_opens_what_was_made_for_the_site():
    key = data_keys.create(KeyKind.MEMBER)
    assert data_keys.open_key(SiteHolder(), key.id) == key
    assert len(key.secret) == 32
    assert key.secret not in bytes(DataKey.objects.get().wrapped_site)


@pytest.mark.promise("P009")
def test_the_team_opens_what_was_made_for_the_team_and_the_site_does_not():
    key = data_keys.create_for_team(KeyKind.REPORT)
    assert data_keys.open_key(TeamHolder(), key.id) == key
    with pytest.raises(KeyMissing):
        data_keys.open_key(SiteHolder(), key.id)


def test_the_team_does_not_open_what_was_made_for_the_site():
    key = data_keys.create(KeyKind.MEMBER)
    with pytest.raises(KeyMissing):
        data_keys.open_key(TeamHolder(), key.id)


@pytest.mark.promise("P009")
def test_a_reporter_opens_her_key_with_her_receipt_alone():
    receipt = new_receipt()
    key = data_keys.create_for_team(KeyKind.REPORT, receipt)
    data_keys.create_for_team(KeyKind.REPORT, new_receipt())
    holder, key_id = data_keys.find_by_receipt(receipt)
    assert key_id == key.id
    assert data_keys.open_key(holder, key_id) == key


def test_an_unknown_receipt_finds_nothing_and_opens_nothing():
    key = data_keys.create_for_team(KeyKind.REPORT, new_receipt())
    stranger = new_receipt()
    assert data_keys.find_by_receipt(stranger) is None
    with pytest.raises(CannotOpen):
        data_keys.open_key(ReceiptHolder(stranger), key.id)


def test_a_receipt_given_out_under_an_older_site_key_still_finds(use_site_keys):
    receipt = new_receipt()
    use_site_keys("old")
    key = data_keys.create_for_team(KeyKind.REPORT, receipt)
    use_site_keys("new", "old")
    holder, key_id = data_keys.find_by_receipt(receipt)
    assert data_keys.open_key(holder, key_id) == key
    use_site_keys("new")
    assert data_keys.find_by_receipt(receipt) is None


def test_the_same_receipt_sent_twice_gives_the_same_key():
    receipt = new_receipt()
    first = data_keys.create_for_team(KeyKind.REPORT, receipt)
    assert data_keys.create_for_team(KeyKind.REPORT, receipt) == first
    assert DataKey.objects.count() == 1


@pytest.mark.promise("P008")
def test_a_shredded_key_opens_for_nobody():
    receipt = new_receipt()
    key = data_keys.create_for_team(KeyKind.REPORT, receipt)
    assert data_keys.shred([key.id, uuid.uuid4()]) == 1
    with pytest.raises(KeyMissing):
        data_keys.open_key(TeamHolder(), key.id)
    assert data_keys.find_by_receipt(receipt) is None
    assert data_keys.shred([key.id]) == 0


def test_many_keys_open_in_few_queries(django_assert_max_num_queries):
    made = {key.id: key for key in (data_keys.create(KeyKind.MEMBER) for _i in range(600))}
    with django_assert_max_num_queries(2):
        assert data_keys.open_keys(SiteHolder(), [*made, uuid.uuid4()]) == made


def test_many_keys_of_the_team_need_its_private_half_once(django_assert_max_num_queries):
    made = {key.id: key for key in (data_keys.create_for_team(KeyKind.REPORT) for _i in range(30))}
    with django_assert_max_num_queries(2):
        assert data_keys.open_keys(TeamHolder(), made) == made


@pytest.mark.parametrize("column", ["wrapped_site", "wrapped_team", "wrapped_receipt"])
def test_a_wrapping_moved_to_another_key_does_not_open(column):
    receipt = new_receipt()
    made = [
        data_keys.create(KeyKind.OTHER)
        if column == "wrapped_site"
        else data_keys.create_for_team(KeyKind.REPORT, r)
        for r in (receipt, new_receipt())
    ]
    wrapping = getattr(DataKey.objects.get(pk=made[0].id), column)
    DataKey.objects.filter(pk=made[1].id).update(**{column: wrapping})
    holders = {
        "wrapped_site": SiteHolder(),
        "wrapped_team": TeamHolder(),
        "wrapped_receipt": ReceiptHolder(receipt),
    }
    with pytest.raises(CannotOpen):
        data_keys.open_key(holders[column], made[1].id)


def test_without_site_keys_no_key_is_made(use_site_keys):
    use_site_keys()
    for make in (lambda: data_keys.create(KeyKind.OTHER), lambda: data_keys.create_for_team(KeyKind.REPORT)):
        with pytest.raises(VaultError):
            make()
    assert not DataKey.objects.exists()
    assert not TeamKey.objects.exists()


def test_a_wrong_site_key_of_the_same_name_does_not_open(settings):
    key = data_keys.create(KeyKind.OTHER)
    settings.NUMS_WAGTAIL = {**settings.NUMS_WAGTAIL, "SITE_KEYS": ["t1:" + "A" * 43 + "="]}
    with pytest.raises(CannotOpen):
        data_keys.open_key(SiteHolder(), key.id)


def test_the_database_takes_no_key_that_nobody_could_open():
    with pytest.raises(IntegrityError), transaction.atomic():
        DataKey.objects.create(made_on="2026-01-01")


def test_a_broken_public_half_seals_nothing():
    pair = team.ensure_team_key()
    TeamKey.objects.filter(pk=pair.pk).update(public=b"short")
    with pytest.raises(CannotSeal):
        data_keys.create_for_team(KeyKind.REPORT)
    assert not DataKey.objects.exists()


def test_the_team_key_is_made_once_and_a_retired_one_still_opens():
    first = team.ensure_team_key()
    assert team.ensure_team_key() == first
    key = data_keys.create_for_team(KeyKind.REPORT)
    TeamKey.objects.update(retired_on="2026-01-01")
    second = team.ensure_team_key()
    assert second.kid != first.kid
    assert data_keys.open_key(TeamHolder(), key.id) == key
    assert data_keys.create_for_team(KeyKind.REPORT).id != key.id


@pytest.mark.promise("P006")
def test_an_opened_key_shows_nothing_and_is_never_pickled():
    key = data_keys.create(KeyKind.OTHER)
    assert str(key.id) not in repr(key)
    assert repr(key.secret)[2:-1] not in repr(key)
    assert copy.deepcopy(key) is key
    with pytest.raises(TypeError):
        pickle.dumps(key)
