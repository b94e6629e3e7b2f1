"""What happened: the one thing that has to be told, and what helps to understand it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from ..schema_parts import Group, Question, QuestionKind

GROUP = Group("incident", _("What happened"), open=True)

QUESTIONS = (
    Question(
        "what_happened",
        "incident",
        _("What happened"),
        QuestionKind.LONG_TEXT,
        asks=_("What happened?"),
        help=_("Your own words, in any language. Only our team reads them."),
        required=True,
        short=True,
    ),
    Question(
        "categories",
        "incident",
        _("Kind of incident"),
        QuestionKind.MANY_OF,
        asks=_("What kind of thing was it?"),
        help=_("Tick all that fit."),
        vocabulary="categories",
        publishable=True,
        short=True,
    ),
    Question(
        "child_at_risk",
        "incident",
        _("Somebody under 18"),
        QuestionKind.YES,
        asks=_("Somebody under 18 was hurt, or is at risk"),
        help=_("We may have to tell the people who protect children. If we can reach you, we tell you first."),
        short=True,
    ),
    Question(
        "urgent",
        "incident",
        _("Urgent"),
        QuestionKind.YES,
        asks=_("It is urgent: somebody is in danger now or soon"),
        help=_("We put it on top. Nobody may be reading right now, so call for help if you need it."),
        short=True,
    ),
)
