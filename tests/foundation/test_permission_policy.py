"""Wagtail's admin is answered by the scheme's rights alone."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser, Group, Permission

from nums_wagtail.foundation.models import ExportRecord
from nums_wagtail.foundation.permission_policy import RightsPolicy, users_holding

pytestmark = pytest.mark.django_db

POLICY = RightsPolicy(ExportRecord, {"view": ("see_registers", "manage_scheme"), "change": ("manage_scheme",)})


@pytest.fixture
def person():
    def make(name, *rights, by_group=False, **values):
        user = get_user_model().objects.create_user(name, **values)
        held = Permission.objects.filter(content_type__app_label="nums_wagtail", codename__in=rights)
        if by_group:
            group = Group.objects.create(name=name)
            group.permissions.set(held)
            user.groups.add(group)
        else:
            user.user_permissions.set(held)
        return user

    return make


def test_any_one_of_an_actions_rights_allows_it(person):
    auditor = person("auditor", "see_registers", by_group=True)
    assert POLICY.user_has_permission(auditor, "view")
    assert not POLICY.user_has_permission(auditor, "change")
    assert POLICY.user_has_any_permission(auditor, ["change", "view"])
    assert POLICY.user_has_permission_for_instance(auditor, "view", ExportRecord())
    assert POLICY.get_all_permissions_for_user(auditor) == {"see_registers"}


@pytest.mark.parametrize("action", ["delete", "publish", "lock", "unlock", "anything"])
def test_an_action_that_is_not_listed_is_allowed_to_nobody(person, action):
    manager = person("manager", "manage_scheme", is_superuser=True)
    assert not POLICY.user_has_permission(manager, action)
    assert not POLICY.users_with_permission(action).exists()


@pytest.mark.promise("P020")
def test_superusers_visitors_and_switched_off_accounts_hold_nothing(person):
    root = person("root", is_superuser=True)
    gone = person("gone", "manage_scheme", is_active=False)
    for user in (root, gone, AnonymousUser(), None):
        assert not POLICY.user_has_any_permission(user, ["view", "change"])
    assert not POLICY.users_with_any_permission(["view", "change"]).exists()


def test_the_people_who_may_are_named_once_each(person):
    both = person("both", "manage_scheme", "see_registers")
    both.groups.add(*person("auditor", "see_registers", by_group=True).groups.all())
    names = [user.username for user in POLICY.users_with_any_permission(["view", "change"]).order_by("username")]
    assert names == ["auditor", "both"]
    assert list(POLICY.users_with_permission_for_instance("change", ExportRecord())) == [both]


def test_rows_are_all_or_none(person):
    ExportRecord.objects.create(what="cases", rows=1)
    auditor = person("auditor", "see_registers")
    assert POLICY.instances_user_has_permission_for(auditor, "view").count() == 1
    assert POLICY.instances_user_has_permission_for(auditor, "change").count() == 0


def test_a_narrower_policy_narrows_one_method(person):
    class OwnOnly(RightsPolicy):
        def user_has_permission_for_instance(self, user, action, instance):
            return instance.by_id == user.pk and super().user_has_permission_for_instance(user, action, instance)

    manager = person("manager", "manage_scheme")
    mine, other = ExportRecord(by=manager), ExportRecord()
    policy = OwnOnly(ExportRecord, POLICY.rights)
    assert policy.user_has_any_permission_for_instance(manager, ["change"], mine)
    assert not policy.user_has_any_permission_for_instance(manager, ["change"], other)


def test_a_right_nobody_declared_is_a_mistake_of_the_programmer():
    with pytest.raises(KeyError):
        RightsPolicy(ExportRecord, {"view": ("do_anything",)})
    assert not users_holding().exists()
