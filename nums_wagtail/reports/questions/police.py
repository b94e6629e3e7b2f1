"""Whether the police know already. Nothing of it is passed on."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from ..schema_parts import Condition, Group, Question, QuestionKind

GROUP = Group("police", _("The police"), help=_("We pass nothing on unless you say so."))

QUESTIONS = (
    Question(
        "police_told",
        "police",
        _("Told the police"),
        QuestionKind.ONE_OF,
        asks=_("Do the police know of it?"),
        vocabulary="police_told",
        identifies_reporter=True,
        restricted=True,
    ),
    Question(
        "police_force",
        "police",
        _("Force"),
        asks=_("Which force or station?"),
        identifies_reporter=True,
        restricted=True,
        shown_if=Condition("police_told", ("anonymous", "named", "came")),
    ),
    Question(
        "police_number",
        "police",
        _("Crime number"),
        asks=_("A number they gave you"),
        identifies_reporter=True,
        restricted=True,
        shown_if=Condition("police_told", ("anonymous", "named", "came")),
    ),
    Question(
        "police_officer",
        "police",
        _("Officer"),
        asks=_("Name of an officer"),
        identifies_reporter=True,
        restricted=True,
        shown_if=Condition("police_told", ("anonymous", "named", "came")),
    ),
    Question(
        "police_satisfied",
        "police",
        _("How it went"),
        QuestionKind.ONE_OF,
        asks=_("How did it go with them?"),
        vocabulary="police_satisfied",
        identifies_reporter=True,
        restricted=True,
        shown_if=Condition("police_told", ("anonymous", "named", "came")),
    ),
)
