"""People and regions that the tests of this room share."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from wagtail.log_actions import registry as wagtail_log

from nums_wagtail.foundation import journal, policy
from nums_wagtail.foundation.actors import SETUP
from nums_wagtail.regions.packs import country_pack
from nums_wagtail.regions.tree import load_pack


@pytest.fixture(autouse=True)
def _declared_log_actions():
    """The front door's hook does this on a site; here the room is tested without it."""
    for action in journal.actions:
        if not wagtail_log.action_exists(action.key):
            wagtail_log.register_action(action.key, action.label, action.label)


@pytest.fixture
def person(db):
    """Makes somebody who is in one of the scheme's groups, and may enter the admin."""

    def make(group: str = "", *, superuser: bool = False):
        name = f"{group or 'nobody'}-{get_user_model().objects.count()}"
        user = get_user_model().objects.create_user(name, password="x", is_superuser=superuser)
        user.user_permissions.add(Permission.objects.get(codename="access_admin"))
        if group:
            title, rights = policy.GROUPS[group]
            made, _new = Group.objects.get_or_create(name=title)
            made.permissions.set(
                Permission.objects.filter(content_type__app_label=policy.APP_LABEL, codename__in=rights)
            )
            user.groups.add(made)
        return user

    return make


@pytest.fixture
def tree(db):
    """The whole country pack, loaded."""
    return load_pack(country_pack(), by=SETUP)
