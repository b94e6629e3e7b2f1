"""What the alerts' tests share: people, a region with its page, and a member who may read it."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.test import Client
from wagtail.log_actions import registry as wagtail_log
from wagtail.models import Locale, Page, Site

from nums_wagtail.foundation import journal
from nums_wagtail.pages.models import AlertIndexPage, RegionalPage
from nums_wagtail.regions.models import Region
from nums_wagtail.test.members_factories import any_region, make_member, sign_in
from nums_wagtail.test.people_factories import make_staff, make_superuser


@pytest.fixture(autouse=True)
def _declared_log_actions():
    for action in journal.actions:
        if not wagtail_log.action_exists(action.key):
            wagtail_log.register_action(action.key, action.label, action.label)


@pytest.fixture(autouse=True)
def _nobody_is_slowed_down_by_the_test_before():
    cache.clear()


@pytest.fixture
def root(db) -> Page:
    """The home page of the only site."""
    Locale.objects.get_or_create(language_code="en-gb")
    site = Site.objects.filter(is_default_site=True).first()
    if site is None:
        top = Page.objects.filter(depth=1).first() or Page.add_root(instance=Page(title="Root", slug="root"))
        home = top.add_child(instance=Page(title="Home", slug="home"))
        site = Site.objects.create(hostname="localhost", root_page=home, is_default_site=True)
    return site.root_page


@pytest.fixture
def region(db) -> Region:
    any_region()
    return Region.objects.get(code="london")


@pytest.fixture
def far_region(region) -> Region:
    """Another one that does not touch it."""
    return Region.objects.get(code="north-east")


@pytest.fixture
def page(root, region) -> RegionalPage:
    index = root.add_child(instance=AlertIndexPage(title="Updates", slug="updates"))
    return index.add_child(instance=RegionalPage(title="London", slug="london", region=region))


@pytest.fixture
def reader(page, region) -> Client:
    """The browser of an approved member of the region."""
    client = Client()
    sign_in(client, make_member(home_region=region))
    return client


@pytest.fixture
def caseworker(db):
    return make_staff("caseworker")


@pytest.fixture
def approver(db):
    return make_staff("approver")


@pytest.fixture
def superuser(db):
    return make_superuser()


@pytest.fixture
def admin():
    """Gives the browser of somebody who works in the admin."""

    def browser(user) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return browser
