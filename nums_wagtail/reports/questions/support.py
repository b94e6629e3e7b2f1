"""What the reporter wants from us."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from ..schema_parts import Group, Question, QuestionKind

GROUP = Group("support", _("Help for you"))

QUESTIONS = (
    Question(
        "support",
        "support",
        _("Support wanted"),
        QuestionKind.MANY_OF,
        asks=_("What help would you like?"),
        help=_("Tick all that fit. We tell you at once where it is."),
        vocabulary="support",
        identifies_reporter=True,
    ),
    Question(
        "support_more",
        "support",
        _("More about support"),
        QuestionKind.LONG_TEXT,
        asks=_("Anything else about help?"),
        identifies_reporter=True,
    ),
)
