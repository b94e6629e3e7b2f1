"""What a host shows of its pages by itself (search, menus, lists of the newest, sitemap) shows nothing private."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import NoReverseMatch, reverse
from wagtail.models import Site

from nums_wagtail.alerts.models import AlertRelease
from nums_wagtail.alerts.pages import AlertIndexPageMixin, RegionalPageMixin
from nums_wagtail.regions.models import Region
from nums_wagtail.test.alerts_factories import make_released_alert
from nums_wagtail.test.reports_factories import make_report

from .at_home import make_site_and_pages
from .conftest import HOST

LINE = "Zephyr holds people by the arm and does not let them leave."
INTRO = "Quillwort meets members on Tuesdays."
TOLD = "Vermilion door, he shouted until the neighbours came."
PRIVATE = ("Zephyr", "Quillwort", "Vermilion", "07700", "900412")

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture
def released() -> AlertRelease:
    """A report, a released warning and words for members on a regional page, all of it indexed."""
    make_site_and_pages(before=lambda: call_command("nums_setup", no_input=True, verbosity=0))
    for page in pages():
        if isinstance(page, RegionalPageMixin | AlertIndexPageMixin):
            page.intro = INTRO
            page.save_revision().publish()
    region = Region.objects.get(code="london")
    make_report(region=region, what_happened=TOLD)
    release = make_released_alert(regions=[region], line=LINE, numbers=[("phone", "07700 900412")])
    call_command("update_index", verbosity=0)
    return release


def pages() -> list[Any]:
    """Every page of the host that is live, newest first, as a list of the latest pages would have them."""
    home = Site.objects.get(is_default_site=True).root_page
    return list(home.get_descendants(inclusive=True).live().order_by("-first_published_at", "pk").specific())


@pytest.mark.promise("P161")
def test_the_hosts_search_finds_the_page_that_everybody_may_open_and_nothing_private(released):
    try:
        address = reverse("search")
    except NoReverseMatch:
        pytest.skip("this host has no search")
    assert "Tell us" in Client().get(address, {"query": "tell"}).content.decode()
    for word in PRIVATE:
        found = Client().get(address, {"query": word})
        assert found.status_code == 200
        assert "No results found" in found.content.decode(), word


@pytest.mark.promise("P161")
def test_the_search_index_holds_no_word_of_a_report_or_an_alert(released):
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM wagtailsearch_indexentry")
        rows = repr(cursor.fetchall())
        cursor.execute(
            "SELECT DISTINCT t.app_label, t.model FROM wagtailsearch_indexentry e "
            "JOIN django_content_type t ON t.id = e.content_type_id"
        )
        kinds = set(cursor.fetchall())
    assert not [word for word in PRIVATE if word.lower() in rows.lower()]
    assert not {model for label, model in kinds if label in ("nums_wagtail", "nums_vault")}


def test_a_list_of_the_newest_pages_names_no_alert(released):
    newest = pages()
    words = ("title", "seo_title", "search_description")
    shown = repr([(page.get_url(), *(getattr(page, word, "") for word in words)) for page in newest])
    assert len(newest) > 3
    assert not [word for word in PRIVATE if word in shown]
    assert str(released.uuid) not in shown


def test_a_menu_has_the_two_ways_in_and_no_region(released):
    home = Site.objects.get(is_default_site=True).root_page
    below = home.get_descendants().live()
    # A base page of one's own may have no such tick; its menu is then what stands right below the home page.
    menu = below.in_menu() if hasattr(type(home), "show_in_menus") else home.get_children().live()
    assert {page.slug for page in menu} <= {"form", "updates"}


@pytest.mark.skipif(HOST != "own_page", reason="this host's home page lists nothing")
def test_a_home_page_with_a_menu_and_the_newest_pages_shows_nothing_private(released):
    shown = Client().get("/").content.decode()
    assert shown.count("Tell us") == 2, "once in the menu, once among the newest"
    assert not [word for word in PRIVATE if word in shown]
    assert str(released.uuid) not in shown


def test_a_sitemap_names_no_page_of_members(released):
    for page in pages():
        if isinstance(page, RegionalPageMixin | AlertIndexPageMixin):
            assert page.get_sitemap_urls() == []
