"""The admin's doors to regions: open to who manages the scheme, shut to everybody else."""

import pytest
from django.urls import reverse
from wagtail.models import ModelLogEntry

from nums_wagtail.regions.models import Region, StaffRegion
from nums_wagtail.regions.viewsets import VIEWSETS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tree"), pytest.mark.urls("tests.regions.urls")]

REGIONS, STAFF_REGIONS = VIEWSETS


def address(viewset, view, *args):
    return reverse(viewset.get_url_name(view), args=args)


@pytest.fixture
def manager(client, person):
    client.force_login(person("administrator"))
    return client


def test_a_manager_renames_a_region_and_it_is_logged(manager):
    wales = Region.objects.get(code="wales")
    assert b"Wales" in manager.get(address(REGIONS, "index")).content
    assert manager.get(address(REGIONS, "edit", wales.pk)).status_code == 200
    manager.post(address(REGIONS, "edit", wales.pk), {"name": "Cymru / Wales"})
    wales.refresh_from_db()
    assert (wales.name, wales.code) == ("Cymru / Wales", "wales")
    assert ModelLogEntry.objects.for_instance(wales).get().action == "nums.regions.renamed"


def test_an_empty_name_is_answered_beside_the_field(manager):
    wales = Region.objects.get(code="wales")
    response = manager.post(address(REGIONS, "edit", wales.pk), {"name": "  "})
    assert list(response.context["form"].errors) == ["name"]
    wales.refresh_from_db()
    assert wales.name == "Wales"


@pytest.mark.parametrize("view", ["add", "delete"])
def test_nobody_adds_or_deletes_a_region_by_hand(manager, view):
    args = [] if view == "add" else [Region.objects.get(code="wales").pk]
    manager.post(address(REGIONS, view, *args))
    assert Region.objects.filter(code="wales").exists()
    assert manager.get(address(REGIONS, view, *args)).status_code == 302


def test_a_manager_gives_and_takes_an_editors_region(manager, person):
    editor, wales = person("regional_editor"), Region.objects.get(code="wales")
    assert b"\xc2\xa0Northumbria" in manager.get(address(STAFF_REGIONS, "add")).content
    manager.post(address(STAFF_REGIONS, "add"), {"user": editor.pk, "region": wales.pk})
    row = StaffRegion.objects.get(user=editor, region=wales)
    assert b"Wales" in manager.get(address(STAFF_REGIONS, "index")).content
    manager.post(address(STAFF_REGIONS, "delete", row.pk))
    assert not StaffRegion.objects.exists()
    logged = ModelLogEntry.objects.for_instance(row).values_list("action", flat=True)
    assert set(logged) == {"nums.regions.region_given", "nums.regions.region_taken"}


def test_the_same_region_twice_is_answered_in_the_form(manager, person):
    editor, wales = person("regional_editor"), Region.objects.get(code="wales")
    for _time in range(2):
        response = manager.post(address(STAFF_REGIONS, "add"), {"user": editor.pk, "region": wales.pk})
    assert "already edits" in str(response.context["form"].errors)
    assert StaffRegion.objects.count() == 1


def test_somebody_outside_the_scheme_is_not_offered(manager, person):
    stranger = person()
    form = manager.get(address(STAFF_REGIONS, "add")).context["form"]
    assert stranger not in form.fields["user"].queryset


@pytest.mark.parametrize("group", ["caseworker", "regional_editor", "approver", "auditor", ""])
@pytest.mark.parametrize("viewset", VIEWSETS)
def test_nobody_else_comes_in(client, person, group, viewset):
    client.force_login(person(group, superuser=not group))
    assert client.get(address(viewset, "index")).status_code == 302


def test_the_list_of_editors_does_not_ask_once_a_row(manager, person, django_assert_max_num_queries):
    for region in Region.objects.all()[:15]:
        StaffRegion.objects.create(user=person("regional_editor"), region=region)
    with django_assert_max_num_queries(30):
        manager.get(address(STAFF_REGIONS, "index"))
