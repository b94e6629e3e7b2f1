"""Settings: one dict, read by room, with unknown keys named."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from nums_wagtail.checks import check_settings_dict
from nums_wagtail.conf import known_keys, nums_settings


def test_a_setting_reaches_its_room(settings):
    settings.NUMS_WAGTAIL = {"RELEASE_EYES": 1, "SITE_KEYS": ["k:v"]}
    assert nums_settings().alerts.RELEASE_EYES == 1
    assert nums_settings().vault.SITE_KEYS == ("k:v",)


def test_what_is_not_set_has_its_default(settings):
    settings.NUMS_WAGTAIL = {}
    assert nums_settings().regions.COUNTRY == "gb"


def test_an_unknown_key_is_an_error_that_names_the_nearest(settings):
    settings.NUMS_WAGTAIL = {"RELEASE_EYE": 1}
    [error] = check_settings_dict(None)
    assert error.id == "nums_wagtail.E001"
    assert "RELEASE_EYES" in error.hint


def test_no_key_belongs_to_two_rooms():
    from dataclasses import fields

    from nums_wagtail.conf import ROOMS

    assert len(known_keys()) == sum(len(fields(conf)) for conf in ROOMS.values())


def test_anything_but_a_dict_refuses_to_start(settings):
    settings.NUMS_WAGTAIL = ["COUNTRY"]
    with pytest.raises(ImproperlyConfigured):
        nums_settings()
