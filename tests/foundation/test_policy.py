"""Rights come from groups alone; being a superuser gives none."""

import pytest
from django.contrib.auth import get_user_model

from nums_wagtail.foundation import policy
from nums_wagtail.foundation.actors import LEDGER, WORKER, Actor
from nums_wagtail.foundation.errors import NotAllowed
from nums_wagtail.test.people_factories import make_staff

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("group", policy.GROUPS)
@pytest.mark.promise("P020")
def test_a_group_gives_exactly_its_rights(group):
    assert policy.rights_of(make_staff(group)) == policy.GROUPS[group][1]


@pytest.mark.promise("P020")
def test_a_superuser_holds_no_right_by_being_so():
    superuser = get_user_model().objects.create_superuser("root", password="x")
    assert policy.rights_of(superuser) == frozenset()


def test_a_switched_off_account_holds_no_right():
    person = make_staff("caseworker")
    person.is_active = False
    assert not policy.may(Actor.person(person), "open_case")


def test_a_missing_right_is_refused():
    with pytest.raises(NotAllowed):
        policy.require(Actor.person(make_staff("auditor")), "open_case")


def test_a_right_nobody_declared_is_a_mistake_of_the_programmer():
    with pytest.raises(KeyError):
        policy.may(WORKER, "do_anything")


@pytest.mark.promise("P025")
def test_machines_hold_only_what_they_are_given():
    assert policy.may(LEDGER, "withdraw_alert")
    assert not policy.may(LEDGER, "release_alert", "open_case")
