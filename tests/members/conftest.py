"""What the members' tests share: log actions, regions, and running the queue by hand."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from wagtail.log_actions import registry as wagtail_log

from nums_wagtail.foundation import journal
from nums_wagtail.mailing.models import Letter
from nums_wagtail.members.answering import answer_waiting
from nums_wagtail.regions.models import Region
from nums_wagtail.test.regions_factories import make_regions


@pytest.fixture(autouse=True)
def _declared_log_actions():
    """The front door's hook does this on a site; here the room is tested without it."""
    for action in journal.actions:
        if not wagtail_log.action_exists(action.key):
            wagtail_log.register_action(action.key, action.label, action.label)


@pytest.fixture(autouse=True)
def _nobody_is_slowed_down_by_the_test_before():
    cache.clear()


@pytest.fixture
def tree(db):
    make_regions()
    return {region.code: region for region in Region.objects.all()}


@pytest.fixture
def letters(db):
    """Has the worker's half of the door done and gives the letters written since it was last asked."""
    seen: set[int] = set()

    def new_letters() -> list[Letter]:
        answer_waiting()
        fresh = list(Letter.objects.exclude(pk__in=seen).order_by("pk"))
        seen.update(letter.pk for letter in fresh)
        return fresh

    return new_letters
