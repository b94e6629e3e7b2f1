"""What happened, when, where and how. Codes are stored for years: add, reword, but never rename one."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from ..schema_parts import Vocabulary
from .making import listed, under

CATEGORIES = Vocabulary(
    "categories",
    (
        *under(
            _("Violence"),
            ("rape", _("Rape"), "body"),
            ("sexual_assault", _("Sexual assault"), "body"),
            ("physical_assault", _("Physical assault"), "fist"),
            ("attempted_attack", _("Attempted attack"), "fist"),
            ("weapon", _("Weapon shown or used"), "knife"),
            ("imprisonment", _("Locked in or held"), "lock"),
            ("strangulation", _("Strangling or choking"), "neck"),
            ("condom_removal", _("Condom removed or refused"), "condom"),
        ),
        *under(
            _("Pressure"),
            ("threats", _("Threats"), "speech"),
            ("blackmail", _("Blackmail or outing"), "envelope"),
            ("stalking", _("Stalking or many messages"), "eye"),
            ("extortion", _("Demands for money"), "money"),
            ("exploitation", _("Somebody may be controlled"), "chain"),
        ),
        *under(
            _("Money and things"),
            ("robbery", _("Robbery"), "bag"),
            ("burglary", _("Break-in"), "home"),
            ("theft", _("Theft"), "bag"),
            ("non_payment", _("Did not pay"), "money"),
            ("refund_fraud", _("Took the payment back"), "money"),
            ("counterfeit", _("False money"), "money"),
            ("damage", _("Damage"), "broken"),
        ),
        *under(
            _("Online"),
            ("image_abuse", _("Pictures or films misused"), "picture"),
            ("doxxing", _("Private details spread"), "page"),
            ("fake_advert", _("Fake advert"), "page"),
            ("scam_booking", _("Scam booking"), "phone"),
        ),
        *under(
            _("Trouble"),
            ("time_waster", _("Wasted time"), "time"),
            ("no_show", _("Did not come"), "time"),
            ("aggressive", _("Aggressive"), "speech"),
            ("boundaries", _("Pushed boundaries"), "hand"),
            ("fake_police", _("Pretended to be police"), "badge"),
            ("vigilante", _("Group against sex work"), "people"),
        ),
        *under(
            _("Hate"),
            ("hate_race", _("About race"), "speech"),
            ("hate_trans", _("About being trans"), "speech"),
            ("hate_disability", _("About disability"), "speech"),
            ("hate_religion", _("About religion"), "speech"),
            ("hate_sex_work", _("About sex work"), "speech"),
        ),
    ),
)

WHEN = listed(
    "when",
    ("tonight", _("Today or tonight")),
    ("last_night", _("Last night")),
    ("this_week", _("In the last seven days")),
    ("date", _("On a date")),
    ("about", _("About a date")),
)

TIME_OF_DAY = listed(
    "time_of_day",
    ("night", _("Night, midnight to 6")),
    ("morning", _("Morning, 6 to midday")),
    ("afternoon", _("Afternoon, midday to 6")),
    ("evening", _("Evening, 6 to midnight")),
)

PLACE_TYPE = listed(
    "place_type",
    ("street", _("Street or outdoors")),
    ("car", _("Car")),
    ("hotel", _("Hotel")),
    ("home", _("Private home")),
    ("workplace", _("Workplace")),
    ("online", _("Online or by phone")),
    ("other", _("Somewhere else")),
)

CONTACT_WAY = listed(
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

WEAPON = listed(
    "weapon",
    ("knife", _("Knife or blade")),
    ("gun", _("Gun or looked like one")),
    ("blunt", _("Something to hit with")),
    ("liquid", _("Spray, acid or other liquid")),
    ("drugs", _("Drink or drug given in secret")),
    ("other", _("Another weapon")),
)

LIGHTING = listed(
    "lighting",
    ("daylight", _("Daylight")),
    ("lit", _("Dark, with street or room light")),
    ("dark", _("Dark")),
)

DURATION = listed(
    "duration",
    ("minutes", _("A few minutes")),
    ("half_hour", _("Up to half an hour")),
    ("hours", _("Up to a few hours")),
    ("longer", _("Longer")),
    ("again", _("It happened again and again")),
)

DRINK_DRUGS = listed(
    "drink_drugs",
    ("they_drunk", _("They were drunk")),
    ("they_drugs", _("They had taken drugs")),
    ("offered", _("They offered drink or drugs")),
    ("forced", _("They made somebody drink or take drugs")),
    ("no", _("Neither")),
)

CONDOM = listed(
    "condom",
    ("refused", _("They refused one")),
    ("removed", _("They took it off in secret")),
    ("broke", _("They broke it on purpose")),
    ("no", _("None of these")),
)

PAYMENT = listed(
    "payment",
    ("did_not_pay", _("They did not pay")),
    ("took_back", _("They took the money back")),
    ("less", _("They paid less")),
    ("false_money", _("They paid with false money")),
    ("robbed", _("They took other money or things")),
    ("paid", _("They paid")),
)

INJURIES = listed(
    "injuries",
    ("none", _("None")),
    ("bruises", _("Bruises or cuts")),
    ("serious", _("Broken bones or worse")),
    ("unconscious", _("Fainted or blacked out")),
    ("unseen", _("Pain, but nothing to see")),
)

OUTCOME = listed(
    "outcome",
    ("attempted", _("It was tried, and did not work")),
    ("completed", _("It happened")),
)

OTHERS = listed(
    "others",
    ("alone", _("They were alone")),
    ("one", _("One more person with them")),
    ("group", _("A group with them")),
    ("hidden", _("Somebody hid and came out")),
)

BEFORE = listed(
    "before",
    ("first", _("No, the first time")),
    ("met", _("We had met before, without trouble")),
    ("same", _("Yes, they did it before")),
    ("heard", _("Others had told of them")),
)

STILL = listed(
    "still",
    ("no", _("No, it is over")),
    ("contacts", _("They still get in touch")),
    ("knows_place", _("They know where I live or work")),
    ("nearby", _("They are often around")),
)
