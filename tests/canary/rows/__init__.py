"""What is planted, a module for each room: ``FIELDS`` it fills and ``plant``, which lets somebody type.

A new room, or a new field that somebody may type into, adds rows here. What nobody types stands in ``NOT_TYPED``.
"""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

from ..garden import Garden

#: In the order of the road: later rooms use what earlier ones made.
ROOMS = ("front", "members", "reports", "casework", "alerts", "bulletins", "leaving")

#: Field → why nobody's words get into it.
NOT_TYPED = {
    "nums_wagtail.Region.path": "a place in the tree",
    "nums_wagtail.Alert.categories": "codes of a list",
    "nums_wagtail.Alert.facts": "codes of lists",
    "nums_wagtail.Alert.advice": "codes of a list",
    "nums_wagtail.AlertIdentifier.masked": "made from the whole value, which is planted",
    "nums_wagtail.ChannelState.last_error_class": "the name of a class",
    "nums_wagtail.Clearance.justifications": "nobody is asked for one: what is found has to be mended",
    "nums_wagtail.Delivery.error_class": "the name of a class",
    "nums_wagtail.Edition.pdf": "made from the release, whose line is planted",
    "nums_wagtail.Edition.subject": "a number of ours",
    "nums_wagtail.Letter.body": "words of ours and a link",
    "nums_wagtail.Letter.error_class": "the name of a class",
    "nums_wagtail.Letter.subject": "words of ours",
}


def modules() -> list[ModuleType]:
    return [import_module(f"{__name__}.{room}") for room in ROOMS]


def planted_fields() -> set[str]:
    return {field for room in modules() for field in room.FIELDS}


def plant_all(garden: Garden) -> None:
    for room in modules():
        room.plant(garden)
    garden.closes()
