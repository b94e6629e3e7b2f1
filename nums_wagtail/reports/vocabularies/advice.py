"""What a reader of a warning is told to do. Codes are stored for years: add, reword, but never rename one."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from .making import listed

ADVICE = listed(
    "advice",
    ("refuse", _("Do not take a booking.")),
    ("check_number", _("Check the number before you answer.")),
    ("not_alone", _("Do not go alone.")),
    ("pay_first", _("Take payment first, in a way that cannot be called back.")),
    ("do_not_confront", _("Do not follow, confront or message this person.")),
    ("tell_others", _("Tell people you work with.")),
    ("tell_us", _("Tell us if you meet this person.")),
    ("avoid_place", _("Stay away from this place for now.")),
    ("keep_evidence", _("Keep messages and pictures as proof.")),
)
