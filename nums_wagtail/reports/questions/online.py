"""Numbers and names online, answered once for each."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from ..schema_parts import Group, IdentifierKind, Question, QuestionKind

GROUP = Group(
    "online",
    _("Numbers and names online"),
    help=_("Theirs, not yours."),
    most=5,
    add=_("Add another number or name"),
    one=_("Number or name"),
)

QUESTIONS = (
    Question(
        "phone",
        "online",
        _("Phone"),
        QuestionKind.LINES,
        asks=_("Their phone number"),
        help=_("If there are several, write one on each line."),
        identifier=IdentifierKind.PHONE,
        short=True,
    ),
    Question(
        "email",
        "online",
        _("Email"),
        QuestionKind.LINES,
        asks=_("Their email"),
        identifier=IdentifierKind.EMAIL,
        short=True,
    ),
    Question(
        "username",
        "online",
        _("Username"),
        QuestionKind.LINES,
        asks=_("Their username"),
        identifier=IdentifierKind.USERNAME,
        short=True,
    ),
    Question(
        "username_site",
        "online",
        _("Site of the username"),
        asks=_("On which site or app?"),
    ),
    Question(
        "web",
        "online",
        _("Web address"),
        QuestionKind.LINES,
        asks=_("A web address, like a profile or an advert"),
        identifier=IdentifierKind.WEB,
        short=True,
    ),
    Question(
        "payment_name",
        "online",
        _("Payment name"),
        QuestionKind.LINES,
        asks=_("Name or account they paid from"),
        help=_("As their bank or payment app showed it."),
        identifier=IdentifierKind.PAYMENT,
    ),
)
