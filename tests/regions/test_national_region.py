"""The country itself stands on top of the tree: what has no region goes there, and nobody's list grows by it."""

import pytest

from nums_wagtail.alerts.drafting import draft_alert
from nums_wagtail.alerts.listing import current_in_region, release_for
from nums_wagtail.alerts.models import AlertRegion
from nums_wagtail.foundation.actors import SETUP, Actor
from nums_wagtail.foundation.errors import NotThere
from nums_wagtail.members.access import Reader, readable_region_ids
from nums_wagtail.regions.models import Region
from nums_wagtail.regions.packs import country_pack
from nums_wagtail.regions.scope import give_region, holds_right_everywhere
from nums_wagtail.regions.tree import Loaded, load_pack, main_regions, national_region
from nums_wagtail.reports.form_page import region_of
from nums_wagtail.test.alerts_factories import make_released_alert
from nums_wagtail.test.casework_factories import case_of
from nums_wagtail.test.members_factories import make_member
from nums_wagtail.test.people_factories import make_staff
from nums_wagtail.test.reports_factories import make_report

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tree")]


def region(code):
    return Region.objects.get(code=code)


def reader_in(code):
    member = make_member(home_region=region(code))
    return Reader(member=member, region_ids=frozenset(readable_region_ids(member)))


@pytest.mark.parametrize("code", [None, "", "atlantis"])
def test_a_report_whose_sender_names_no_region_goes_to_the_country(code):
    assert region_of(None, code) == national_region() == region("united-kingdom")


def test_a_report_with_a_region_goes_there():
    assert region_of(None, "wales") == region("wales")


def test_a_host_that_never_loaded_the_pack_in_force_still_takes_reports_in(settings):
    settings.NUMS_WAGTAIL = {**settings.NUMS_WAGTAIL, "COUNTRY": "ie"}
    assert region_of(None, None) == region("united-kingdom")


def test_a_warning_from_a_report_without_region_warns_nobody_before_a_region_is_chosen():
    report = make_report(region=national_region())
    alert = draft_alert(case_of(report), by=Actor.person(make_staff("caseworker")))
    assert not alert.regions.exists()


def test_an_alert_of_one_region_is_not_everybodys_by_the_country_above_it():
    release = make_released_alert(regions=[region("wales")])
    seen = AlertRegion.objects.get(release=release, region=national_region())
    assert seen.why == AlertRegion.Why.PARENT
    far = reader_in("london")
    assert national_region().pk in far.region_ids
    assert current_in_region(national_region(), reader=far).releases == ()
    with pytest.raises(NotThere):
        release_for(release.uuid, far)
    assert release_for(release.uuid, reader_in("wales")) == release


def test_an_alert_of_the_whole_country_is_read_in_every_region():
    release = make_released_alert(regions=[national_region()])
    for code in ("london", "scotland", "northern-ireland"):
        assert current_in_region(region(code), reader=reader_in(code)).releases == (release,)


def test_an_editor_of_the_country_works_in_every_region_and_one_of_a_region_not_for_the_country():
    everywhere, local = make_staff("regional_editor"), make_staff("regional_editor")
    give_region(everywhere, national_region(), by=SETUP)
    give_region(local, region("wales"), by=SETUP)
    every = [*main_regions(), national_region()]
    assert holds_right_everywhere(Actor.person(everywhere), "release_alert", every)
    assert not holds_right_everywhere(Actor.person(local), "release_alert", [national_region()])


def test_a_tree_from_before_it_had_a_country_on_top_gets_one_and_keeps_its_rows():
    expected = [(row.code, row.depth) for row in Region.objects.all()]
    top, kept = national_region(), {row.code: row.pk for row in Region.objects.all()}
    for nation in top.get_children():
        nation.refresh_from_db()
        nation.move(Region.objects.filter(depth=1).last(), pos="right")
    Region.objects.get(pk=top.pk).delete()
    assert Region.objects.filter(depth=1).count() == 4

    assert load_pack(country_pack(), by=SETUP) == Loaded(regions=1, forces=0)
    assert [(row.code, row.depth) for row in Region.objects.all()] == expected
    del kept["united-kingdom"]
    assert kept.items() <= {row.code: row.pk for row in Region.objects.all()}.items()
    assert Region.find_problems() == ([], [], [], [], [])
    assert load_pack(country_pack(), by=SETUP) == Loaded(regions=0, forces=0)


def test_what_a_charity_moved_to_the_top_by_hand_stays_there():
    region("wales").move(region("united-kingdom"), pos="right")
    load_pack(country_pack(), by=SETUP)
    assert region("wales").is_root()


def test_a_country_with_neither_regions_nor_nations_below_is_what_people_choose():
    Region.objects.exclude(depth=1).delete()
    assert list(main_regions()) == [national_region()]


def test_a_country_of_nations_alone_is_no_choice():
    region("england").delete()
    assert [row.code for row in main_regions()] == ["scotland", "wales", "northern-ireland"]
