"""A site with one report page, and a browser that keeps nothing."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from wagtail.coreutils import get_supported_content_language_variant
from wagtail.models import Locale, Page, Site

from nums_wagtail.pages.models import ReportPage
from nums_wagtail.test.reports_factories import WHAT_HAPPENED, make_region

from .reporter import Reporter


@pytest.fixture(autouse=True)
def _an_empty_cache():
    cache.clear()


@pytest.fixture
def region(db):
    return make_region("north-west")


@pytest.fixture
def report_page(region) -> ReportPage:
    Locale.objects.get_or_create(language_code=get_supported_content_language_variant("en-gb"))
    root = Page.objects.filter(depth=1).first() or Page.add_root(instance=Page(title="Root", slug="root"))
    home = root.add_child(instance=Page(title="Lantern Network", slug="lantern"))
    Site.objects.all().delete()
    Site.objects.create(hostname="testserver", root_page=home, is_default_site=True)
    return home.add_child(instance=ReportPage(title="Tell us", slug="form", region=region))


@pytest.fixture
def reporter(report_page) -> Reporter:
    return Reporter(Client(), report_page.url, reverse("nums_wagtail:answer"), reverse("nums_wagtail:receipt"))


@pytest.fixture
def what_happened() -> str:
    return WHAT_HAPPENED
