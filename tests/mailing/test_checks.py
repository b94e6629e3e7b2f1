"""Checks: what keeps mail from arriving, or tells strangers to stop it, is said before the first mail."""

from __future__ import annotations

import pytest

from nums_wagtail.mailing import checks


def ids(check) -> list[str]:
    return [found.id for found in check(None)]


def test_the_example_sites_settings_pass():
    for check in (checks.check_queue, checks.check_base_url, checks.check_webhook_secret, checks.check_mail_domain):
        assert ids(check) == []


@pytest.mark.parametrize("cluster", [{}, {"timeout": 600}, {"timeout": 600, "retry": 600}, {"retry": 900}])
def test_a_queue_that_would_run_a_task_twice_is_an_error(settings, cluster):
    settings.Q_CLUSTER = {**cluster, "max_attempts": 5}
    assert ids(checks.check_queue) == ["nums_wagtail.E040"]


def test_a_queue_that_never_gives_up_is_a_warning(settings):
    settings.Q_CLUSTER = {"timeout": 600, "retry": 900}
    assert ids(checks.check_queue) == ["nums_wagtail.W042"]


def test_links_need_an_address_of_the_site_unless_one_is_only_trying(settings):
    settings.NUMS_WAGTAIL = {**settings.NUMS_WAGTAIL, "BASE_URL": ""}
    assert ids(checks.check_base_url) == ["nums_wagtail.E041"]
    settings.DEBUG = True
    assert ids(checks.check_base_url) == []


def test_an_open_webhook_is_an_error(settings):
    settings.EMAIL_BACKEND = "anymail.backends.postmark.EmailBackend"
    assert ids(checks.check_webhook_secret) == ["nums_wagtail.E042"]
    settings.ANYMAIL = {"WEBHOOK_SECRET": "user:word"}
    assert ids(checks.check_webhook_secret) == []


def test_a_made_up_mail_domain_is_a_warning(settings):
    settings.NUMS_WAGTAIL = {key: v for key, v in settings.NUMS_WAGTAIL.items() if key != "MAIL_DOMAIN"}
    assert ids(checks.check_mail_domain) == ["nums_wagtail.W043"]
