"""What an operator is told before it hurts somebody, and where the vault's tables go."""

import pytest

from nums_wagtail.vault import checks
from nums_wagtail.vault.models import DataKey, TeamKey
from nums_wagtail.vault.router import KeysRouter

from .samples import Diary

ROUTER = "nums_wagtail.vault.router.KeysRouter"


@pytest.fixture
def configure(settings):
    def put(**given):
        settings.NUMS_WAGTAIL = {**settings.NUMS_WAGTAIL, **given}

    return put


def ids(found) -> list[str]:
    return [message.id.removeprefix("nums_wagtail.") for message in found]


@pytest.mark.promise("P005")
def test_production_without_site_keys_is_an_error_that_names_the_setting(configure):
    configure(SITE_KEYS=[])
    found = checks.check_site_keys(None)
    assert ids(found) == ["E010"]
    assert "SITE_KEYS" in found[0].hint
    assert checks.check_site_keys_before_deploying(None) == []


def test_development_may_do_without_until_it_is_deployed(configure, settings):
    configure(SITE_KEYS=[])
    settings.DEBUG = True
    assert checks.check_site_keys(None) == []
    assert ids(checks.check_site_keys_before_deploying(None)) == ["E010"]


def test_a_malformed_list_is_an_error_even_in_development(configure, settings):
    settings.DEBUG = True
    configure(SITE_KEYS=["k1:short"])
    assert ids(checks.check_site_keys(None)) == ["E011"]


def test_a_key_database_must_exist_and_have_its_router(configure, settings):
    configure(KEYS_DATABASE="keys")
    assert ids(checks.check_keys_database(None)) == ["E012"]
    settings.DATABASES["keys"] = settings.DATABASES["default"]
    try:
        assert ids(checks.check_keys_database(None)) == ["E013"]
        settings.DATABASE_ROUTERS = [ROUTER]
        assert checks.check_keys_database(None) == []
    finally:
        del settings.DATABASES["keys"]


def test_a_key_file_that_keeps_what_is_deleted_is_warned_of_before_deploying(configure, settings):
    configure(KEYS_DATABASE="keys")
    settings.DATABASES["keys"] = {"ENGINE": "django.db.backends.sqlite3", "OPTIONS": {}}
    try:
        assert ids(checks.check_sqlite_overwrites_what_it_deletes(None)) == ["W011"]
        settings.DATABASES["keys"]["OPTIONS"]["init_command"] = "PRAGMA secure_delete=ON;"
        assert checks.check_sqlite_overwrites_what_it_deletes(None) == []
    finally:
        del settings.DATABASES["keys"]


def test_receipts_of_another_length_are_an_error(configure):
    configure(RECEIPT_WORDS=3)
    assert ids(checks.check_receipt_words(None)) == ["E014"]


@pytest.mark.promise("P010")
def test_cheap_guessing_is_warned_of_before_deploying(configure, settings):
    assert ids(checks.check_cost_of_guessing(None)) == ["W010"]
    configure(ARGON2_MEMORY_KIB=19456, ARGON2_PASSES=2)
    assert checks.check_cost_of_guessing(None) == []


@pytest.mark.promise("P015")
def test_the_vaults_tables_go_into_the_key_database_and_nothing_else_does(configure):
    configure(KEYS_DATABASE="keys")
    router = KeysRouter()
    assert router.db_for_read(DataKey) == router.db_for_write(TeamKey) == "keys"
    assert router.allow_migrate("keys", "nums_vault") is True
    assert router.allow_migrate("default", "nums_vault") is False
    assert router.allow_migrate("keys", "nums_wagtail") is False
    assert router.allow_migrate("default", "nums_wagtail") is None


def test_with_one_database_the_router_changes_nothing_for_others():
    router = KeysRouter()
    assert router.db_for_read(DataKey) == "default"
    assert router.allow_migrate("default", "nums_wagtail") is None


@pytest.mark.promise("P015")
def test_no_relation_crosses_the_vaults_wall(django_user_model):
    router = KeysRouter()
    assert router.allow_relation(DataKey(), django_user_model()) is False
    assert router.allow_relation(DataKey(), TeamKey()) is None


def test_an_encrypted_field_without_its_columns_is_an_error():
    from django.db import models
    from django.test.utils import isolate_apps

    from nums_wagtail.vault.fields import EncryptedTextField

    with isolate_apps("nums_wagtail.vault"):

        class Bare(models.Model):
            words = EncryptedTextField()

            class Meta:
                app_label = "nums_vault"

            def __str__(self) -> str:
                return "bare"

    assert ids(Bare._meta.get_field("words").check()) == ["E015", "E015"]
    assert Diary.check() == []
