"""A country is data: each pack holds together and finds what people there write."""

import re
from dataclasses import replace

import phonenumbers
import pytest
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured

from nums_wagtail.regions.packs import RegionData, RegionKind, country_pack, packs

every_pack = pytest.mark.parametrize("pack", [pack for _code, pack in packs.items()], ids=lambda pack: pack.code)


def test_the_pack_has_every_force_area_of_england_and_wales():
    areas = [region for region in country_pack().regions if region.kind is RegionKind.AREA]
    assert len(areas) == 43
    assert len({area.ons_code for area in areas}) == 43
    ground = {code for force in country_pack().forces for code in force.regions}
    assert {area.code for area in areas} <= ground


@every_pack
def test_areas_that_border_lie_in_the_same_region_or_in_regions_that_border(pack):
    parents = {region.code: region.parent for region in pack.regions}
    kinds = {region.code: region.kind for region in pack.regions}
    for first, second in pack.borders:
        over = [parents[code] if kinds[code] is RegionKind.AREA else code for code in (first, second)]
        assert over[0] == over[1] or tuple(sorted(over)) in pack.borders, (first, second)


@every_pack
def test_regions_that_border_are_written_down_where_their_areas_do(pack):
    regions = {region.code: region for region in pack.regions}
    over = {frozenset(regions[code].parent for code in pair) for pair in pack.borders} - {frozenset([""])}
    apart = {tuple(sorted(pair)) for pair in over if len(pair) == 2 and pack.national.code not in pair}
    assert apart <= set(pack.borders)


@every_pack
def test_every_region_lies_in_the_country_which_is_the_only_one_on_top(pack):
    assert [region.code for region in pack.regions if not region.parent] == [pack.national.code]
    assert pack.national.name == pack.name
    parents = {region.code: region.parent for region in pack.regions}
    for code in parents:
        while parents[code]:
            code = parents[code]
        assert code == pack.national.code


@every_pack
def test_every_area_has_a_neighbour_and_somebody_who_polices_it(pack):
    parents = {region.code: region.parent for region in pack.regions}
    beside = {code for pair in pack.borders for code in pair}
    ground = {code for force in pack.forces for code in force.regions}
    for area in (region.code for region in pack.regions if region.kind is RegionKind.AREA):
        assert area in beside, area
        assert {area, parents[area], pack.national.code} & ground, area


@every_pack
def test_the_libraries_know_the_packs_time_zone_and_phone_region(pack):
    assert pack.zone.key == pack.time_zone
    assert phonenumbers.country_code_for_region(pack.phone_region)
    assert pack.exit_address.startswith("https://")


@every_pack
def test_every_border_is_written_once(pack):
    assert len(pack.borders) == sum(len(others) for others in pack.neighbours.values())


@pytest.mark.parametrize("plate", ["AB12 CDE", "ab12cde", "A123 BCD", "a123bcd", "ABC 123D", "BXI 1234", "OUI 55"])
def test_a_plate_is_known_as_a_plate(plate):
    assert country_pack().plate_pattern.fullmatch(plate)
    assert country_pack().plate_pattern.search(f"in a van, {plate}, grey")


@pytest.mark.parametrize(
    "words", ["in his 30s", "off the M25 and north", "via 3 men", "room 12", "at 10pm", "was 5 ft"]
)
def test_ordinary_words_are_no_plate(words):
    assert not country_pack().plate_pattern.search(words)


@pytest.mark.parametrize("postcode", ["M1 1AE", "SW1A 1AA", "ec1a1bb", "B33 8TH"])
def test_a_postcode_is_known_as_a_postcode(postcode):
    assert country_pack().postcode_pattern.fullmatch(postcode)


@pytest.mark.parametrize("words", ["about 5 km away", "room 12 2nd floor", "AB12 CDE"])
def test_ordinary_words_are_no_postcode(words):
    assert not country_pack().postcode_pattern.search(words)


def test_ireland_has_four_provinces_with_dublin_apart_and_26_counties_with_it():
    regions = packs["ie"].regions
    main = [region.code for region in regions if region.kind is RegionKind.REGION]
    assert main == ["dublin", "leinster", "munster", "connacht", "ulster"]
    assert sum(region.kind is RegionKind.AREA for region in regions) + 1 == 26


@pytest.mark.parametrize(
    "plate",
    ["191-D-12345", "191-d-12345", "191D12345", "191 D 12345", "07-WX-1", "98 KK 412", "131-TN-3", "12l5678"],
)
def test_an_irish_plate_is_known_as_a_plate(plate):
    assert packs["ie"].plate_pattern.fullmatch(plate)
    assert packs["ie"].plate_pattern.search(f"in a van, {plate}, grey")


@pytest.mark.parametrize(
    "words", ["13-D-412", "193-D-412", "191-X-412", "off the N11 and north", "at 10 c 5", "in 2019", "AB12 CDE"]
)
def test_what_is_no_irish_plate_is_left_alone(words):
    assert not packs["ie"].plate_pattern.search(words)


@pytest.mark.parametrize("eircode", ["D02 X285", "d02x285", "A65F4E2", "D6W PV38", "D6W XXXX", "a65 fne2"])
def test_an_eircode_is_known_as_a_postcode(eircode):
    assert packs["ie"].postcode_pattern.fullmatch(eircode)


@pytest.mark.parametrize("words", ["off the N11 near Bray", "on the E10 then", "room 12 2nd floor", "B33 8TH"])
def test_ordinary_words_are_no_eircode(words):
    assert not packs["ie"].postcode_pattern.search(words)


@every_pack
def test_the_emergency_words_name_the_number(pack):
    emergency = pack.emergency
    assert emergency.number in str(emergency.words)
    assert emergency.number in str(emergency.silent_words)


def test_in_ireland_a_silent_caller_taps_the_screen_and_is_warned_off_the_rule_of_elsewhere():
    emergency = packs["ie"].emergency
    assert "tap the screen" in str(emergency.silent_words)
    assert "Do not press 55" in str(emergency.silent_words)
    assert "register to 112" in str(emergency.text_words)


def test_the_silent_rule_of_mobiles_is_said_with_its_limits():
    emergency = packs["gb"].emergency
    assert "55" in str(emergency.silent_words)
    assert "mobile" in str(emergency.silent_words)
    assert "18000" in str(emergency.text_words)


@every_pack
def test_public_words_are_short(pack):
    emergency = pack.emergency
    for words in (emergency.words, emergency.silent_words, emergency.text_words):
        sentences = [part for part in re.split(r"[.?]\s*", str(words)) if part]
        assert sum(len(part.split()) for part in sentences) / len(sentences) <= 12


def test_a_pack_that_does_not_hold_together_names_the_code_at_fault():
    with pytest.raises(ValueError, match="nowhere"):
        replace(country_pack(), neighbours={"london": ("nowhere",)})
    orphan = (RegionData("left", "Left", RegionKind.AREA, parent="gone"),)
    with pytest.raises(ValueError, match="left"):
        replace(country_pack(), regions=orphan, neighbours={}, forces=())


@pytest.mark.parametrize(
    "tops",
    [
        (),
        (RegionData("here", "Here", RegionKind.REGION),),
        (RegionData("here", "Here", RegionKind.NATION), RegionData("there", "There", RegionKind.NATION)),
    ],
)
def test_a_pack_without_one_country_on_top_is_refused(tops):
    with pytest.raises(ValueError, match="no parent"):
        replace(country_pack(), regions=tops, neighbours={}, forces=())


def test_a_host_registers_its_own_pack(settings):
    settings.NUMS_WAGTAIL = {"COUNTRY": "elsewhere"}
    own = replace(packs["gb"], code="elsewhere", name="Elsewhere")
    with packs.emptied():
        packs.register("elsewhere", own, owner="host")
        assert country_pack() is own


def test_an_unknown_country_is_a_failed_check_that_names_the_known_ones(settings):
    settings.NUMS_WAGTAIL = {"COUNTRY": "atlantis"}
    found = [message for message in run_checks(tags=["nums_wagtail"]) if message.id == "nums_wagtail.E030"]
    assert len(found) == 1
    assert "'gb'" in found[0].hint
    with pytest.raises(ImproperlyConfigured, match="'gb'"):
        country_pack()


def test_a_known_country_passes_the_check():
    assert "nums_wagtail.E030" not in {message.id for message in run_checks(tags=["nums_wagtail"])}
