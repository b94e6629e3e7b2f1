"""What the members' room gives to earlier rooms: a clock, a schedule and its log actions."""

from __future__ import annotations

from importlib import import_module

from django.utils.translation import gettext_lazy as _

from ..foundation.clocks import Clock, clocks
from ..mailing.schedules import Planned, schedules
from ..vault.rotation import on_site_keys
from .retagging import TAGS
from .signin import forget_old_links

OWNER = "nums_wagtail.members"

LINKS_CLOCK = Clock(_("Sign-in links past their time"), forget_old_links)
DOOR = Planned("nums_wagtail.members.tasks.answer_waiting_knocks", minutes=1)


def register() -> None:
    """Also imports the verbs, so that their log actions are declared before the admin lists any."""
    clocks.register("members.sign_in_links", LINKS_CLOCK, owner=OWNER)
    on_site_keys.register("members.tags", TAGS, owner=OWNER)
    schedules.register("members.door", DOOR, owner=OWNER)
    for verbs in ("joining", "preferences"):
        import_module(f"{__package__}.{verbs}")
