"""How the reporter can be reached without harm."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from ..schema_parts import Condition, Group, Question, QuestionKind

GROUP = Group(
    "contact",
    _("A safe way to reach you"),
    help=_("You can leave all of this out. We never write to you by ourselves."),
)

QUESTIONS = (
    Question(
        "contact_channel",
        "contact",
        _("Way to reach"),
        QuestionKind.ONE_OF,
        asks=_("How may we reach you?"),
        vocabulary="channel",
        identifies_reporter=True,
    ),
    Question(
        "reporter_contact",
        "contact",
        _("Safe contact"),
        QuestionKind.LONG_TEXT,
        asks=_("How can we reach you safely?"),
        help=_("For example a number, and when to call. You can leave it out."),
        identifies_reporter=True,
        short=True,
    ),
    Question(
        "contact_times",
        "contact",
        _("Times"),
        asks=_("When is it safe?"),
        help=_("Days and times."),
        identifies_reporter=True,
    ),
    Question(
        "contact_ask_for",
        "contact",
        _("Ask for"),
        asks=_("Who should we ask for?"),
        identifies_reporter=True,
    ),
    Question(
        "contact_greeting",
        "contact",
        _("Say this first"),
        asks=_("What should we say first?"),
        help=_("For example that we call from a shop."),
        identifies_reporter=True,
    ),
    Question(
        "contact_voicemail",
        "contact",
        _("Voicemail"),
        QuestionKind.ONE_OF,
        asks=_("May we leave a message?"),
        vocabulary="voicemail",
        identifies_reporter=True,
        shown_if=Condition("contact_channel", ("call",)),
    ),
)
