"""People, and what the front door does at start, for the tests of this room."""

import pytest
from wagtail.log_actions import registry as wagtail_log

from nums_wagtail.casework.registries import case_actions, case_panels, match_sources
from nums_wagtail.foundation import journal
from nums_wagtail.foundation.actors import Actor
from nums_wagtail.test.people_factories import make_staff


@pytest.fixture(autouse=True)
def _declared_log_actions():
    """The front door's hook does this on a site; here the room is tested without it."""
    for action in journal.actions:
        if not wagtail_log.action_exists(action.key):
            wagtail_log.register_action(action.key, action.label, action.label)


@pytest.fixture(autouse=True)
def _without_later_rooms():
    """What later rooms put on the page of a case is theirs to test."""
    with case_actions.emptied(), case_panels.emptied(), match_sources.emptied():
        yield


@pytest.fixture
def robin(db):
    """A caseworker."""
    return make_staff("caseworker", username="robin")


@pytest.fixture
def by_robin(robin):
    return Actor.person(robin)


@pytest.fixture
def sky(db):
    """Another caseworker."""
    return make_staff("caseworker", username="sky")


@pytest.fixture
def admin(client, settings):
    """Signs somebody in to the admin and hands out the browser."""
    settings.ROOT_URLCONF = "tests.casework.urls"

    def sign_in(user):
        client.force_login(user)
        return client

    return sign_in
