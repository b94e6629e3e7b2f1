"""What the alerts room may refuse.

Refused
├── NotReleased      nothing but a release makes an alert live
├── CannotRelease    the gate says no; its code says which rule
└── LeaksFound       the text holds what must not go out; kind and place only
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from nums_wagtail.foundation.errors import Refused

if TYPE_CHECKING:
    from .leakcheck import Finding


class NotReleased(Refused):
    code = "not_released"
    words = _("An alert goes live only by its release.")


#: Code → what the person at the gate reads.
GATE_WORDS: dict[str, Any] = {
    "not_waiting": _("This alert does not wait for release any more. Please look again."),
    "not_last_step": _("The release must be the last step of its workflow. Please tell an administrator."),
    "newer_version": _("There is a newer version than the one that waits. Send it back and look again."),
    "changed_while_waiting": _("The text was changed while it waited. Send it back and look again."),
    "incomplete": _("A warning line and at least one region are needed."),
    "ended": _("The day on which it ends is over."),
    "own_text": _("You edited this last. Somebody else has to release it."),
    "no_editor": _("Nobody is known to have edited this. Save it again, then submit it."),
    "other_regions": _("It names regions that are not yours. Somebody who works for all of them can release it."),
    "not_cleared": _("It needs checking by a caseworker."),
    "no_lead": _("A child may be at risk. The safeguarding lead has to agree first, on the page of the case."),
    "not_weighed": _(
        "Somebody may know by it who reported. Please tick that you read it with that in mind, then release it."
    ),
    "no_consent": _("No report behind this alert allows a warning."),
    "consent_gone": _("A report behind this alert allows no warning any more. A caseworker has to reread it."),
    "too_early": _(
        "Its reporter asked that no warning goes out yet. It can be released on the day that was chosen."
    ),
    "already_released": _("Exactly this text is released already."),
}


class CannotRelease(Refused):
    def __init__(self, code: str) -> None:
        super().__init__(code, GATE_WORDS[code])


class LeaksFound(Refused):
    code = "leaks"
    words = _("The text holds something that must not go out.")

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__()
