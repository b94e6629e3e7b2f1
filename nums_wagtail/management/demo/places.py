"""The invented services of the story: who helps in its three regions and in the whole country.

Telephone numbers come from Ofcom's ranges for drama, addresses from example.org.
"""

from __future__ import annotations

from dataclasses import dataclass

from nums_wagtail.regions.service_kinds import ServiceKind as Kind


@dataclass(frozen=True)
class Place:
    """One service. ``days_ago`` says when somebody last checked it; ``hours`` empty: open day and night."""

    name: str
    kinds: tuple[Kind, ...]
    regions: tuple[str, ...]
    phone: str
    hours: str = ""
    text_line: str = ""
    web: str = ""
    languages: str = ""
    notes: str = ""
    days_ago: int = 40


DAYS = "weekdays 9 to 5"

PLACES = (
    Place(
        "Heron Centre",
        (Kind.ASSAULT_CENTRE,),
        ("north-west",),
        "0161 496 0141",
        web="https://heron.example.org/",
        languages="English, Română, Polski",
        notes="Ring first, at any hour. You can bring somebody.",
    ),
    Place(
        "Quayside Hospital",
        (Kind.HOSPITAL,),
        ("north-west",),
        "0161 496 0142",
        notes="Gives PEP when clinics are closed.",
    ),
    Place(
        "Quayside Sexual Health",
        (Kind.SEXUAL_HEALTH, Kind.CONTRACEPTION),
        ("north-west",),
        "0161 496 0143",
        hours="Monday to Saturday, 9 to 7",
        text_line="07700 900143",
        languages="English, Română, Español",
        notes="No appointment needed.",
    ),
    Place(
        "Harbour Needle Exchange",
        (Kind.NEEDLE_EXCHANGE, Kind.OUTREACH),
        ("merseyside",),
        "0151 496 0144",
        hours="weekdays 10 to 4",
        days_ago=420,
    ),
    Place(
        "Curlew Centre",
        (Kind.ASSAULT_CENTRE, Kind.ADVISER),
        ("yorkshire-and-the-humber",),
        "0113 496 0145",
        web="https://curlew.example.org/",
        notes="You can bring somebody.",
    ),
    Place(
        "Moorside Hospital",
        (Kind.HOSPITAL,),
        ("yorkshire-and-the-humber",),
        "0113 496 0146",
        notes="Gives PEP when clinics are closed.",
    ),
    Place(
        "Moorside Clinic",
        (Kind.SEXUAL_HEALTH, Kind.CONTRACEPTION),
        ("yorkshire-and-the-humber",),
        "0114 496 0147",
        hours=DAYS,
    ),
    Place(
        "Plover House",
        (Kind.HOUSING,),
        ("yorkshire-and-the-humber", "north-east"),
        "0113 496 0148",
        hours="every day, 8 to 8",
        notes="Rooms for women and for trans people.",
        days_ago=200,
    ),
    Place("Tern Centre", (Kind.ASSAULT_CENTRE,), ("north-east",), "0191 498 0149", languages="English, العربية"),
    Place("Northgate Hospital", (Kind.HOSPITAL,), ("north-east",), "0191 498 0150"),
    Place(
        "Northgate Clinic",
        (Kind.SEXUAL_HEALTH, Kind.CONTRACEPTION),
        ("north-east",),
        "0191 498 0151",
        hours="weekdays 9 to 6",
        text_line="07700 900151",
    ),
    Place(
        "Lantern Line",
        (Kind.HELPLINE, Kind.COUNSELLING),
        ("united-kingdom",),
        "020 7946 0152",
        text_line="07700 900152",
        web="https://line.example.org/",
        languages="English, Română, Español, 中文",
    ),
    Place(
        "Open Door Law",
        (Kind.LEGAL,),
        ("united-kingdom",),
        "020 7946 0153",
        hours="Tuesday and Thursday, 1 to 6",
        days_ago=380,
    ),
    Place("Fledglings", (Kind.YOUNG_PEOPLE,), ("united-kingdom",), "020 7946 0155", text_line="07700 900155"),
    Place("Many Tongues", (Kind.TRANSLATION,), ("united-kingdom",), "020 7946 0154", hours=DAYS),
)

NAMES = frozenset(place.name for place in PLACES)
