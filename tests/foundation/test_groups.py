"""The scheme's groups in the host's user administration."""

import pytest
from django.contrib.auth.models import Group, Permission
from wagtail.log_actions import registry as wagtail_log

from nums_wagtail.foundation import journal, policy
from nums_wagtail.foundation.actors import SETUP, Actor
from nums_wagtail.foundation.errors import NotAllowed
from nums_wagtail.foundation.groups import ensure_groups
from nums_wagtail.test.people_factories import make_staff, make_superuser

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _declared_log_actions():
    for action in journal.actions:
        if not wagtail_log.action_exists(action.key):
            wagtail_log.register_action(action.key, action.label, action.label)


def snapshot():
    return {group.name: set(group.permissions.values_list("pk", flat=True)) for group in Group.objects.all()}


def test_every_group_enters_the_admin_and_holds_its_rights():
    for key, group in ensure_groups(by=SETUP).items():
        held = set(group.permissions.values_list("codename", flat=True))
        assert policy.GROUPS[key][1] | {"access_admin"} <= held


def test_only_the_administrators_make_accounts_and_nobody_deletes_one():
    for key, group in ensure_groups(by=SETUP).items():
        accounts = set(group.permissions.filter(codename__endswith="_user").values_list("codename", flat=True))
        assert accounts == ({"add_user", "change_user"} if key == "administrator" else set())


def test_again_changes_nothing_and_other_groups_stay():
    hosts_own, _made = Group.objects.get_or_create(name="Editors")
    hosts_own.permissions.set(Permission.objects.filter(codename="access_admin"))
    before = snapshot()
    group = ensure_groups(by=SETUP)["auditor"]
    group.permissions.add(Permission.objects.get(codename="add_group"))
    after = snapshot()
    ensure_groups(by=SETUP)
    assert snapshot() == after
    assert {name: after[name] for name in before} == before


def test_a_right_that_was_taken_away_comes_back():
    group = ensure_groups(by=SETUP)["caseworker"]
    group.permissions.clear()
    ensure_groups(by=SETUP)
    assert group.permissions.filter(codename="open_case").exists()


def test_only_who_manages_the_scheme_makes_groups():
    for user in (make_staff("membership"), make_superuser()):
        with pytest.raises(NotAllowed):
            ensure_groups(by=Actor.person(user))
