"""The invented story is told whole, and taken out again without a trace."""

from __future__ import annotations

import io

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from wagtail.models import Locale, ModelLogEntry, Page, Revision, Site

from nums_wagtail.alerts.models import Alert, AlertRelease
from nums_wagtail.bulletins.models import Bulletin, Delivery
from nums_wagtail.casework.models import Case
from nums_wagtail.management.demo.places import PLACES
from nums_wagtail.management.demo.remove import KEPT
from nums_wagtail.regions.models import Service
from nums_wagtail.reports.models import Report
from nums_wagtail.vault.models import DataKey

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def site(settings):
    settings.DEBUG = True
    if not Site.objects.exists():
        Locale.objects.get_or_create(language_code=settings.LANGUAGE_CODE)
        root = Page.objects.filter(depth=1).first() or Page.add_root(title="Root", slug="root")
        home = root.add_child(title="Home", slug="home")
        Site.objects.create(hostname="localhost", root_page=home, is_default_site=True)


def _demo(**options) -> str:
    told = io.StringIO()
    call_command("nums_demo", stdout=told, stderr=told, **options)
    return told.getvalue()


def test_the_story_is_told_once_and_leaves_without_a_trace(site):
    Service.objects.create(name="Our own clinic", kinds=["sexual_health"])
    assert "Staff sign in at /admin/" in _demo()
    assert Service.objects.count() == 1 + len(PLACES)
    assert (Report.objects.count(), Case.objects.exclude(police__in=["not_asked", "no"]).count()) == (60, 15)
    assert (Alert.objects.count(), AlertRelease.objects.count()) == (10, 8)
    assert Bulletin.objects.filter(state="sent").count() == 8
    assert Delivery.objects.exclude(state="sent").count() == 0
    _demo()
    assert Report.objects.count() == 60

    assert "Removed" in _demo(remove=True)
    for model in apps.get_app_config("nums_wagtail").get_models(include_auto_created=True):
        if model._meta.managed and model.__name__ not in KEPT:
            assert not model._base_manager.exists(), model
    assert [service.name for service in Service.objects.all()] == ["Our own clinic"]
    assert not DataKey.objects.exists()
    assert not Revision.objects.filter(base_content_type__app_label="nums_wagtail").exists()
    assert not ModelLogEntry.objects.filter(content_type__model__in=["report", "case", "alert", "member"]).exists()
    assert not get_user_model().objects.filter(username="robin").exists()
    with pytest.raises(CommandError):
        _demo(remove=True)
