"""Services: the right ones in the right order for somebody in a region, and none that nobody looks after."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from nums_wagtail.regions.models import Region, Service
from nums_wagtail.regions.services import services_for, unchecked

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tree")]


def region(code):
    return Region.objects.get(code=code)


@pytest.fixture
def service():
    def make(name, *codes, kinds=("helpline",), **values):
        made = Service.objects.create(name=name, kinds=list(kinds), phone="07700 900118", **values)
        made.regions.set(Region.objects.filter(code__in=codes))
        return made

    return make


def names(*args, **kwargs):
    return [one.name for one in services_for(*args, **kwargs)]


def test_day_and_night_comes_first_then_what_is_nearest(service):
    service("Whole country", "united-kingdom")
    service("Round the corner", "merseyside")
    service("Country, always open", "united-kingdom", day_and_night=True)
    service("Region", "north-west")
    service("Elsewhere", "kent")
    nearest_first = ["Country, always open", "Region", "Round the corner", "Whole country"]
    assert names(region("north-west")) == nearest_first
    assert names(region("merseyside")) == ["Country, always open", "Round the corner", "Region", "Whole country"]


def test_somebody_who_named_no_region_sees_what_serves_the_whole_country(service):
    service("Whole country", "united-kingdom")
    service("Kent only", "kent")
    assert names(region("united-kingdom")) == ["Whole country"]
    assert names(None) == []


def test_a_nation_that_is_not_divided_shows_what_lies_in_it(service):
    service("Swansea", "south-wales")
    assert names(region("wales")) == ["Swansea"]
    assert names(region("england")) == []


def test_only_the_kinds_that_are_asked_for_are_shown(service):
    service("Clinic", "kent", kinds=("sexual_health", "contraception"))
    service("Lawyer", "kent", kinds=("legal",))
    assert names(region("kent"), {"contraception", "hospital"}) == ["Clinic"]


def test_one_in_several_regions_is_shown_once(service):
    service("Both", "kent", "south-east", "united-kingdom")
    assert names(region("south-east")) == ["Both"]


def test_what_nobody_checked_for_a_year_is_listed(service):
    today = timezone.localdate()
    service("Old", "kent", checked_on=today - timedelta(days=366))
    service("Fresh", "kent", checked_on=today - timedelta(days=364))
    assert [one.name for one in unchecked()] == ["Old"]


@pytest.mark.parametrize("kinds", [[], ["nobody"], "helpline", None])
def test_a_service_is_for_something(kinds):
    with pytest.raises(ValidationError, match="kinds"):
        Service(name="Clinic", kinds=kinds).clean_fields(exclude=["name"])


def test_a_number_is_dialled_without_spaces_and_words():
    assert Service(phone="+44 (0)20 7946 0152, ask for Wren").dialled == "+4402079460152"


@pytest.fixture
def manager(client, person):
    client.force_login(person("administrator"))
    return client


def form(**changes):
    kent = Region.objects.get(code="kent").pk
    given = {"name": "Plover", "kinds": ["helpline"], "regions": [kent], "phone": "07700 900119"}
    return {**given, "checked_on": "2030-01-02", **changes}


def test_who_manages_the_scheme_adds_one_and_it_is_logged(manager):
    assert b"PEP and sexual health" in manager.get(reverse("nums_services:add")).content
    manager.post(reverse("nums_services:add"), form(kinds=["helpline", "legal"]))
    made = Service.objects.get()
    assert (made.kinds, [one.code for one in made.regions.all()]) == (["helpline", "legal"], ["kent"])
    assert ModelLogEntry.objects.for_instance(made).get().action == "wagtail.create"


def test_one_that_nobody_can_reach_is_answered_beside_the_field(manager):
    response = manager.post(reverse("nums_services:add"), form(phone="", regions=[]))
    assert list(response.context["form"].errors) == ["regions", "phone"]
    assert not Service.objects.exists()


def test_the_list_finds_what_nobody_checked_for_a_year(manager, service):
    service("Old", "kent", checked_on=timezone.localdate() - timedelta(days=400))
    service("Fresh", "kent", kinds=["legal"])
    assert b"Check again" in manager.get(reverse("nums_services:list")).content
    overdue = manager.get(reverse("nums_services:list"), {"checked_on": "overdue"}).content.decode()
    assert "Old" in overdue
    assert "Fresh" not in overdue
    legal = manager.get(reverse("nums_services:list"), {"kinds": "legal"}).content.decode()
    assert "Fresh" in legal
    assert "Old" not in legal


@pytest.mark.parametrize("group", ["caseworker", "regional_editor", "approver", "auditor", ""])
def test_nobody_else_comes_in(client, person, group):
    client.force_login(person(group, superuser=not group))
    assert client.get(reverse("nums_services:list")).status_code == 302
    client.post(reverse("nums_services:add"), form())
    assert not Service.objects.exists()
