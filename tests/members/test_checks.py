"""System checks of the members' room."""

from nums_wagtail.members.checks import check_cache_is_shared, check_sessions_can_be_ended


def ids(found):
    return [message.id for message in found]


def test_sessions_in_the_browser_alone_are_an_error(settings):
    assert check_sessions_can_be_ended(None) == []
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"
    assert ids(check_sessions_can_be_ended(None)) == ["nums_wagtail.E050"]


def test_a_cache_of_one_process_is_a_warning(settings):
    assert ids(check_cache_is_shared(None)) == ["nums_wagtail.W050"]
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache"}}
    assert check_cache_is_shared(None) == []
