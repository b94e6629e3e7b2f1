"""Notes of staff on a case, sealed under the key of the case."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..foundation import journal, policy
from ..foundation.actors import Actor
from ..foundation.errors import BadInput, Refused
from ..foundation.transactions import verb_transaction
from ..vault import data_keys
from ..vault.data_keys import OpenedKey
from ..vault.documents import open_document, seal_document
from ..vault.envelope import Context
from ..vault.holders import KeyHolder, TeamHolder
from .models import Case, CaseNote

NOTED = journal.declare("nums.casework.noted", _("Note written on a case"))

#: Longest note, in characters.
NOTE_CHARACTERS = 20_000


@dataclass(frozen=True, repr=False)
class OpenedNote:
    """A note as its readers see it. ``by`` is None when the account has gone."""

    by: Any
    written_on: date
    text: str

    def __repr__(self) -> str:
        return "OpenedNote()"


def write_note(case: Case, text: str, *, by: Actor, holder: KeyHolder | None = None) -> CaseNote:
    """Add a note. ``holder`` opens the key of the case; the team's own by default.

    Raises BadInput for an empty or too long note, Refused when the report was deleted, VaultError when it
    cannot be sealed; then nothing is stored.
    """
    policy.require(by, "work_case")
    words = text.strip()
    if not words:
        raise BadInput({"text": [_("Write something, or leave the note out.")]})
    if len(words) > NOTE_CHARACTERS:
        longest = _("This note is too long. Keep it below %(count)s characters.") % {"count": NOTE_CHARACTERS}
        raise BadInput({"text": [longest]})
    if not case.case_reports.exists():
        raise Refused("case_empty", _("The report of this case was deleted. There is nothing left to work on."))
    note = CaseNote(case=case, by_id=by.user_id, written_on=timezone.localdate())
    key = data_keys.open_key(holder or TeamHolder(), case.data_key)
    note.envelope = seal_document(key, _context(note), {"text": words})
    with verb_transaction():
        note.save()
        journal.write(case, NOTED, by=by, data={"note": str(note.uuid)})
    return note


def read_notes(key: OpenedKey, notes: Iterable[CaseNote]) -> list[OpenedNote]:
    """Open notes; called by ``access`` alone. Raises CannotOpen rather than leave one out."""
    return [
        OpenedNote(note.by, note.written_on, open_document(key, _context(note), bytes(note.envelope))["text"])
        for note in notes
    ]


def _context(note: CaseNote) -> Context:
    return Context("nums_wagtail.CaseNote", "envelope", note.uuid)
