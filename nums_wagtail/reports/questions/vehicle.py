"""A vehicle, answered once for each."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from ..schema_parts import Group, IdentifierKind, Question, QuestionKind

GROUP = Group(
    "vehicle",
    _("A vehicle"),
    most=3,
    add=_("Add another vehicle"),
    one=_("Vehicle"),
)

QUESTIONS = (
    Question(
        "vehicle_type",
        "vehicle",
        _("Vehicle"),
        QuestionKind.ONE_OF,
        asks=_("What was it?"),
        vocabulary="vehicle_type",
        publishable=True,
        short=True,
    ),
    Question(
        "vehicle_make",
        "vehicle",
        _("Make"),
        QuestionKind.ONE_OF,
        vocabulary="vehicle_make",
        publishable=True,
        short=True,
    ),
    Question(
        "vehicle_model",
        "vehicle",
        _("Model"),
        asks=_("Which model?"),
        help=_("Only our team sees this."),
    ),
    Question(
        "vehicle_colour",
        "vehicle",
        _("Colour"),
        QuestionKind.ONE_OF,
        vocabulary="vehicle_colour",
        publishable=True,
        short=True,
    ),
    Question(
        "vehicle_plate",
        "vehicle",
        _("Registration"),
        QuestionKind.LINES,
        asks=_("Registration (number plate)"),
        help=_("Part of it helps too."),
        identifier=IdentifierKind.PLATE,
        short=True,
    ),
    Question(
        "vehicle_country",
        "vehicle",
        _("Country of the plate"),
        asks=_("From which country was the plate?"),
        help=_("Only if it was a foreign one."),
    ),
    Question(
        "vehicle_features",
        "vehicle",
        _("What stood out"),
        QuestionKind.MANY_OF,
        asks=_("What stood out?"),
        vocabulary="vehicle_features",
        publishable=True,
    ),
    Question(
        "vehicle_seat",
        "vehicle",
        _("Where they were"),
        QuestionKind.ONE_OF,
        asks=_("Where was the person?"),
        vocabulary="vehicle_seat",
        publishable=True,
    ),
    Question(
        "vehicle_more",
        "vehicle",
        _("More about the vehicle"),
        asks=_("Anything else about it?"),
        help=_("Only our team sees this."),
    ),
)
