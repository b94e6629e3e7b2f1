"""An editor of some regions acts in those and below, and in no others."""

import pytest
from wagtail.models import ModelLogEntry

from nums_wagtail.foundation.actors import LEDGER, SETUP, WORKER, Actor
from nums_wagtail.foundation.errors import NotAllowed
from nums_wagtail.regions.models import Region, StaffRegion
from nums_wagtail.regions.scope import give_region, holds_right_everywhere, regions_of, take_region

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tree")]


def regions(*codes):
    return list(Region.objects.filter(code__in=codes))


@pytest.fixture
def editor(person):
    """An editor of the North West and of Wales."""
    user = person("regional_editor")
    for region in regions("north-west", "wales"):
        give_region(user, region, by=SETUP)
    return user


def test_regions_of_an_editor_include_what_lies_below(editor):
    mine = set(Region.objects.filter(pk__in=regions_of(editor)).values_list("code", flat=True))
    assert mine == {
        *("north-west", "cumbria", "lancashire", "merseyside", "greater-manchester", "cheshire"),
        *("wales", "north-wales", "gwent", "south-wales", "dyfed-powys"),
    }


@pytest.mark.parametrize(
    ("codes", "allowed"),
    [
        (["north-west"], True),
        (["wales", "north-west"], True),
        (["greater-manchester", "gwent"], True),
        (["north-west", "london"], False),
        (["england"], False),
        ([], False),
    ],
)
@pytest.mark.promise("P040")
def test_an_editor_of_two_regions_releases_only_inside_them(editor, codes, allowed):
    assert holds_right_everywhere(Actor.person(editor), "release_alert", regions(*codes)) is allowed


def test_ids_do_as_well_as_regions(editor):
    ids = [region.pk for region in regions("merseyside")]
    assert holds_right_everywhere(Actor.person(editor), "release_alert", ids)


def test_the_right_itself_counts_everywhere(person):
    approver = Actor.person(person("approver"))
    assert holds_right_everywhere(approver, "release_alert", regions("england", "scotland"))
    assert holds_right_everywhere(WORKER, "write_bulletin", regions("london"))


def test_regions_without_a_right_allow_nothing(person):
    caseworker = person("caseworker")
    give_region(caseworker, regions("wales")[0], by=SETUP)
    assert not holds_right_everywhere(Actor.person(caseworker), "release_alert", regions("wales"))
    assert not holds_right_everywhere(LEDGER, "release_alert", regions("wales"))


@pytest.mark.promise("P040")
def test_a_right_without_regional_variant_is_not_widened(editor):
    assert not holds_right_everywhere(Actor.person(editor), "release_emergency_alert", regions("wales"))


@pytest.mark.promise("P020")
def test_a_superuser_releases_nothing_by_being_so(person):
    root = person(superuser=True)
    give_region(root, regions("wales")[0], by=SETUP)
    assert not holds_right_everywhere(Actor.person(root), "release_alert", regions("wales"))


def test_a_switched_off_account_has_no_regions(editor):
    editor.is_active = False
    assert regions_of(editor) == set()


@pytest.mark.promise("P040")
def test_a_region_taken_away_is_gone_at_once(editor):
    take_region(StaffRegion.objects.get(user=editor, region__code="wales"), by=SETUP)
    assert not holds_right_everywhere(Actor.person(editor), "release_alert", regions("wales"))


@pytest.mark.promise("P021")
def test_giving_twice_is_giving_once_and_is_logged_without_names(editor):
    row = give_region(editor, regions("wales")[0], by=SETUP)
    assert StaffRegion.objects.filter(user=editor).count() == 2
    entry = ModelLogEntry.objects.for_instance(row).get()
    assert entry.label == f"staff region {row.pk}"
    assert editor.username not in str(entry.data)


def test_only_who_manages_the_scheme_gives_regions(editor, person):
    with pytest.raises(NotAllowed):
        give_region(editor, regions("london")[0], by=Actor.person(editor))
    with pytest.raises(NotAllowed):
        take_region(StaffRegion.objects.first(), by=Actor.person(person(superuser=True)))


def test_asking_for_regions_takes_two_queries(editor, django_assert_num_queries):
    with django_assert_num_queries(2):
        regions_of(editor)
