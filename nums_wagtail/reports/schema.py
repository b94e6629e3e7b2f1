"""The one question schema: what is asked, in which order, and what each answer may be used for.

Web form, case view, alert, leak check and exports are made from it. The lists stand in ``vocabularies``.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from .schema_parts import Group, IdentifierKind, Question, QuestionKind, Schema, Term, Vocabulary, Words
from .vocabularies import VOCABULARIES

__all__ = [
    "SCHEMA",
    "Group",
    "IdentifierKind",
    "Question",
    "QuestionKind",
    "Schema",
    "Term",
    "Vocabulary",
    "label_of",
    "publishable_questions",
    "question",
    "questions",
    "vocabulary",
]

_ONE = QuestionKind.ONE_OF
_MANY = QuestionKind.MANY_OF
_LINES = QuestionKind.LINES

GROUPS = (
    Group("incident", _("What happened"), open=True),
    Group(
        "person",
        _("The person"),
        help=_("Answer what you remember. Leave the rest."),
        repeatable=True,
    ),
    Group("vehicle", _("A vehicle"), repeatable=True),
    Group("online", _("Numbers and names online"), help=_("Theirs, not yours."), repeatable=True),
    Group("reporter", _("About you"), help=_("You need not say who you are.")),
)

INCIDENT = (
    Question(
        "what_happened",
        "incident",
        _("What happened"),
        QuestionKind.LONG_TEXT,
        asks=_("What happened?"),
        help=_("Your own words, in any language. Only our team reads them. This is the only answer we need."),
        required=True,
    ),
    Question(
        "categories",
        "incident",
        _("Kind of incident"),
        _MANY,
        asks=_("What kind of thing was it?"),
        help=_("Tick all that fit."),
        vocabulary="categories",
        publishable=True,
    ),
    Question("when", "incident", _("When"), _ONE, asks=_("When was it?"), vocabulary="when"),
    Question(
        "when_date",
        "incident",
        _("Date"),
        QuestionKind.DATE,
        asks=_("On what date?"),
        help=_("Only if you chose a date above. Roughly is fine."),
    ),
    Question(
        "time_of_day",
        "incident",
        _("Time of day"),
        _ONE,
        asks=_("At what time of day?"),
        vocabulary="time_of_day",
        publishable=True,
    ),
    Question("region", "incident", _("Region"), QuestionKind.REGION, asks=_("In which region?")),
    Question(
        "town",
        "incident",
        _("Town"),
        asks=_("Which town or part of town?"),
        help=_("Only our team sees this."),
    ),
    Question(
        "place_type",
        "incident",
        _("Kind of place"),
        _ONE,
        asks=_("What kind of place?"),
        vocabulary="place_type",
        publishable=True,
    ),
    Question(
        "place",
        "incident",
        _("Place"),
        asks=_("Where exactly?"),
        help=_("A street or a name. Only our team sees this."),
    ),
    Question(
        "contact_way",
        "incident",
        _("First contact"),
        _ONE,
        asks=_("How did they first contact you?"),
        vocabulary="contact_way",
        publishable=True,
    ),
    Question(
        "weapon",
        "incident",
        _("Weapon"),
        _MANY,
        asks=_("Was there a weapon?"),
        vocabulary="weapon",
        publishable=True,
    ),
)

PERSON = (
    Question(
        "person_name",
        "person",
        _("Name used"),
        _LINES,
        asks=_("What name did they use?"),
        help=_("If there are several, write one on each line."),
        identifier=IdentifierKind.NAME,
    ),
    Question(
        "person_role", "person", _("Role"), _ONE, asks=_("Who were they?"), vocabulary="role", publishable=True
    ),
    Question(
        "person_age", "person", _("Age"), _ONE, asks=_("About how old?"), vocabulary="age_band", publishable=True
    ),
    Question("person_gender", "person", _("Gender"), _ONE, vocabulary="gender", publishable=True),
    Question("person_height", "person", _("Height"), _ONE, vocabulary="height", publishable=True),
    Question("person_build", "person", _("Build"), _ONE, vocabulary="build", publishable=True),
    Question("person_skin", "person", _("Skin"), _ONE, vocabulary="skin", publishable=True),
    Question("person_hair", "person", _("Hair"), _MANY, vocabulary="hair", publishable=True),
    Question("person_facial_hair", "person", _("Facial hair"), _ONE, vocabulary="facial_hair", publishable=True),
    Question("person_eyes", "person", _("Eyes"), _MANY, vocabulary="eyes", publishable=True),
    Question("person_accent", "person", _("Accent"), _ONE, vocabulary="accent", publishable=True),
    Question(
        "person_language",
        "person",
        _("Language and voice"),
        asks=_("What language? How did they speak?"),
        help=_("Only our team sees this."),
    ),
    Question(
        "person_marks",
        "person",
        _("Marks"),
        _MANY,
        asks=_("Marks you could know them by"),
        vocabulary="marks",
        publishable=True,
    ),
    Question(
        "person_marks_where",
        "person",
        _("Marks, where"),
        _MANY,
        asks=_("Where on the body?"),
        vocabulary="body_place",
        publishable=True,
    ),
    Question("person_clothing", "person", _("Clothes"), _MANY, vocabulary="clothing", publishable=True),
    Question(
        "person_more",
        "person",
        _("More about the person"),
        QuestionKind.LONG_TEXT,
        asks=_("Anything else about them?"),
        help=_("A tattoo, a smell, a job. Only our team reads this."),
    ),
)

VEHICLE = (
    Question(
        "vehicle_type",
        "vehicle",
        _("Vehicle"),
        _ONE,
        asks=_("What was it?"),
        vocabulary="vehicle_type",
        publishable=True,
    ),
    Question("vehicle_make", "vehicle", _("Make"), _ONE, vocabulary="vehicle_make", publishable=True),
    Question("vehicle_colour", "vehicle", _("Colour"), _ONE, vocabulary="vehicle_colour", publishable=True),
    Question(
        "vehicle_plate",
        "vehicle",
        _("Registration"),
        _LINES,
        asks=_("Registration (number plate)"),
        help=_("Part of it helps too."),
        identifier=IdentifierKind.PLATE,
    ),
    Question(
        "vehicle_more",
        "vehicle",
        _("More about the vehicle"),
        asks=_("Anything else about it?"),
        help=_("Only our team sees this."),
    ),
)

ONLINE = (
    Question(
        "phone",
        "online",
        _("Phone"),
        _LINES,
        asks=_("Their phone number"),
        help=_("If there are several, write one on each line."),
        identifier=IdentifierKind.PHONE,
    ),
    Question("email", "online", _("Email"), _LINES, asks=_("Their email"), identifier=IdentifierKind.EMAIL),
    Question(
        "username", "online", _("Username"), _LINES, asks=_("Their username"), identifier=IdentifierKind.USERNAME
    ),
    Question("username_site", "online", _("Site of the username"), asks=_("On which site or app?")),
    Question(
        "web",
        "online",
        _("Web address"),
        _LINES,
        asks=_("A web address, like a profile or an advert"),
        identifier=IdentifierKind.WEB,
    ),
)

REPORTER = (
    Question(
        "reporter_name",
        "reporter",
        _("Working name"),
        asks=_("What may we call you?"),
        help=_("A working name, or nothing."),
        identifies_reporter=True,
    ),
    Question(
        "reporter_contact",
        "reporter",
        _("Safe contact"),
        QuestionKind.LONG_TEXT,
        asks=_("How can we reach you safely?"),
        help=_("For example a number, and when to call. You can leave it out."),
        identifies_reporter=True,
    ),
    Question(
        "not_to_publish",
        "reporter",
        _("Must not be published"),
        QuestionKind.LONG_TEXT,
        asks=_("Is there anything we must not publish?"),
        help=_("For example something only you could know."),
        identifies_reporter=True,
    ),
    Question(
        "urgent",
        "reporter",
        _("Urgent"),
        QuestionKind.YES,
        asks=_("It is urgent: somebody is in danger now or soon"),
        help=_("We put it on top. Nobody may be reading right now, so call for help if you need it."),
    ),
)

SCHEMA = Schema(
    version=1,
    groups=GROUPS,
    questions=(*INCIDENT, *PERSON, *VEHICLE, *ONLINE, *REPORTER),
    vocabularies=VOCABULARIES,
)


def questions(group: str) -> tuple[Question, ...]:
    """The questions of one group, in the order in which they are asked."""
    return SCHEMA.questions_of(group)


def question(key: str) -> Question:
    """Raises KeyError for a question nobody declared."""
    return SCHEMA.question(key)


def vocabulary(key: str) -> Vocabulary:
    """Raises KeyError for a vocabulary nobody declared."""
    return SCHEMA.vocabulary(key)


def publishable_questions() -> tuple[Question, ...]:
    """The questions whose answers may stand on an alert, in order."""
    return SCHEMA.publishable_questions()


def label_of(vocabulary_key: str, code: str) -> Words:
    """The words of a code, translated when shown."""
    return SCHEMA.label_of(vocabulary_key, code)
