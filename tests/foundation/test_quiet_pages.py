"""What a quiet page promises the browser: headers, no session, a way out, errors that quote nothing."""

import pytest
from django.db import connection
from wagtail.models import Locale, Page, Site

from nums_wagtail.foundation.models import Branding
from nums_wagtail.foundation.quiet import CONTENT_SECURITY_POLICY, QUIET_HEADERS

from .quiet_urls import EXIT, SECRET

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.foundation.quiet_urls")]


@pytest.fixture
def branding():
    """The charity's branding on the default site, whether or not migrations have made one."""
    Locale.objects.get_or_create(language_code="en-gb")
    site = Site.objects.filter(is_default_site=True).first()
    if site is None:
        home = Page.add_root(title="Home")
        site = Site.objects.create(hostname="testserver", root_page=home, is_default_site=True)
    return Branding.objects.create(site=site, scheme_name="Lantern Network", accent="#7a1f5c")


@pytest.mark.parametrize("name", sorted(QUIET_HEADERS))
@pytest.mark.promise("P022")
def test_a_quiet_page_carries_every_header(client, name):
    assert client.get("/calm/").headers[name] == QUIET_HEADERS[name]


@pytest.mark.promise("P022")
def test_the_policy_lets_nothing_in_from_elsewhere():
    sources = {word for part in CONTENT_SECURITY_POLICY.split("; ") for word in part.split()[1:]}
    assert sources == {"'none'", "'self'", "blob:"}


def test_a_quiet_page_reads_no_session_and_sets_no_cookie(client, django_user_model):
    client.force_login(django_user_model.objects.create_user("somebody", password="x"))
    response = client.get("/calm/")
    assert not response.cookies
    assert not response.wsgi_request.session.accessed
    assert "Cookie" not in response.headers.get("Vary", "")


@pytest.mark.parametrize(
    ("address", "status"), [("/absent/", 404), ("/not-yours/", 404), ("/refused/", 409), ("/broken/", 500)]
)
@pytest.mark.promise("P023")
def test_an_error_is_answered_by_a_quiet_page_that_quotes_nothing(client, address, status):
    client.raise_request_exception = False
    response = client.get(address)
    assert response.status_code == status
    assert SECRET not in response.content.decode()
    assert 'class="nums-leave"' in response.content.decode()
    assert all(response.headers[name] == value for name, value in QUIET_HEADERS.items())


@pytest.mark.promise("P023")
def test_not_there_and_not_yours_look_the_same(client):
    assert client.get("/absent/").content == client.get("/not-yours/").content


def test_a_failure_of_ours_still_reaches_djangos_log_and_signal(client):
    with pytest.raises(RuntimeError):
        client.get("/broken/")


def test_under_atomic_requests_an_answered_error_commits_nothing(client, branding, settings, monkeypatch):
    monkeypatch.setitem(connection.settings_dict, "ATOMIC_REQUESTS", True)
    assert client.get("/writes/").status_code == 409
    branding.refresh_from_db()
    assert branding.scheme_name == "Lantern Network"


def test_under_debug_a_developer_sees_the_error_itself(client, settings):
    settings.DEBUG = True
    with pytest.raises(RuntimeError):
        client.get("/broken/")


@pytest.mark.promise("P024")
def test_leaving_goes_to_an_everyday_page_and_empties_the_browsers_memory(client):
    response = client.get("/n/leave/", {"address": "https://elsewhere.example.org/"})
    assert (response.status_code, response.url) == (302, EXIT)
    assert response.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert response.headers["Cache-Control"] == "no-store"
    assert not response.cookies


def test_leaving_changes_nothing_and_needs_no_form(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        client.get("/n/leave/")
    assert client.post("/n/leave/").status_code == 405


def test_the_charitys_colour_comes_as_a_stylesheet_readable_in_light_and_dark(client, branding):
    response = client.get("/n/colour.css")
    assert response.headers["Content-Type"].startswith("text/css")
    assert ":root{--nums-accent:#7a1f5c}" in response.content.decode()
    assert "prefers-color-scheme:dark" in response.content.decode()
    assert not response.cookies


def test_what_is_no_colour_never_reaches_the_stylesheet(client, branding):
    Branding.objects.update(accent="}*{a:b")
    assert ":root{--nums-accent:#0b5c63}" in client.get("/n/colour.css").content.decode()


def test_a_site_without_branding_still_has_its_pages(client):
    Site.objects.all().delete()
    assert client.get("/calm/").status_code == 200
    assert client.get("/n/colour.css").status_code == 200
