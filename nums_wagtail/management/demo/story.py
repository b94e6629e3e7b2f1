"""The invented story as data: who works at the Lantern Network, who reads, what was reported.

Telephone numbers come from Ofcom's ranges for drama, addresses from example.org.
"""

from __future__ import annotations

from dataclasses import dataclass, field

SCHEME = "Lantern Network"
REGIONS = ("north-west", "yorkshire-and-the-humber", "north-east")


@dataclass(frozen=True)
class Staff:
    """``username`` signs in at the admin with PASSWORD."""

    username: str
    name: str
    groups: tuple[str, ...]
    what: str
    regions: tuple[str, ...] = ()


PASSWORD = "lantern-demo"  # noqa: S105 - said aloud by the demo, and made for nothing else
STAFF = (
    Staff(
        "robin", "Robin", ("caseworker", "membership"), "caseworker: reads reports, writes alerts, approves members"
    ),
    Staff("sky", "Sky", ("caseworker", "on_call", "police_contact"), "caseworker, on call, hands on to the police"),
    Staff("moss", "Moss", ("regional_editor", "bulletin_editor"), "editor for the North West", ("north-west",)),
    Staff("fern", "Fern", ("administrator", "auditor"), "administrator: accounts, settings, pages, registers"),
    Staff("ash", "Ash", ("approver",), "approver from outside: releases alerts, never sees a case"),
)

PROJECTS = (
    ("Harbour Outreach", "project", "north-west"),
    ("Moorside Outreach", "project", "yorkshire-and-the-humber"),
)
VENUE = ("The Lamplight", "venue", "north-west")

WORKING_NAMES = (
    "Juniper", "Saffron", "Wren", "Cleo", "Maple", "Indigo", "Pearl", "Rowan", "Opal", "Marlow", "Dove", "Willow",
    "Sorrel", "Coral", "Ember", "Hazel", "Jet", "Lark", "Misty", "Nell", "Olive", "Poppy", "Quinn", "Ruby",
    "Sable", "Tansy", "Umber", "Vesper", "Winter", "Yarrow", "Zinnia", "Briar", "Clover", "Dusty", "Elowen", "Flint",
)  # fmt: skip

CONTACTS = (
    "He rang from an advert and asked whether I was working that evening.",
    "He messaged through the site where I advertise and was polite at first.",
    "He walked up to me on the street and named a price straight away.",
    "A friend had seen him once before, so I said yes.",
    "He booked two days ahead and rang three times to confirm.",
    "He texted late and wanted to come within ten minutes.",
    "He said that he had seen me before. I did not know him.",
    "He wrote from a new account with no picture.",
    "He stopped his car beside me and wound the window down.",
    "He came to the door with another man, which we had not agreed.",
)


@dataclass(frozen=True)
class Event:
    """What happened, its categories and how a caseworker grades it."""

    words: str
    categories: tuple[str, ...]
    severity: str


EVENTS = (
    Event("When I asked for the money he laughed and left without paying.", ("non_payment",), "risky"),
    Event(
        "He held me by the throat until I could not speak. I hit him and got out.", ("strangulation",), "dangerous"
    ),
    Event(
        "He took the condom off without asking. I told him to stop and he got angry.",
        ("condom_removal",),
        "dangerous",
    ),
    Event("He showed a knife and took my phone and what I had earned.", ("robbery", "weapon"), "dangerous"),
    Event("He paid with notes that turned out to be false.", ("counterfeit",), "risky"),
    Event("He locked the car doors and drove on past where we had agreed.", ("imprisonment",), "dangerous"),
    Event("He kept my deposit link and sent a false receipt, twice.", ("refund_fraud",), "risky"),
    Event("He said he would tell my family unless I sent money.", ("blackmail", "threats"), "dangerous"),
    Event("He shouted and threw a glass when I said the time was over.", ("aggressive",), "risky"),
    Event("He pushed me against the wall and would not let me to the door.", ("physical_assault",), "dangerous"),
    Event("He has rung forty times since and waits near my street.", ("stalking",), "dangerous"),
    Event("He said he was a police officer and wanted it free. His card was not real.", ("fake_police",), "risky"),
    Event("He put my pictures on another site with a number that is not mine.", ("fake_advert",), "risky"),
    Event("He filmed without asking. I saw the light of the phone.", ("image_abuse",), "risky"),
    Event("He booked, let me travel for an hour and never opened.", ("no_show",), "nuisance"),
    Event(
        "He kept asking for things I had said no to and grabbed me.", ("boundaries", "sexual_assault"), "dangerous"
    ),
    Event("He wanted only to talk on the phone for an hour and never booked.", ("time_waster",), "nuisance"),
    Event("He took the money back out of my bag while I was in the bathroom.", ("theft",), "risky"),
)

ENDINGS = (
    "I am all right now, but I want others to know.",
    "I have told two friends. Please warn people.",
    "I do not want to go to the police at the moment.",
    "I blocked the number. He may use another one.",
    "I was shaken for days. It helps to write this down.",
    "He may do it to somebody who is alone.",
    "I would know his voice again.",
)


@dataclass(frozen=True)
class Told:
    """One invented report. ``days_ago`` counts back from today; answers are by question key."""

    days_ago: int
    region: str
    words: str
    event: Event
    answers: dict[str, object] = field(default_factory=dict)
    warn: bool = True
    police: str = "not_asked"
    urgent: bool = False


#: Three about one man, in two regions: a phone ending 412, half a plate, an accent.
SAME_MAN = (
    Told(
        26,
        "north-west",
        "He rang twice before he came. In his van he locked the doors and drove on. He spoke with a Scottish accent "
        "and had a scar on his left hand. I jumped out at a red light.",
        EVENTS[5],
        {
            "phone": "07700 900412",
            "person_accent": "elsewhere",
            "person_marks": ["scar"],
            "person_marks_where": ["hand"],
            "vehicle_type": "van",
            "vehicle_colour": "white",
        },
        police="anonymous",
    ),
    Told(
        12,
        "yorkshire-and-the-humber",
        "White van, I only saw the start of the plate. He took my phone out of my hand and would not let me out until "
        "I screamed. Scottish, about forty.",
        EVENTS[9],
        {
            "phone": "+44 7700 900412",
            "person_accent": "elsewhere",
            "person_age": "40s",
            "vehicle_plate": "YX19",
            "vehicle_type": "van",
            "vehicle_colour": "white",
        },
        police="named",
    ),
    Told(
        1,
        "north-west",
        "Same voice as the man my friend told me about. He held my throat. I kicked and he drove off in a white van.",
        EVENTS[1],
        {
            "phone": "07700900412",
            "person_accent": "elsewhere",
            "person_build": "heavy",
            "vehicle_plate": "YX19",
            "vehicle_type": "van",
        },
        urgent=True,
    ),
)
OTHERS = 57
TO_POLICE = 15


def reports() -> list[Told]:
    """Sixty reports of the last thirty days, fifteen of which went on to the police."""
    told = []
    for number in range(OTHERS):
        event = EVENTS[(number * 7) % len(EVENTS)]
        contact = CONTACTS[(number * 3) % len(CONTACTS)]
        ending = ENDINGS[(number * 5) % len(ENDINGS)]
        told.append(
            Told(
                days_ago=2 + (number * 28) // OTHERS,
                region=REGIONS[number % 3],
                words=f"{contact} {event.words} {ending}",
                event=event,
                answers=_about(number),
                warn=number % 9 != 0,
                police=_police(number),
            )
        )
    return sorted([*told, *SAME_MAN], key=lambda one: -one.days_ago)


def _police(number: int) -> str:
    """Every fourth goes on, but the newest, which nobody has opened: thirteen, with two of the same man fifteen."""
    if number % 4 == 0 and 0 < number <= (TO_POLICE - 2) * 4:
        return "named" if number % 12 == 0 else "anonymous"
    return "no" if number % 4 == 1 else "not_asked"


def _about(number: int) -> dict[str, object]:
    answers: dict[str, object] = {
        "person_role": "client",
        "person_gender": "man",
        "person_age": ("20s", "30s", "40s", "50s")[number % 4],
        "person_build": ("slim", "average", "heavy", "muscular")[number // 2 % 4],
        "person_hair": [("brown", "grey", "black", "bald")[number // 3 % 4]],
        "contact_way": ("phone", "advert", "street", "app")[number % 4],
        "place_type": ("car", "hotel", "workplace", "street")[number // 5 % 4],
    }
    if number % 2 == 0:
        answers["phone"] = f"07700 900{100 + number:03d}"
    if number % 5 == 0:
        answers["username"] = f"night_caller_{number}"
    if number % 3 == 0:
        answers["vehicle_plate"] = f"ZZ{50 + number % 40} QQ{'ABCDEFGH'[number % 8]}"
    return answers
