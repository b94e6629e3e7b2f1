"""The drawing that all visitors share: the same for everybody, at once another when anything in it changes."""

from __future__ import annotations

import pytest
from django.conf import settings as live
from django.template import engines
from django.utils import translation

from nums_wagtail.regions.models import Region
from nums_wagtail.reports import blank_form as module
from nums_wagtail.reports.blank_form import MOST, blank_form
from nums_wagtail.reports.questions import CORE_GROUPS
from nums_wagtail.reports.schema import question_groups

from .test_page_editing import ask, row

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_is_kept_yet(monkeypatch):
    monkeypatch.setattr(module, "_kept", module._Kept())


def test_it_is_drawn_once_for_a_page_and_language(report_page):
    first = blank_form(report_page)
    assert blank_form(type(report_page).objects.get(pk=report_page.pk)) is first
    with translation.override("es"):
        spanish = blank_form(report_page)
    assert spanish.drawn != first.drawn
    assert blank_form(report_page) is first


def test_nothing_that_somebody_typed_comes_to_the_next_one(reporter):
    typed = "He drove a van, and he said he knew me."
    again = reporter.reports(what_happened=typed, town="Exampleton", when="no such answer")
    assert typed in again.content.decode()
    assert "Exampleton" in again.content.decode()
    for page in (reporter.opens_the_form().content.decode(), blank_form(None).drawn):
        assert typed not in page
        assert "Exampleton" not in page
        assert "nums-field--error" not in page


@pytest.mark.parametrize("change", ["groups", "own", "region", "templates"])
def test_what_changed_is_drawn_at_once(report_page, settings, change):
    first = blank_form(report_page)
    if change == "groups":
        ask(report_page, row("online"))
    elif change == "own":
        report_page.own_questions.create(label="Which bus?", field_type="singleline", clean_name="which_bus")
    elif change == "region":
        Region.objects.filter(code="london").update(name="Greater London")
    elif change == "templates":
        settings.TEMPLATES = [{**live.TEMPLATES[0], "NAME": "another"}]
        assert "another" in engines
    assert blank_form(report_page) is not first


def test_other_question_groups_are_drawn_at_once(report_page):
    first = blank_form(report_page)
    with question_groups.emptied():
        for group in CORE_GROUPS:
            if group.group.key != "online":
                question_groups.register(group.group.key, group, owner="a test")
        assert "group-online" not in blank_form(report_page).drawn
    assert blank_form(report_page).drawn == first.drawn
    assert "group-online" in first.drawn


def test_while_templates_are_written_none_is_kept(report_page, settings):
    settings.DEBUG = True
    assert blank_form(report_page) is not blank_form(report_page)


def test_a_preview_is_not_kept(report_page):
    assert blank_form(report_page, keep=False) is not blank_form(report_page, keep=False)
    assert not module._kept._drawings


def test_it_keeps_no_more_than_so_many(report_page):
    for number in range(MOST + 5):
        Region.objects.filter(code="london").update(name=f"London {number}")
        blank_form(report_page)
    assert len(module._kept._drawings) <= MOST
