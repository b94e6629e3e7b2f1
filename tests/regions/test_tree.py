"""The tree is what people know as regions, and a charity's own edits outlive the next loading."""

import pytest

from nums_wagtail.foundation.actors import SETUP, WORKER, Actor
from nums_wagtail.foundation.errors import BadInput, NotAllowed
from nums_wagtail.regions.models import PoliceForce, Region
from nums_wagtail.regions.packs import country_pack
from nums_wagtail.regions.tree import (
    Loaded,
    load_pack,
    main_regions,
    readable_neighbours,
    region_choices,
    rename_region,
    with_ancestors,
)

pytestmark = pytest.mark.django_db


def region(code):
    return Region.objects.get(code=code)


def codes(regions):
    return [item.code for item in regions]


@pytest.mark.usefixtures("tree")
def test_a_report_chooses_between_twelve_regions():
    assert len(main_regions()) == 12
    assert {"north-west", "london", "scotland", "wales", "northern-ireland"} <= set(codes(main_regions()))
    assert not {"england", "united-kingdom"} & set(codes(main_regions()))


@pytest.mark.usefixtures("tree")
def test_a_form_offers_regions_and_if_asked_the_areas_below_each():
    assert region_choices()[0] == ("north-east", "North East")
    with_areas = region_choices(areas=True)
    assert with_areas[:2] == [("north-east", "North East"), ("northumbria", "\u00a0\u00a0\u00a0Northumbria")]
    assert len(with_areas) == 12 + 43


@pytest.mark.usefixtures("tree")
def test_an_area_lies_in_its_region_nation_and_country():
    above = codes(with_ancestors(region("greater-manchester")))
    assert above == ["united-kingdom", "england", "north-west", "greater-manchester"]


@pytest.mark.usefixtures("tree")
def test_neighbours_are_what_borders_by_land():
    assert set(codes(readable_neighbours(region("london")))) == {"east-of-england", "south-east"}
    assert codes(readable_neighbours(region("northern-ireland"))) == []


@pytest.mark.usefixtures("tree")
def test_danger_near_a_border_is_heard_in_the_region_across():
    """West Yorkshire and Derbyshire lie in other regions than Greater Manchester."""
    heard = set(codes(readable_neighbours(region("greater-manchester"))))
    assert {"west-yorkshire", "yorkshire-and-the-humber", "derbyshire", "east-midlands", "cheshire"} <= heard
    assert not heard & {"north-west", "england", "united-kingdom", "greater-manchester"}


@pytest.mark.usefixtures("tree")
def test_neighbours_are_neighbours_both_ways():
    for here in Region.objects.prefetch_related("neighbours__neighbours"):
        for there in here.neighbours.all():
            assert here in there.neighbours.all()


def test_loading_twice_adds_nothing_the_second_time(tree):
    assert tree == Loaded(regions=len(country_pack().regions), forces=46)
    assert load_pack(country_pack(), by=SETUP) == Loaded(regions=0, forces=0)
    assert Region.find_problems() == ([], [], [], [], [])


@pytest.mark.usefixtures("tree")
def test_what_a_charity_changed_stays_changed():
    region("north-west").neighbours.remove(region("scotland"))
    PoliceForce.objects.get(code="kent").regions.clear()
    rename_region(region("north-west"), "The North West", by=SETUP)
    load_pack(country_pack(), by=SETUP)
    assert region("north-west").name == "The North West"
    assert "scotland" not in codes(region("north-west").neighbours.all())
    assert not PoliceForce.objects.get(code="kent").regions.exists()


@pytest.mark.usefixtures("tree")
def test_a_region_that_is_missing_comes_back_with_its_borders_and_force():
    region("kent").delete()
    assert load_pack(country_pack(), by=SETUP) == Loaded(regions=1, forces=0)
    assert set(codes(region("kent").neighbours.all())) == {"metropolitan", "surrey", "sussex"}
    assert [force.code for force in region("kent").forces.all()] == ["kent"]
    assert Region.find_problems() == ([], [], [], [], [])


@pytest.mark.usefixtures("tree")
def test_every_force_polices_its_ground_and_one_has_none():
    without = [force.code for force in PoliceForce.objects.filter(regions=None)]
    assert without == ["british-transport"]
    assert [force.name for force in region("scotland").forces.all()] == ["Police Scotland"]


def test_only_who_manages_the_scheme_loads_or_renames(person, tree):
    for by in (WORKER, Actor.person(person("caseworker")), Actor.person(person(superuser=True))):
        with pytest.raises(NotAllowed):
            load_pack(country_pack(), by=by)
        with pytest.raises(NotAllowed):
            rename_region(region("wales"), "Cymru", by=by)
    rename_region(region("wales"), " Cymru ", by=Actor.person(person("administrator")))
    assert region("wales").name == "Cymru"


@pytest.mark.usefixtures("tree")
@pytest.mark.parametrize("name", ["", "  ", "x" * 101])
def test_a_name_nobody_could_read_is_answered_beside_the_field(name):
    with pytest.raises(BadInput) as caught:
        rename_region(region("wales"), name, by=SETUP)
    assert "name" in caught.value.fields
