"""What a country pack holds. Plain data: a country differs from another in its pack and nowhere else."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from zoneinfo import ZoneInfo

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from ...foundation.errors import Words

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


class RegionKind(TextChoices):
    NATION = "nation", _("Nation")
    REGION = "region", _("Region")
    AREA = "area", _("Area")


@dataclass(frozen=True)
class RegionData:
    """One region. ``parent`` is the code of a region that stands earlier in the pack; the country has none."""

    code: str
    name: str
    kind: RegionKind
    parent: str = ""
    #: Code of the national statistics office; empty where not certain.
    ons_code: str = ""


@dataclass(frozen=True)
class ForceData:
    """A police force. ``regions`` are codes of the regions it polices; empty for one without own ground."""

    code: str
    name: str
    regions: tuple[str, ...] = ()
    website: str = ""


@dataclass(frozen=True)
class Emergency:
    """What somebody in danger is told first."""

    #: As dialled; also what a ``tel:`` link calls.
    number: str
    words: Words
    #: The rule for a call in which somebody cannot speak.
    silent_words: Words
    #: Ways for whoever does not use a voice call.
    text_words: Words


@dataclass(frozen=True)
class HelpTerms:
    """What things are called in this country."""

    #: A scheme such as this one.
    scheme: Words
    #: One warning about somebody, as workers call it.
    warning: Words
    #: Where somebody is examined and cared for after an assault.
    assault_centre: Words
    #: Who stands beside somebody on the way through police and courts.
    adviser: Words
    #: Where a hospital takes in whoever comes, day and night.
    emergency_department: Words
    #: One or two sentences: how to be examined after an assault, and whether the police must hear of it.
    examination: Words


@dataclass(frozen=True)
class CountryPack:
    """Everything that differs by country.

    Exactly one region has no parent: the country itself. A report whose sender names no region goes there.
    Raises ValueError when regions, borders and forces do not fit together, naming the code at fault.
    """

    code: str
    name: str
    regions: tuple[RegionData, ...]
    #: Code → codes of regions that share a land border; each border is written once.
    neighbours: Mapping[str, tuple[str, ...]]
    forces: tuple[ForceData, ...]
    #: Region of the ``phonenumbers`` library in which a number without prefix is read.
    phone_region: str
    #: Both find in running text and match a whole value with ``fullmatch``.
    plate_pattern: re.Pattern[str]
    postcode_pattern: re.Pattern[str]
    emergency: Emergency
    #: Name in the IANA database.
    time_zone: str
    #: Where "Leave this page" leads. It is linked, never loaded.
    exit_address: str
    help_terms: HelpTerms

    def __post_init__(self) -> None:
        known: set[str] = set()
        for region in self.regions:
            if not _SLUG.fullmatch(region.code) or region.code in known:
                raise ValueError(
                    f"Country pack {self.code}: region code {region.code!r} is no slug or stands twice."
                )
            if region.parent and region.parent not in known:
                raise ValueError(f"Country pack {self.code}: {region.code!r} stands before its parent.")
            known.add(region.code)
        tops = [region for region in self.regions if not region.parent]
        if len(tops) != 1 or tops[0].kind is not RegionKind.NATION:
            raise ValueError(
                f"Country pack {self.code}: exactly one region, of the kind nation, has no parent; "
                f"it has {[region.code for region in tops]}."
            )
        named = {code for pair in self.borders for code in pair}
        named |= {code for force in self.forces for code in force.regions}
        if unknown := sorted(named - known):
            raise ValueError(f"Country pack {self.code}: no region has the code {unknown[0]!r}.")
        if len({force.code for force in self.forces}) < len(self.forces):
            raise ValueError(f"Country pack {self.code}: two forces have one code.")

    @property
    def national(self) -> RegionData:
        """The country itself, which every other region lies in; a region always stands after its parent."""
        return self.regions[0]

    @property
    def borders(self) -> list[tuple[str, str]]:
        """Every land border as a pair of codes, once."""
        return sorted({(min(a, b), max(a, b)) for a, others in self.neighbours.items() for b in others})

    @cached_property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)
