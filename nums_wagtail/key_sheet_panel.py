"""Warns on the home page of Wagtail's admin while the key sheet is missing, and asks for it every six months.

It stands at the front door because the vault knows neither rights nor Wagtail.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.admin.ui.components import Component

from .foundation import policy
from .foundation.actors import Actor
from .foundation.errors import VaultError
from .vault.sheet_checks import SheetStanding, SheetState, standing


class KeySheetPanel(Component):
    """What is wrong with the key sheet, and the command that puts it right."""

    name = "nums_key_sheet"
    template_name = "nums_wagtail/key_sheet_panel.html"
    order = 80

    def __init__(self, found: SheetStanding) -> None:
        self.found = found

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        return {"sentence": sentence(self.found), "command": command(self.found.state)}


def home_panel(request: HttpRequest) -> KeySheetPanel | None:
    """The panel for whoever keeps the scheme's settings, and only while something is to be done."""
    if not policy.may(Actor.person(request.user), "manage_scheme"):
        return None
    try:
        found = standing()
    except VaultError:
        # Without keys nothing works at all; a failed check says so, and the home page must still open.
        return None
    return None if found.state == SheetState.FINE else KeySheetPanel(found)


def sentence(found: SheetStanding) -> str:
    """What is wrong, and what it may lead to."""
    if found.state == SheetState.NO_KEYS:
        return _(
            "This site has no keys of its own yet. That is fine for trying things out. "
            "Before real reports come in, set SITE_KEYS and print the key sheet."
        )
    kids = ", ".join(found.kids)
    if found.state == SheetState.NEVER:
        return _(
            "Nobody has confirmed the key sheet of %(kids)s. "
            "If the server is lost without it, every report is lost with it."
        ) % {"kids": kids}
    since = date_format(found.since, "DATE_FORMAT") if found.since else ""
    return _(
        "The key sheet was last looked at on %(day)s. Please fetch it from its safe and see that it is still readable."
    ) % {"day": since}


def command(state: SheetState) -> str:
    """What whoever keeps the server types."""
    return "manage.py nums_setup --check-key-sheet" if state == SheetState.DUE else "manage.py nums_setup"
