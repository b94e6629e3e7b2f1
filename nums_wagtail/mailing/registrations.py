"""What the mailing room gives to the foundation, and its own entries in its own registries."""

from __future__ import annotations

from datetime import time

from django.utils.translation import gettext_lazy as _

from ..foundation.clocks import Clock, clocks
from ..vault.rotation import on_site_keys
from .letters import end_old_letters
from .retagging import SUPPRESSIONS
from .schedules import Planned, schedules

OWNER = "nums_wagtail.mailing"


LETTERS_CLOCK = Clock(_("Finished letters, after 30 days"), end_old_letters)
SWEEP = Planned("nums_wagtail.mailing.tasks.send_waiting_mail", minutes=1)
BEAT = Planned("nums_wagtail.mailing.tasks.beat", minutes=1)
CLOCKS = Planned("nums_wagtail.mailing.tasks.run_clocks", at=time(3, 30), kept=True)


def register() -> None:
    clocks.register("mailing.letters", LETTERS_CLOCK, owner=OWNER)
    on_site_keys.register("mailing.suppressions", SUPPRESSIONS, owner=OWNER, order=200)
    schedules.register("mailing.sweep", SWEEP, owner=OWNER)
    schedules.register("mailing.beat", BEAT, owner=OWNER)
    schedules.register("foundation.clocks", CLOCKS, owner=OWNER)
