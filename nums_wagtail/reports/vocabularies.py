"""The closed lists that answers are chosen from. Codes are stored for years: add, reword, but never rename one."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from .schema_parts import Term, Vocabulary, Words


def _list(key: str, *terms: tuple[str, Words]) -> Vocabulary:
    return Vocabulary(key, tuple(Term(code, label) for code, label in terms))


def _in(section: Promise, *terms: tuple[str, Words]) -> tuple[Term, ...]:
    return tuple(Term(code, label, section) for code, label in terms)


CATEGORIES = Vocabulary(
    "categories",
    (
        *_in(
            _("Violence"),
            ("rape", _("Rape")),
            ("sexual_assault", _("Sexual assault")),
            ("physical_assault", _("Physical assault")),
            ("attempted_attack", _("Attempted attack")),
            ("weapon", _("Weapon shown or used")),
            ("imprisonment", _("Locked in or held")),
            ("strangulation", _("Strangling or choking")),
            ("condom_removal", _("Condom removed or refused")),
        ),
        *_in(
            _("Pressure"),
            ("threats", _("Threats")),
            ("blackmail", _("Blackmail or outing")),
            ("stalking", _("Stalking or many messages")),
            ("extortion", _("Demands for money")),
            ("exploitation", _("Somebody may be controlled")),
        ),
        *_in(
            _("Money and things"),
            ("robbery", _("Robbery")),
            ("burglary", _("Break-in")),
            ("theft", _("Theft")),
            ("non_payment", _("Did not pay")),
            ("refund_fraud", _("Took the payment back")),
            ("counterfeit", _("False money")),
            ("damage", _("Damage")),
        ),
        *_in(
            _("Online"),
            ("image_abuse", _("Pictures or films misused")),
            ("doxxing", _("Private details spread")),
            ("fake_advert", _("Fake advert")),
            ("scam_booking", _("Scam booking")),
        ),
        *_in(
            _("Trouble"),
            ("time_waster", _("Wasted time")),
            ("no_show", _("Did not come")),
            ("aggressive", _("Aggressive")),
            ("boundaries", _("Pushed boundaries")),
            ("fake_police", _("Pretended to be police")),
            ("vigilante", _("Group against sex work")),
        ),
        *_in(
            _("Hate"),
            ("hate_race", _("About race")),
            ("hate_trans", _("About being trans")),
            ("hate_disability", _("About disability")),
            ("hate_religion", _("About religion")),
            ("hate_sex_work", _("About sex work")),
        ),
    ),
)

WHEN = _list(
    "when",
    ("tonight", _("Today or tonight")),
    ("last_night", _("Last night")),
    ("this_week", _("In the last seven days")),
    ("date", _("On a date")),
    ("unknown", _("Don't know or rather not say")),
)

TIME_OF_DAY = _list(
    "time_of_day",
    ("night", _("Night, midnight to 6")),
    ("morning", _("Morning, 6 to midday")),
    ("afternoon", _("Afternoon, midday to 6")),
    ("evening", _("Evening, 6 to midnight")),
)

PLACE_TYPE = _list(
    "place_type",
    ("street", _("Street or outdoors")),
    ("car", _("Car")),
    ("hotel", _("Hotel")),
    ("home", _("Private home")),
    ("workplace", _("Workplace")),
    ("online", _("Online or by phone")),
    ("other", _("Somewhere else")),
)

CONTACT_WAY = _list(
    "contact_way",
    ("street", _("On the street")),
    ("phone", _("Phone or message")),
    ("advert", _("Advert site")),
    ("app", _("App")),
    ("social", _("Social media")),
    ("referral", _("Through somebody")),
    ("venue", _("At a venue")),
    ("other", _("Another way")),
)

WEAPON = _list(
    "weapon",
    ("knife", _("Knife or blade")),
    ("gun", _("Gun or looked like one")),
    ("blunt", _("Something to hit with")),
    ("liquid", _("Spray, acid or other liquid")),
    ("drugs", _("Drink or drug given in secret")),
    ("other", _("Another weapon")),
)

ROLE = _list(
    "role",
    ("client", _("Client")),
    ("posing_client", _("Pretended to be a client")),
    ("manager", _("Manager or pimp")),
    ("police", _("Police")),
    ("posing_police", _("Pretended to be police")),
    ("thief", _("Thief")),
    ("worker", _("Other worker")),
    ("neighbour", _("Neighbour")),
    ("landlord", _("Landlord")),
    ("partner", _("Partner or former partner")),
    ("other", _("Somebody else")),
)

AGE_BAND = _list(
    "age_band",
    ("under_20", _("Under 20")),
    ("20s", _("20 to 29")),
    ("30s", _("30 to 39")),
    ("40s", _("40 to 49")),
    ("50s", _("50 to 59")),
    ("60s", _("60 to 69")),
    ("over_70", _("70 or over")),
)

GENDER = _list(
    "gender",
    ("man", _("Man")),
    ("woman", _("Woman")),
    ("nonbinary", _("Non-binary")),
    ("other", _("Other")),
)

HEIGHT = _list(
    "height",
    ("short", _("Under 165 cm (5 ft 5)")),
    ("middle", _("165 to 178 cm (5 ft 5 to 5 ft 10)")),
    ("tall", _("178 to 190 cm (5 ft 10 to 6 ft 3)")),
    ("very_tall", _("Over 190 cm (6 ft 3)")),
)

BUILD = _list(
    "build",
    ("thin", _("Thin")),
    ("slim", _("Slim")),
    ("average", _("Average")),
    ("muscular", _("Muscular")),
    ("heavy", _("Heavy")),
    ("very_heavy", _("Very heavy")),
)

SKIN = _list(
    "skin",
    ("pale", _("Pale")),
    ("light", _("Light")),
    ("olive", _("Olive or tanned")),
    ("light_brown", _("Light brown")),
    ("brown", _("Brown")),
    ("dark", _("Dark brown or black")),
)

HAIR = _list(
    "hair",
    ("bald", _("Bald")),
    ("shaved", _("Shaved")),
    ("thinning", _("Thinning")),
    ("short", _("Short")),
    ("medium", _("To the ears or chin")),
    ("long", _("Long")),
    ("curly", _("Curly")),
    ("afro", _("Afro")),
    ("locs", _("Locs or braids")),
    ("black", _("Black")),
    ("brown", _("Brown")),
    ("blond", _("Blond")),
    ("red", _("Red")),
    ("grey", _("Grey or white")),
    ("dyed", _("Dyed")),
    ("covered", _("Covered")),
)

FACIAL_HAIR = _list(
    "facial_hair",
    ("none", _("None")),
    ("stubble", _("Stubble")),
    ("moustache", _("Moustache")),
    ("goatee", _("Goatee")),
    ("short_beard", _("Short beard")),
    ("full_beard", _("Full beard")),
)

EYES = _list(
    "eyes",
    ("blue", _("Blue")),
    ("green", _("Green")),
    ("grey", _("Grey")),
    ("brown", _("Brown")),
    ("dark", _("Very dark")),
    ("glasses", _("Wears glasses")),
)

ACCENT = _list(
    "accent",
    ("local", _("From around here")),
    ("elsewhere", _("From another part of the country")),
    ("west_european", _("Western European")),
    ("east_european", _("Eastern European")),
    ("middle_eastern", _("Middle Eastern")),
    ("south_asian", _("South Asian")),
    ("east_asian", _("East Asian")),
    ("african", _("African")),
    ("caribbean", _("Caribbean")),
    ("north_american", _("North American")),
    ("latin_american", _("Latin American")),
    ("australasian", _("Australian or New Zealand")),
    ("unsure", _("An accent, not sure which")),
)

MARKS = _list(
    "marks",
    ("tattoo", _("Tattoo")),
    ("scar", _("Scar")),
    ("birthmark", _("Birthmark or mole")),
    ("piercing", _("Piercing")),
    ("burn", _("Burn")),
    ("missing", _("Something missing, like a finger")),
    ("teeth", _("Noticeable teeth")),
    ("skin", _("Skin condition")),
    ("limp", _("Limp or way of walking")),
)

BODY_PLACE = _list(
    "body_place",
    ("face", _("Face")),
    ("neck", _("Neck")),
    ("head", _("Head")),
    ("ear", _("Ear")),
    ("arm", _("Arm")),
    ("hand", _("Hand or fingers")),
    ("chest", _("Chest")),
    ("belly", _("Belly")),
    ("back", _("Back")),
    ("intimate", _("Intimate parts")),
    ("leg", _("Leg")),
    ("foot", _("Foot")),
)

CLOTHING = _list(
    "clothing",
    ("suit", _("Suit")),
    ("work", _("Work clothes")),
    ("uniform", _("Uniform")),
    ("sports", _("Sports clothes")),
    ("hood", _("Hood")),
    ("cap", _("Cap or hat")),
    ("jeans", _("Jeans")),
    ("religious", _("Religious clothes")),
    ("mask", _("Face covered")),
)

VEHICLE_TYPE = _list(
    "vehicle_type",
    ("small_car", _("Small car")),
    ("car", _("Car")),
    ("estate", _("Long car with a big boot")),
    ("off_road", _("Off-road car")),
    ("sports_car", _("Sports car")),
    ("people_carrier", _("People carrier")),
    ("van", _("Van")),
    ("pickup", _("Pick-up")),
    ("lorry", _("Lorry")),
    ("taxi", _("Taxi")),
    ("motorbike", _("Motorbike or scooter")),
    ("bicycle", _("Bicycle")),
    ("other", _("Another vehicle")),
)

VEHICLE_COLOUR = _list(
    "vehicle_colour",
    ("black", _("Black")),
    ("white", _("White")),
    ("grey", _("Grey")),
    ("silver", _("Silver")),
    ("blue", _("Blue")),
    ("red", _("Red")),
    ("green", _("Green")),
    ("yellow", _("Yellow")),
    ("orange", _("Orange")),
    ("brown", _("Brown or beige")),
    ("purple", _("Purple or pink")),
    ("gold", _("Gold")),
    ("dark", _("Dark, not sure")),
    ("light", _("Light, not sure")),
)

VEHICLE_MAKE = _list(
    "vehicle_make",
    *(
        (slugify(name), name)
        for name in (
            "Alfa Romeo",
            "Audi",
            "BMW",
            "Citroën",
            "Dacia",
            "Fiat",
            "Ford",
            "Honda",
            "Hyundai",
            "Jaguar",
            "Jeep",
            "Kia",
            "Land Rover",
            "Lexus",
            "Mazda",
            "Mercedes-Benz",
            "Mini",
            "Mitsubishi",
            "Nissan",
            "Peugeot",
            "Porsche",
            "Renault",
            "Saab",
            "Seat",
            "Škoda",
            "Smart",
            "Subaru",
            "Suzuki",
            "Tesla",
            "Toyota",
        )
    ),
    ("opel", "Vauxhall / Opel"),
    ("volkswagen", "Volkswagen"),
    ("volvo", "Volvo"),
    ("other", _("Another make")),
)

ADVICE = _list(
    "advice",
    ("refuse", _("Do not take a booking.")),
    ("check_number", _("Check the number before you answer.")),
    ("not_alone", _("Do not go alone.")),
    ("pay_first", _("Take payment first, in a way that cannot be called back.")),
    ("do_not_confront", _("Do not follow, confront or message this person.")),
    ("tell_others", _("Tell people you work with.")),
    ("tell_us", _("Tell us if you meet this person.")),
    ("avoid_place", _("Stay away from this place for now.")),
    ("keep_evidence", _("Keep messages and pictures as proof.")),
)

VOCABULARIES: tuple[Vocabulary, ...] = (
    CATEGORIES,
    WHEN,
    TIME_OF_DAY,
    PLACE_TYPE,
    CONTACT_WAY,
    WEAPON,
    ROLE,
    AGE_BAND,
    GENDER,
    HEIGHT,
    BUILD,
    SKIN,
    HAIR,
    FACIAL_HAIR,
    EYES,
    ACCENT,
    MARKS,
    BODY_PLACE,
    CLOTHING,
    VEHICLE_TYPE,
    VEHICLE_COLOUR,
    VEHICLE_MAKE,
    ADVICE,
)
