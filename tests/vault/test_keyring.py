"""Site keys: who may write, who may read, and what refuses to start."""

import base64
import pickle

import pytest
from django.apps import apps
from django.core.exceptions import ImproperlyConfigured

from nums_wagtail.foundation.errors import KeyMissing, VaultError
from nums_wagtail.vault.key_sheet import key_sheet_lines, last_group, read_key_sheet
from nums_wagtail.vault.keyring import Keyring, Label, read_site_keys, site_keyring

GOOD = base64.b64encode(bytes(range(32))).decode()


@pytest.mark.promise("P005")
def test_the_first_key_writes_and_all_of_them_read(use_site_keys):
    use_site_keys("new", "old")
    assert site_keyring().write_kid == "new"
    assert site_keyring().kids == ("new", "old")


def test_a_subkey_is_the_known_hkdf_of_its_label():
    keyring = Keyring({"k1": bytes(range(32))})
    assert (
        keyring.subkey("k1", "fields").hex() == "1d2b23524aa9c96246844267b140f89eba090ebc8f670d1bc568e0b373a0cbe8"
    )
    assert (
        keyring.subkey("k1", Label.TOKENS).hex()
        == "74e5c6e44e454fb8f8ab01c5fce64b6ac49befd9293f1fe615c091e6141ab9d8"
    )


def test_no_two_labels_share_a_subkey():
    subkeys = {site_keyring().subkey("t1", label) for label in Label}
    assert len(subkeys) == len(Label)


def test_an_undeclared_label_or_kid_is_refused():
    with pytest.raises(ValueError, match="Label"):
        site_keyring().subkey("t1", "anything")
    with pytest.raises(KeyMissing):
        site_keyring().subkey("gone", Label.FIELDS)


def test_production_without_keys_opens_nothing(use_site_keys):
    use_site_keys()
    with pytest.raises(VaultError) as caught:
        site_keyring()
    assert caught.value.code == "no_site_keys"


def test_development_makes_a_key_from_secret_key(use_site_keys, settings):
    use_site_keys()
    settings.DEBUG = True
    first = site_keyring().subkey("dev", Label.FIELDS)
    settings.SECRET_KEY = "another"
    assert site_keyring().subkey("dev", Label.FIELDS) != first


@pytest.mark.parametrize(
    "lines",
    [
        f"k1:{GOOD}",
        [GOOD],
        ["k1:not base64!"],
        ["k1:" + base64.b64encode(b"short").decode()],
        [f"k1:{GOOD}", f"k1:{GOOD}"],
        [f"k 1:{GOOD}"],
        [f"{'k' * 17}:{GOOD}"],
    ],
)
@pytest.mark.promise("P005")
def test_a_malformed_list_refuses_to_start_and_shows_no_key(lines, settings):
    settings.NUMS_WAGTAIL = {**settings.NUMS_WAGTAIL, "SITE_KEYS": lines}
    with pytest.raises(ImproperlyConfigured) as caught:
        apps.get_app_config("nums_vault").ready()
    assert GOOD not in str(caught.value)


@pytest.mark.promise("P006")
def test_keys_show_nothing_and_are_never_pickled():
    keyring = Keyring({"k1": bytes(32)})
    assert repr(keyring) == "<Keyring>"
    with pytest.raises(TypeError):
        pickle.dumps(keyring)


@pytest.mark.promise("P007")
def test_a_key_sheet_read_back_gives_the_key(use_site_keys, settings):
    use_site_keys("a", "b")
    lines = key_sheet_lines(site_keyring())
    assert lines[0] == "a:"
    assert lines[3] == "b:"
    typed = " ".join(lines[1:3]).lower()
    assert read_key_sheet("a", typed) == settings.NUMS_WAGTAIL["SITE_KEYS"][0]


def test_the_last_group_on_the_sheet_is_the_one_typed_back():
    assert key_sheet_lines(site_keyring())[2].split()[-1] == last_group("t1")


@pytest.mark.parametrize("wrong", ["other kid", "letter", "nothing"])
@pytest.mark.promise("P007")
def test_a_mistyped_key_sheet_is_noticed(wrong):
    typed = "".join(key_sheet_lines(site_keyring())[1:3])
    if wrong == "letter":
        typed = ("A" if typed[0] != "A" else "B") + typed[1:]
    with pytest.raises(VaultError) as caught:
        read_key_sheet("other" if wrong == "other kid" else "t1", "" if wrong == "nothing" else typed)
    assert caught.value.code == "sheet_mistyped"


def test_the_list_in_the_settings_may_be_read_before_use():
    assert read_site_keys([f" k1:{GOOD} "]) == {"k1": bytes(range(32))}
