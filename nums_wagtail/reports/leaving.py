"""What of a report's files may leave the scheme, and the copies with parts blocked out that may.

A referral, an export or whatever else hands a file to somebody asks ``leaving_copy`` and nothing else. A picture
leaves as a copy that a person has looked at and blocked parts out of. What cannot be blocked out (PDF files,
recordings) and exact files leave only where the reporter is named anyway.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor

from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_variables

from nums_wagtail.foundation import journal, policy
from nums_wagtail.foundation.actors import Actor
from nums_wagtail.foundation.errors import BadInput, NotThere, Refused
from nums_wagtail.foundation.transactions import verb_transaction
from nums_wagtail.vault import data_keys
from nums_wagtail.vault.holders import KeyHolder

from . import access, consent, evidence, evidence_sealing
from .cleaning.cleaner import Cleaner
from .cleaning.kinds import Clean, Unfit
from .consent import Purpose
from .evidence_sealing import About, Kind, OpenedFile
from .models import ConsentEvent, EvidenceFile
from .uploads import refusal_words

BLOCKED_OUT = journal.declare("nums.reports.file_blocked_out", _("Copy of a picture made with parts blocked out"))
HANDED_OVER = journal.declare("nums.reports.file_handed_over", _("File of a report handed over"))

#: Purposes for which a reporter gives their name, so that a file that may show it can go along.
NAMED = frozenset({Purpose.POLICE_NAMED})

#: Purposes for which anything of a report goes to somebody outside.
OUTSIDE = frozenset({Purpose.POLICE_ANONYMOUS, Purpose.POLICE_NAMED, Purpose.PARTNERS, Purpose.RESEARCH})

#: Parts of one picture.
MOST_PARTS = 60


STAYS = _(
    "This file stays in the case. A picture leaves as a copy with parts blocked out; "
    "PDF files, recordings and exact files leave with a named report to the police only."
)


@dataclass(frozen=True)
class Part:
    """A part of a picture: its left and upper edge, width and height in percent of the picture's."""

    left: float
    top: float
    width: float
    height: float

    @property
    def is_inside(self) -> bool:
        return 0 <= self.left < 100 and 0 <= self.top < 100 and self.width > 0 and self.height > 0

    def pixels(self, width: int, height: int) -> tuple[int, int, int, int]:
        """Left, top, right and bottom in a picture of that size; never smaller than what was marked."""
        return (
            floor(self.left * width / 100),
            floor(self.top * height / 100),
            min(width, ceil((self.left + self.width) * width / 100)),
            min(height, ceil((self.top + self.height) * height / 100)),
        )


@dataclass(frozen=True, repr=False)
class LeavingCopy:
    """A file as it may leave, and the entry of the ledger that allows it."""

    opened: OpenedFile
    allowed_by: ConsentEvent


@sensitive_variables()
def block_out(
    holder: KeyHolder, file_uuid: uuid.UUID, parts: Sequence[Part], *, by: Actor, cleaner: Cleaner | None = None
) -> EvidenceFile:
    """Make a copy of a picture with ``parts`` painted over, and keep it beside. No part: nothing needs hiding.

    The copy is made from fresh pixels in the child process; nothing of what was painted over is in it. Call it
    outside a transaction. Raises NotAllowed, NotThere, Refused for what is no picture or a report that is full,
    BadInput for parts outside the picture, VaultError.
    """
    policy.require(by, "work_case")
    if len(parts) > MOST_PARTS or not all(part.is_inside for part in parts):
        raise BadInput({"parts": [_("Each part must lie in the picture and be larger than nothing.")]})
    opened = access.open_file(holder, file_uuid, by=by, why="block")
    if opened.about.kind != Kind.PICTURE:
        raise Refused("no_picture", _("Only a picture as it came in can have parts blocked out."))
    copy = _painted(opened, parts, cleaner)
    report = opened.file.report
    key = data_keys.open_key(holder, report.data_key)
    told = About(
        Kind.BLOCKED,
        opened.about.name,
        copy.type,
        sha256=evidence_sealing.digest(copy.content),
        sent_sha256=opened.about.sha256,
        size=len(copy.content),
        facts=copy.facts,
    )
    with verb_transaction():
        row = evidence.add_copy(opened.file, key, told, copy.content)
        entry = {"file": str(opened.file.uuid), "copy": str(row.uuid), "parts": len(parts)}
        journal.write(report, BLOCKED_OUT, by=by, data=entry)
    return row


@sensitive_variables()
def _painted(opened: OpenedFile, parts: Sequence[Part], cleaner: Cleaner | None) -> Clean:
    width, height = opened.about.facts["width"], opened.about.facts["height"]
    boxes = [part.pixels(width, height) for part in parts]
    try:
        if cleaner is not None:
            return cleaner.block_out(opened.content, boxes)
        with Cleaner() as own:
            return own.block_out(opened.content, boxes)
    except Unfit as unfit:
        raise Refused(unfit.reason, refusal_words(unfit.reason)) from None


def may_leave(about: About, purpose: Purpose) -> bool:
    """Whether a file of this kind may be handed over for ``purpose`` at all. Whether its reporter agreed is consent."""
    if about.kind == Kind.BLOCKED:
        return purpose in OUTSIDE
    return about.kind in (Kind.DOCUMENT, Kind.RECORDING, Kind.EXACT) and purpose in NAMED


@sensitive_variables()
def leaving_copy(holder: KeyHolder, file_uuid: uuid.UUID, *, purpose: Purpose, by: Actor) -> LeavingCopy:
    """The one way by which a file leaves: checked, logged, with the consent that allows it.

    Raises NotAllowed without the right to disclose, NotThere when there is no such file, Refused when it may not
    leave for this purpose (``stays``) or its reporter has not said yes to it (``no_consent``), VaultError.
    """
    policy.require(by, "disclose")
    row = evidence.file_row(file_uuid)
    if row is None or row.content is None:
        raise NotThere()
    key = data_keys.open_key(holder, row.report.data_key)
    if not may_leave(evidence_sealing.about(row, key), purpose):
        raise Refused("stays", STAYS)
    with verb_transaction():
        event = consent.allows(row.report, purpose)
        if event is None:
            raise Refused("no_consent", _("The reporter has not agreed to this."))
        opened = evidence_sealing.open_row(row, key)
        journal.write(
            row.report,
            HANDED_OVER,
            by=by,
            data={"file": str(row.uuid), "purpose": str(purpose), "entry": event.pk},
        )
    return LeavingCopy(opened, event)
