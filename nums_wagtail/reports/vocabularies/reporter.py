"""Who reports, how they work, and what they want from us. Codes are stored for years: never rename one."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from .making import listed

WHO = listed(
    "who",
    ("self", _("It happened to me")),
    ("other", _("It happened to somebody else")),
)

FIRST_HAND = listed(
    "first_hand",
    ("there", _("I was there")),
    ("told", _("They told me")),
    ("heard", _("I heard it from others")),
)

OWN_AGE = listed(
    "own_age",
    ("under_18", _("Under 18")),
    ("18_24", _("18 to 24")),
    ("25_34", _("25 to 34")),
    ("35_44", _("35 to 44")),
    ("45_54", _("45 to 54")),
    ("over_55", _("55 or over")),
)

OWN_GENDER = listed(
    "own_gender",
    ("woman", _("Woman")),
    ("man", _("Man")),
    ("trans_woman", _("Trans woman")),
    ("trans_man", _("Trans man")),
    ("nonbinary", _("Non-binary")),
    ("other", _("Another way")),
)

WORK = listed(
    "work",
    ("street", _("On the street")),
    ("indoor_alone", _("Indoors, alone")),
    ("indoor_others", _("Indoors, with others")),
    ("venue", _("Parlour or brothel")),
    ("outcall", _("Visits to clients")),
    ("massage", _("Massage")),
    ("bdsm", _("BDSM")),
    ("webcam", _("Webcam or online")),
    ("phone", _("By phone")),
    ("content", _("Pictures and films")),
    ("other", _("Another way")),
)

CHANNEL = listed(
    "channel",
    ("receipt", _("Only on this site, with my receipt")),
    ("text", _("Text message")),
    ("call", _("Phone call")),
    ("app", _("Message in an app")),
    ("email", _("Email")),
    ("project", _("Through a project or a friend")),
)

VOICEMAIL = listed(
    "voicemail",
    ("yes", _("Yes, you may leave a message")),
    ("neutral", _("Yes, but do not say who you are")),
    ("no", _("No message, please")),
)

SUPPORT = listed(
    "support",
    ("medical", _("Doctor or medicine after sex without protection")),
    ("examination", _("Care after a sexual attack")),
    ("counselling", _("Somebody to talk to")),
    ("adviser", _("Somebody who stands beside me")),
    ("legal", _("Legal advice")),
    ("housing", _("A safe place to stay")),
    ("safety", _("A plan to be safer")),
    ("translation", _("An interpreter")),
    ("none", _("None")),
)

POLICE_TOLD = listed(
    "police_told",
    ("no", _("No")),
    ("anonymous", _("Yes, without a name")),
    ("named", _("Yes, with a name")),
    ("came", _("They came by themselves")),
)

POLICE_SATISFIED = listed(
    "police_satisfied",
    ("yes", _("It went well")),
    ("partly", _("It went partly well")),
    ("no", _("It did not go well")),
)

HEARD = listed(
    "heard",
    ("friend", _("From somebody I work with")),
    ("project", _("From a project")),
    ("health", _("From a nurse, doctor or adviser")),
    ("search", _("I searched for it")),
    ("social", _("Social media")),
    ("site", _("An advert site")),
    ("member", _("I am a member")),
    ("other", _("Another way")),
)

RECOGNISED = listed(
    "recognised",
    ("yes", _("Yes")),
    ("no", _("No")),
    ("unsure", _("Not sure")),
)

NOT_BEFORE = listed(
    "not_before",
    ("now", _("At once")),
    ("3_days", _("Not before three days are over")),
    ("2_weeks", _("Not before two weeks are over")),
    ("ask", _("Ask me first")),
)
