"""A country is data: the pack holds together, finds what people write, and nothing of it stands elsewhere."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured

import nums_wagtail.regions
from nums_wagtail.regions.packs import RegionData, RegionKind, country_pack, packs

ROOM = Path(nums_wagtail.regions.__file__).parent


def test_the_pack_has_every_force_area_of_england_and_wales():
    areas = [region for region in country_pack().regions if region.kind is RegionKind.AREA]
    assert len(areas) == 43
    assert len({area.ons_code for area in areas}) == 43
    ground = {code for force in country_pack().forces for code in force.regions}
    assert {area.code for area in areas} <= ground


def test_areas_that_border_lie_in_the_same_region_or_in_regions_that_border():
    pack = country_pack()
    parents = {region.code: region.parent for region in pack.regions}
    kinds = {region.code: region.kind for region in pack.regions}
    for first, second in pack.borders:
        over = [parents[code] if kinds[code] is RegionKind.AREA else code for code in (first, second)]
        assert over[0] == over[1] or tuple(sorted(over)) in pack.borders, (first, second)


def test_every_border_is_written_once():
    pack = country_pack()
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


def test_the_emergency_words_name_the_number_and_the_silent_rule():
    emergency = country_pack().emergency
    assert emergency.number in str(emergency.words)
    assert "55" in str(emergency.silent_words)
    assert "mobile" in str(emergency.silent_words)
    assert "18000" in str(emergency.text_words)


def test_public_words_are_short():
    emergency = country_pack().emergency
    for words in (emergency.words, emergency.silent_words, emergency.text_words):
        sentences = [part for part in re.split(r"[.?]\s*", str(words)) if part]
        assert sum(len(part.split()) for part in sentences) / len(sentences) <= 12


def test_a_pack_that_does_not_hold_together_names_the_code_at_fault():
    with pytest.raises(ValueError, match="nowhere"):
        replace(country_pack(), neighbours={"london": ("nowhere",)})
    orphan = (RegionData("left", "Left", RegionKind.AREA, parent="gone"),)
    with pytest.raises(ValueError, match="left"):
        replace(country_pack(), regions=orphan, neighbours={}, forces=())


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


def test_no_word_of_one_country_stands_outside_its_pack():
    local = re.compile(
        r"\b(England|English|Scotland|Scottish|Wales|Welsh|Ireland|Irish|Brit\w+|UK|GB|London|NHS|Ofcom|DVLA|"
        r"United Kingdom|Office for National Statistics|999|18000|bank holiday|ugly mug)",
        re.IGNORECASE,
    )
    for file in ROOM.rglob("*.py"):
        if file.name == "gb.py":
            continue
        text = re.sub(r"""["']gb["']|import gb|\bgb\.PACK""", "", file.read_text())
        assert not local.search(text), file
