"""What a warning could give away about its reporter, and from when it may go out."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from ..schema_parts import Group, Question, QuestionKind

GROUP = Group("warning", _("If we warn others"))

QUESTIONS = (
    Question(
        "recognised",
        "warning",
        _("Would know who told"),
        QuestionKind.ONE_OF,
        asks=_("If they read a warning, would they know that it came from you?"),
        help=_("If so, we leave out the day and the place."),
        vocabulary="recognised",
        identifies_reporter=True,
    ),
    Question(
        "not_before",
        "warning",
        _("Warn from"),
        QuestionKind.ONE_OF,
        asks=_("When may we warn others?"),
        vocabulary="not_before",
        identifies_reporter=True,
    ),
)
