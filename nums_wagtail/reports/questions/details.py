"""More about what happened, for whoever has the time to tell it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from ..schema_parts import Group, Question, QuestionKind

GROUP = Group("details", _("More about what happened"))

QUESTIONS = (
    Question(
        "before_it",
        "details",
        _("Before it happened"),
        QuestionKind.LONG_TEXT,
        asks=_("What was before it?"),
        help=_("How it began, and what they said."),
    ),
    Question(
        "after_it",
        "details",
        _("Afterwards"),
        QuestionKind.LONG_TEXT,
        asks=_("What was after it?"),
        help=_("How it ended, and how they left."),
    ),
    Question(
        "words_used",
        "details",
        _("Words they used"),
        QuestionKind.LONG_TEXT,
        asks=_("Words they used"),
        help=_("Something they said that you remember. It may be a name or a way to speak."),
    ),
    Question(
        "outcome",
        "details",
        _("Tried or happened"),
        QuestionKind.ONE_OF,
        asks=_("Was it tried, or did it happen?"),
        vocabulary="outcome",
        publishable=True,
    ),
    Question(
        "weapon",
        "details",
        _("Weapon"),
        QuestionKind.MANY_OF,
        asks=_("Was there a weapon?"),
        vocabulary="weapon",
        publishable=True,
        short=True,
    ),
    Question(
        "drink_drugs",
        "details",
        _("Drink or drugs"),
        QuestionKind.MANY_OF,
        asks=_("Were there drink or drugs?"),
        vocabulary="drink_drugs",
        publishable=True,
    ),
    Question(
        "condom",
        "details",
        _("Condom"),
        QuestionKind.ONE_OF,
        asks=_("Was it about a condom?"),
        vocabulary="condom",
        publishable=True,
    ),
    Question(
        "payment",
        "details",
        _("Money"),
        QuestionKind.MANY_OF,
        asks=_("What about the money?"),
        vocabulary="payment",
        publishable=True,
    ),
    Question(
        "injuries",
        "details",
        _("Injuries"),
        QuestionKind.MANY_OF,
        asks=_("Was somebody hurt?"),
        vocabulary="injuries",
    ),
    Question(
        "others",
        "details",
        _("Others with them"),
        QuestionKind.ONE_OF,
        asks=_("Were they alone?"),
        vocabulary="others",
        publishable=True,
    ),
    Question(
        "before",
        "details",
        _("Met before"),
        QuestionKind.ONE_OF,
        asks=_("Did they do this before?"),
        vocabulary="before",
    ),
    Question(
        "still",
        "details",
        _("Still in danger"),
        QuestionKind.MANY_OF,
        asks=_("Are you still in danger from them?"),
        vocabulary="still",
    ),
)
