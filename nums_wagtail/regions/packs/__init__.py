"""Country packs: the registry, and the one in force. A host registers its own in ``apps.ready()``."""

from __future__ import annotations

from django.core.exceptions import ImproperlyConfigured

from ...conf import nums_settings
from ...foundation.registry import Registry
from . import gb, ie
from .shape import CountryPack, Emergency, ForceData, HelpTerms, RegionData, RegionKind

__all__ = [
    "CountryPack",
    "Emergency",
    "ForceData",
    "HelpTerms",
    "RegionData",
    "RegionKind",
    "country_pack",
    "packs",
]

packs: Registry[CountryPack] = Registry("country packs")
packs.register("gb", gb.PACK, owner="nums_wagtail.regions")
packs.register("ie", ie.PACK, owner="nums_wagtail.regions")


def country_pack() -> CountryPack:
    """The pack that the setting ``COUNTRY`` names. Raises ImproperlyConfigured when there is none of that name."""
    pack = packs.get(nums_settings().regions.COUNTRY)
    if pack is None:
        known = ", ".join(repr(key) for key, _ in packs.items())
        raise ImproperlyConfigured(f"NUMS_WAGTAIL['COUNTRY'] must name a country pack: {known}.")
    return pack
