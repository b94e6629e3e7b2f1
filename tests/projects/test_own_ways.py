"""What is peculiar to each host is really in force there: otherwise the road through it would prove nothing."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import connection, connections
from django.test import Client
from django.test.signals import template_rendered
from wagtail.models import Site

from nums_wagtail.foundation.quiet import CONTENT_SECURITY_POLICY
from nums_wagtail.test.people_factories import make_staff
from nums_wagtail.test.reports_factories import make_report
from nums_wagtail.vault.models import DataKey
from tests.road.person import Person

from .at_home import make_site_and_pages
from .conftest import HOST

pytestmark = pytest.mark.django_db(databases="__all__")


def only(host: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(host != HOST, reason=f"what {host} does")


@pytest.fixture
def set_up() -> None:
    make_site_and_pages(before=lambda: call_command("nums_setup", no_input=True, verbosity=0))


def test_staff_sign_in_where_this_hosts_staff_do_and_see_the_cases(set_up):
    person = make_staff("caseworker", username="hazel@example.org")
    person.set_password("invented")
    person.save()
    staff = Person().opens("/admin/cases/")
    assert staff.page.find("input", attrs={"name": "password"}), "a stranger gets the sign-in page"
    staff.presses("Sign in", username="hazel@example.org", password="invented")
    assert staff.opens("/admin/cases/").status == 200
    assert staff.page.find("title").get_text().strip().startswith("Cases")


@only("custom_user")
def test_an_account_is_known_by_its_address_alone():
    assert get_user_model().USERNAME_FIELD == "email"
    assert "username" not in {field.name for field in get_user_model()._meta.get_fields()}


@only("custom_user")
@pytest.mark.parametrize("language", ["en", "fr"])
def test_our_addresses_stand_below_each_language_and_the_hosts_own_prefix(set_up, language):
    page = Client().get(f"/{language}/services/care/r/")
    assert page.status_code == 200
    assert f'lang="{language}' in page.content.decode()


@only("custom_user")
@pytest.mark.django_db(transaction=True)
def test_a_transaction_is_round_each_request_but_the_reporters(set_up):
    """What a reporter sends is kept or refused before the answer says so: their views open their own."""
    inside = []

    def rendered(**_signal: object) -> None:
        inside.append(connection.in_atomic_block)

    template_rendered.connect(rendered)
    try:
        for address, one in (("/n/join/", True), ("/n/r/", False)):
            inside.clear()
            Client().get(address)
            assert set(inside) == {one}, address
    finally:
        template_rendered.disconnect(rendered)


@only("strict_csp")
def test_the_hosts_own_pages_do_load_what_ours_must_not(set_up):
    home = Client().get("/")
    page = home.content.decode()
    for part in ("analytics", "fonts", "pixel", "chat"):
        assert f"https://{part}.hostile.example/" in page
    assert "hostile-cookie-banner" in page
    assert "window.hostile" in page
    assert "https://chat.hostile.example" in home["Content-Security-Policy"]
    assert settings.SESSION_COOKIE_NAME in home.cookies


@only("strict_csp")
@pytest.mark.parametrize("address", ["/form/", "/n/r/", "/n/join/", "/n/in/", "/updates/"])
def test_a_quiet_page_carries_nothing_of_the_hosts_and_a_reporter_gets_no_cookie(set_up, address):
    answer = Client().get(address, follow=True)
    assert answer.status_code in (200, 403)
    assert "hostile" not in answer.content.decode()
    assert answer["Content-Security-Policy"] == CONTENT_SECURITY_POLICY
    if address in ("/form/", "/n/r/"):
        assert not answer.cookies


@only("own_page")
def test_all_pages_are_the_hosts_own_kind_and_none_is_of_our_app(set_up):
    from .own_page.website.models import BasePage

    assert not apps.is_installed("nums_wagtail.pages")
    ours = Site.objects.get(is_default_site=True).root_page.get_descendants().specific()
    assert {page.slug for page in ours} >= {"form", "updates", "london"}
    assert all(isinstance(page, BasePage) for page in ours)


@only("two_databases")
def test_the_keys_are_in_the_second_database_and_nowhere_in_the_first(set_up):
    make_report()
    assert DataKey.objects.using("keys").exists()
    assert DataKey._meta.db_table in connections["keys"].introspection.table_names()
    first = connection.introspection.table_names()
    assert [table for table in first if table.startswith("nums_vault")] == []
    assert [table for table in connections["keys"].introspection.table_names() if "nums_wagtail_" in table] == []
