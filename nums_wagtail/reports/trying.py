"""A button of a form was pressed: a report is stored, or the form comes back and says why."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from nums_wagtail.foundation.actors import INTAKE, Actor
from nums_wagtail.foundation.errors import BadInput

from . import form_page
from .form_page import Notice
from .form_state import Read
from .intake import Accepted
from .pages import ReportPageMixin
from .sending import Filled, send, with_files
from .uploads import Sent


@dataclass(frozen=True, repr=False)
class Tried:
    """What became of it. Without ``accepted`` the form has to be shown again, with ``notice`` above it."""

    filled: Filled
    accepted: Accepted | None = None
    notice: Notice | None = None


@sensitive_variables()
def try_to_send(
    filled: Filled,
    sent: Sent,
    read: Read,
    page: ReportPageMixin | None = None,
    *,
    pressed: bool,
    by: Actor = INTAKE,
) -> Tried:
    """Store what was filled in. ``pressed``: a button that sends was pressed, and so the files are looked at.

    Raises VaultError and NotSent as ``accept_report``.
    """
    if pressed:
        filled = with_files(filled, sent)
    if not filled.may_be_sent:
        return Tried(filled)  # each error stands beside its field
    if not read.fresh and not filled.with_files:
        return Tried(filled, notice=pressed_late())
    if not pressed:
        return Tried(filled, notice=who_may_we_tell())
    try:
        return Tried(filled, send(filled, read.showing, page, by=by))
    except BadInput as wrong:
        form_page.add_errors(filled.form, wrong)
        return Tried(filled)


def pressed_late() -> Notice:
    """The form lay open for longer than its state is good for."""
    return Notice(
        _("Please press the button once more"),
        _("This page was open for a long time. Your words are still here. They were not sent yet."),
    )


def who_may_we_tell() -> Notice:
    """No button was pressed that says who may be told, as when Enter was pressed in a field."""
    return Notice(_("Who may we tell?"), _("Your words are still here. Choose one of the two buttons at the end."))
