"""Who reports. All of it may be left out."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from ..schema_parts import Condition, Group, Question, QuestionKind

GROUP = Group("reporter", _("About you"), help=_("You need not say who you are."))

QUESTIONS = (
    Question(
        "who",
        "reporter",
        _("Who reports"),
        QuestionKind.ONE_OF,
        asks=_("Who did it happen to?"),
        vocabulary="who",
        short=True,
    ),
    Question(
        "first_hand",
        "reporter",
        _("First hand"),
        QuestionKind.ONE_OF,
        asks=_("How do you know of it?"),
        vocabulary="first_hand",
        shown_if=Condition("who", ("other",)),
    ),
    Question(
        "reporter_name",
        "reporter",
        _("Working name"),
        asks=_("What may we call you?"),
        help=_("A working name, or nothing."),
        identifies_reporter=True,
        short=True,
    ),
    Question(
        "reporter_gender",
        "reporter",
        _("Gender"),
        QuestionKind.ONE_OF,
        asks=_("Your gender"),
        vocabulary="own_gender",
        identifies_reporter=True,
        restricted=True,
    ),
    Question(
        "reporter_age",
        "reporter",
        _("Age"),
        QuestionKind.ONE_OF,
        asks=_("Your age"),
        vocabulary="own_age",
        identifies_reporter=True,
        restricted=True,
    ),
    Question(
        "reporter_work",
        "reporter",
        _("Kind of work"),
        QuestionKind.MANY_OF,
        asks=_("How do you work?"),
        vocabulary="work",
        identifies_reporter=True,
        restricted=True,
    ),
    Question(
        "reporter_language",
        "reporter",
        _("Language"),
        asks=_("Which language do you like to speak?"),
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
        short=True,
    ),
    Question(
        "heard",
        "reporter",
        _("Heard of us"),
        QuestionKind.ONE_OF,
        asks=_("How did you hear of us?"),
        vocabulary="heard",
        restricted=True,
    ),
)
