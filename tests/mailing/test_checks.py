"""Checks: what keeps mail from arriving, or tells strangers to stop it, is said before the first mail."""

from __future__ import annotations

import pytest

from nums_wagtail.mailing import checks


def ids(check) -> list[str]:
    return [found.id for found in check(None)]


def test_the_example_sites_settings_pass():
    for check in (
        checks.check_queue,
        checks.check_where_tasks_wait,
        checks.check_tasks_run_in_a_worker,
        checks.check_what_the_queue_keeps,
        checks.check_base_url,
        checks.check_webhook_secret,
        checks.check_mail_domain,
    ):
        assert ids(check) == []


@pytest.mark.parametrize("cluster", [{}, {"timeout": 600}, {"timeout": 600, "retry": 600}, {"retry": 900}])
@pytest.mark.promise("P059")
def test_a_queue_that_would_run_a_task_twice_is_an_error(settings, cluster):
    settings.Q_CLUSTER = {**cluster, "max_attempts": 5}
    assert ids(checks.check_queue) == ["nums_wagtail.E040"]


def test_a_queue_that_never_gives_up_is_a_warning(settings):
    settings.Q_CLUSTER = {"timeout": 600, "retry": 900}
    assert ids(checks.check_queue) == ["nums_wagtail.W042"]


def test_a_queue_that_gives_up_after_the_first_failure_or_the_fifth_passes(settings):
    for ends in ({"max_attempts": 5}, {"ack_failures": True}):
        settings.Q_CLUSTER = {"timeout": 600, "retry": 900, **ends}
        assert ids(checks.check_queue) == []


@pytest.mark.parametrize("cluster", [{}, {"orm": None}, {"orm": "nowhere"}, {"redis": {}}])
def test_a_queue_kept_nowhere_is_an_error(settings, cluster):
    settings.Q_CLUSTER = cluster
    assert ids(checks.check_where_tasks_wait) == ["nums_wagtail.E043"]


def test_a_queue_in_redis_passes(settings):
    settings.Q_CLUSTER = {"redis": {"host": "127.0.0.1"}}
    assert ids(checks.check_where_tasks_wait) == []


def test_tasks_inside_the_request_are_an_error_unless_one_is_only_trying(settings):
    settings.Q_CLUSTER = {**settings.Q_CLUSTER, "sync": True}
    assert ids(checks.check_tasks_run_in_a_worker) == ["nums_wagtail.E044"]
    settings.DEBUG = True
    assert ids(checks.check_tasks_run_in_a_worker) == []


@pytest.mark.parametrize(
    ("mistake", "said"), [({"save_limit": 0}, "W044"), ({"catch_up": True}, "W045"), ({"scheduler": False}, "W046")]
)
def test_a_queue_that_keeps_or_misses_too_much_is_a_warning(settings, mistake, said):
    settings.Q_CLUSTER = {**settings.Q_CLUSTER, **mistake}
    assert ids(checks.check_what_the_queue_keeps) == [f"nums_wagtail.{said}"]


def test_a_queue_of_django_q_s_own_defaults_warns_of_catching_up(settings):
    settings.Q_CLUSTER = {}
    assert ids(checks.check_what_the_queue_keeps) == ["nums_wagtail.W045"]


def test_an_address_left_over_from_trying_is_a_warning_before_deploying(settings):
    for address in ("http://127.0.0.1:8000", "http://www.example.org", "https://localhost"):
        settings.NUMS_WAGTAIL = {**settings.NUMS_WAGTAIL, "BASE_URL": address}
        assert ids(checks.check_base_url_is_the_sites) == ["nums_wagtail.W047"]
    settings.NUMS_WAGTAIL = {**settings.NUMS_WAGTAIL, "BASE_URL": "https://www.example.org"}
    assert ids(checks.check_base_url_is_the_sites) == []


@pytest.mark.promise("P059")
def test_links_need_an_address_of_the_site_unless_one_is_only_trying(settings):
    settings.NUMS_WAGTAIL = {**settings.NUMS_WAGTAIL, "BASE_URL": ""}
    assert ids(checks.check_base_url) == ["nums_wagtail.E041"]
    settings.DEBUG = True
    assert ids(checks.check_base_url) == []


@pytest.mark.promise("P059")
def test_an_open_webhook_is_an_error(settings):
    settings.EMAIL_BACKEND = "anymail.backends.postmark.EmailBackend"
    assert ids(checks.check_webhook_secret) == ["nums_wagtail.E042"]
    settings.ANYMAIL = {"WEBHOOK_SECRET": "user:word"}
    assert ids(checks.check_webhook_secret) == []


def test_a_made_up_mail_domain_is_a_warning(settings):
    settings.NUMS_WAGTAIL = {key: v for key, v in settings.NUMS_WAGTAIL.items() if key != "MAIL_DOMAIN"}
    assert ids(checks.check_mail_domain) == ["nums_wagtail.W043"]
