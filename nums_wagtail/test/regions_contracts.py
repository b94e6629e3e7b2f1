"""What every country pack must be. Inherit beside ``TestCase``, or in a class of pytest's."""

from __future__ import annotations

import re
from collections.abc import Sequence

import phonenumbers

from nums_wagtail.foundation.actors import SETUP
from nums_wagtail.regions.models import Region
from nums_wagtail.regions.packs import CountryPack, RegionKind
from nums_wagtail.regions.tree import load_pack

#: Words in a sentence of what the public reads, on average.
_WORDS = 12


class CountryPackContract:
    """Holds together, is known to the libraries, and finds what people there write. Loading needs a database."""

    #: Number plates and postcodes as people write them there. Take none that may be somebody's.
    plates: Sequence[str] = ()
    postcodes: Sequence[str] = ()
    #: Sentences that hold neither.
    ordinary: Sequence[str] = ("in his 30s", "room 12", "at 10pm", "was 5 ft", "about 5 km away")

    def make_pack(self) -> CountryPack:
        raise NotImplementedError

    def test_the_libraries_know_its_time_zone_and_its_phones(self) -> None:
        pack = self.make_pack()
        assert pack.zone.key == pack.time_zone
        assert phonenumbers.country_code_for_region(pack.phone_region)

    def test_the_way_out_leads_to_an_address_of_somebody_else(self) -> None:
        assert self.make_pack().exit_address.startswith("https://")

    def test_there_is_a_region_to_choose(self) -> None:
        kinds = {region.kind for region in self.make_pack().regions if region.parent}
        assert kinds & {RegionKind.NATION, RegionKind.REGION}

    def test_every_area_borders_something_and_is_policed(self) -> None:
        pack = self.make_pack()
        parents = {region.code: region.parent for region in pack.regions}
        beside = {code for pair in pack.borders for code in pair}
        ground = {code for force in pack.forces for code in force.regions}
        for area in (region.code for region in pack.regions if region.kind is RegionKind.AREA):
            assert area in beside, area
            assert {area, parents[area], pack.national.code} & ground, area

    def test_every_border_is_written_once(self) -> None:
        pack = self.make_pack()
        assert len(pack.borders) == sum(len(others) for others in pack.neighbours.values())

    def test_plates_and_postcodes_are_found_alone_and_in_a_sentence(self) -> None:
        pack = self.make_pack()
        assert self.plates, "name plates that your pack must find"
        found = [(pack.plate_pattern, self.plates), (pack.postcode_pattern, self.postcodes)]
        for pattern, values in found:
            for value in values:
                assert pattern.fullmatch(value), value
                assert pattern.search(f"near the shop, {value}, on foot"), value

    def test_ordinary_words_are_left_alone(self) -> None:
        pack = self.make_pack()
        for words in self.ordinary:
            assert not pack.plate_pattern.search(words), words
            assert not pack.postcode_pattern.search(words), words

    def test_the_words_for_danger_name_the_number_and_are_short(self) -> None:
        emergency = self.make_pack().emergency
        assert emergency.number in str(emergency.words)
        assert emergency.number in str(emergency.silent_words)
        for words in (emergency.words, emergency.silent_words, emergency.text_words):
            sentences = [part for part in re.split(r"[.?!]\s*", str(words)) if part]
            assert sum(len(part.split()) for part in sentences) / len(sentences) <= _WORDS, words

    def test_loading_it_makes_its_regions_and_again_changes_nothing(self) -> None:
        pack = self.make_pack()
        load_pack(pack, by=SETUP)
        assert {region.code for region in pack.regions} <= set(Region.objects.values_list("code", flat=True))
        again = load_pack(pack, by=SETUP)
        assert (again.regions, again.forces) == (0, 0)
