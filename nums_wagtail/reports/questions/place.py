"""When and where it was, and how the contact came about."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from ..schema_parts import Condition, Group, IdentifierKind, Question, QuestionKind

GROUP = Group("place", _("When and where"), open=True)

QUESTIONS = (
    Question(
        "when",
        "place",
        _("When"),
        QuestionKind.ONE_OF,
        asks=_("When was it?"),
        vocabulary="when",
        short=True,
    ),
    Question(
        "when_date",
        "place",
        _("Date"),
        QuestionKind.DATE,
        asks=_("On what date?"),
        help=_("Only if you chose a date above. Roughly is fine."),
        short=True,
        shown_if=Condition("when", ("date", "about")),
    ),
    Question(
        "time_of_day",
        "place",
        _("Time of day"),
        QuestionKind.ONE_OF,
        asks=_("At what time of day?"),
        vocabulary="time_of_day",
        publishable=True,
        short=True,
    ),
    Question(
        "time",
        "place",
        _("Time"),
        asks=_("At what time, if you know?"),
        help=_("Only our team sees this."),
    ),
    Question(
        "duration",
        "place",
        _("How long"),
        QuestionKind.ONE_OF,
        asks=_("How long did it go on?"),
        vocabulary="duration",
    ),
    Question(
        "lighting",
        "place",
        _("Light"),
        QuestionKind.ONE_OF,
        asks=_("Was it light or dark?"),
        vocabulary="lighting",
        publishable=True,
    ),
    Question(
        "region",
        "place",
        _("Region"),
        QuestionKind.REGION,
        asks=_("In which region?"),
        short=True,
    ),
    Question(
        "town",
        "place",
        _("Town"),
        asks=_("Which town or part of town?"),
        help=_("Only our team sees this."),
        short=True,
    ),
    Question(
        "place_type",
        "place",
        _("Kind of place"),
        QuestionKind.ONE_OF,
        asks=_("What kind of place?"),
        vocabulary="place_type",
        publishable=True,
        short=True,
    ),
    Question(
        "place",
        "place",
        _("Place"),
        asks=_("Where exactly?"),
        help=_("A street or a name. Only our team sees this."),
        short=True,
    ),
    Question(
        "contact_way",
        "place",
        _("First contact"),
        QuestionKind.ONE_OF,
        asks=_("How did they first contact you?"),
        vocabulary="contact_way",
        publishable=True,
    ),
    Question(
        "contact_site",
        "place",
        _("Site of the contact"),
        asks=_("On which site or app?"),
        help=_("Only our team sees this."),
        shown_if=Condition("contact_way", ("advert", "app", "social")),
    ),
    Question(
        "contact_name",
        "place",
        _("Name there"),
        QuestionKind.LINES,
        asks=_("What did they call themselves there?"),
        identifier=IdentifierKind.USERNAME,
        shown_if=Condition("contact_way", ("advert", "app", "social")),
    ),
)
