"""What a person looks and sounds like. Codes are stored for years: add, reword, but never rename one."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .making import listed

ROLE = listed(
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

AGE_BAND = listed(
    "age_band",
    ("under_20", _("Under 20")),
    ("20s", _("20 to 29")),
    ("30s", _("30 to 39")),
    ("40s", _("40 to 49")),
    ("50s", _("50 to 59")),
    ("60s", _("60 to 69")),
    ("over_70", _("70 or over")),
)

GENDER = listed(
    "gender",
    ("man", _("Man")),
    ("woman", _("Woman")),
    ("nonbinary", _("Non-binary")),
    ("other", _("Other")),
)

HEIGHT = listed(
    "height",
    ("short", _("Under 165 cm (5 ft 5)")),
    ("middle", _("165 to 178 cm (5 ft 5 to 5 ft 10)")),
    ("tall", _("178 to 190 cm (5 ft 10 to 6 ft 3)")),
    ("very_tall", _("Over 190 cm (6 ft 3)")),
)

BUILD = listed(
    "build",
    ("thin", _("Thin")),
    ("slim", _("Slim")),
    ("average", _("Average")),
    ("muscular", _("Muscular")),
    ("heavy", _("Heavy")),
    ("very_heavy", _("Very heavy")),
)

SKIN = listed(
    "skin",
    ("pale", _("Pale")),
    ("light", pgettext_lazy("skin", "Light")),
    ("olive", _("Olive or tanned")),
    ("light_brown", _("Light brown")),
    ("brown", _("Brown")),
    ("dark", _("Dark brown or black")),
)

HAIR = listed(
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

FACIAL_HAIR = listed(
    "facial_hair",
    ("none", _("None")),
    ("stubble", _("Stubble")),
    ("moustache", _("Moustache")),
    ("goatee", _("Goatee")),
    ("short_beard", _("Short beard")),
    ("full_beard", _("Full beard")),
)

EYES = listed(
    "eyes",
    ("blue", _("Blue")),
    ("green", _("Green")),
    ("grey", _("Grey")),
    ("brown", _("Brown")),
    ("dark", _("Very dark")),
    ("glasses", _("Wears glasses")),
)

ACCENT = listed(
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

MARKS = listed(
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

BODY_PLACE = listed(
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

CLOTHING = listed(
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

GLASSES = listed(
    "glasses",
    ("none", _("None")),
    ("glasses", _("Glasses")),
    ("sunglasses", _("Dark glasses")),
)

TEETH = listed(
    "teeth",
    ("missing", _("Missing teeth")),
    ("crooked", _("Crooked")),
    ("stained", _("Stained")),
    ("metal", _("Gold or metal")),
    ("gap", _("Gap in front")),
    ("brace", _("Brace")),
    ("white", _("Very white")),
)

TATTOO_KIND = listed(
    "tattoo_kind",
    ("words", _("Words or a name")),
    ("number", _("Number or date")),
    ("portrait", _("Face or figure")),
    ("animal", _("Animal")),
    ("flower", _("Flower or plant")),
    ("skull", _("Skull")),
    ("religious", _("Religious sign")),
    ("pattern", _("Pattern or lines")),
    ("flag", _("Flag or badge")),
    ("sleeve", _("Covers the whole part")),
    ("other", _("Something else")),
)

SMELL = listed(
    "smell",
    ("alcohol", _("Alcohol")),
    ("smoke", _("Smoke")),
    ("cannabis", _("Cannabis")),
    ("sweat", _("Sweat")),
    ("perfume", _("Strong perfume")),
    ("oil", _("Oil, paint or petrol")),
    ("food", _("Food or frying")),
    ("unwashed", _("Unwashed")),
)

VOICE = listed(
    "voice",
    ("deep", _("Deep")),
    ("high", _("High")),
    ("quiet", _("Quiet")),
    ("loud", _("Loud")),
    ("hoarse", _("Hoarse")),
    ("fast", _("Fast")),
    ("slow", _("Slow")),
    ("stammer", _("Stammer or lisp")),
)

JEWELLERY = listed(
    "jewellery",
    ("wedding_ring", _("Wedding ring")),
    ("rings", _("Other rings")),
    ("watch", _("Watch")),
    ("chain", _("Chain or necklace")),
    ("bracelet", _("Bracelet")),
    ("earrings", _("Earrings")),
)

GAIT = listed(
    "gait",
    ("limp", _("Limps")),
    ("stick", _("Uses a stick or crutch")),
    ("wheelchair", _("Uses a wheelchair")),
    ("stoops", _("Stoops")),
    ("shakes", _("Hands shake")),
    ("hearing", _("Hard of hearing or deaf")),
    ("sight", _("Sees badly")),
)

OCCUPATION = listed(
    "occupation",
    ("driver", _("Driver or delivery")),
    ("building", _("Building work")),
    ("office", _("Office")),
    ("security", _("Security or door work")),
    ("health", _("Health or care")),
    ("food", _("Food or bar")),
    ("military", _("Military")),
    ("student", _("Student")),
    ("other", _("Another job")),
)
