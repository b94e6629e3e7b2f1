"""System checks of the regions room: E030 upward."""

from __future__ import annotations

from typing import Any

from django.core.checks import CheckMessage, Error, register

from ..conf import nums_settings
from .packs import packs


@register("nums_wagtail")
def check_country(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    country = nums_settings().regions.COUNTRY
    if country in packs:
        return []
    known = ", ".join(repr(key) for key, _ in packs.items())
    return [
        Error(
            f"NUMS_WAGTAIL['COUNTRY'] is {country!r}, and no country pack has that name: reporters would see no "
            "regions to choose from and no emergency number.",
            hint=f"Set it to one of {known}, or register your own pack in nums_wagtail.regions.packs.packs.",
            id="nums_wagtail.E030",
        )
    ]
