"""Sealing and opening files of a report: a document about the file and the file itself. Called by evidence and access.

Both are bound to the file's own id. What kind of file it is, its name, size, digest and time are in the document,
so that the tables say no more than how many files a report has and roughly how large they are.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_variables

from nums_wagtail.foundation.errors import CannotOpen, Words
from nums_wagtail.vault.data_keys import OpenedKey
from nums_wagtail.vault.documents import open_content, open_document, seal_content, seal_document
from nums_wagtail.vault.envelope import Context

from .cleaning.kinds import TYPES
from .models import EvidenceFile
from .uploads import refusal_words

#: Bytes up to whose next multiple a file is filled before it is sealed.
BUCKET = 64 * 1024
MODEL = "nums_wagtail.EvidenceFile"


class Kind(models.TextChoices):
    """What a file is to those who work with it."""

    PICTURE = "picture", _("Picture")
    DOCUMENT = "document", _("PDF")
    RECORDING = "recording", _("Recording")
    EXACT = "exact", _("Exact file, kept unopened")
    BLOCKED = "blocked", _("Picture with parts blocked out")
    REFUSED = "refused", _("Not kept")


@dataclass(frozen=True, repr=False)
class About:
    """What is known about a file. Sealed; has no useful ``repr``."""

    kind: Kind
    name: str
    #: A key of ``cleaning.kinds.TYPES``; empty for a refused one.
    type: str = ""
    said_type: str = ""
    #: SHA-256 of what is kept, and of what was sent.
    sha256: str = ""
    sent_sha256: str = ""
    size: int = 0
    at: datetime = field(default_factory=timezone.now)
    reason: str = ""
    #: Id of the clean file that an exact one was kept beside.
    beside: str = ""
    facts: dict[str, int | bool] = field(default_factory=dict)

    @property
    def media_type(self) -> str:
        return TYPES.get(self.type, TYPES["exact"])[0]

    @property
    def ending(self) -> str:
        return TYPES.get(self.type, TYPES["exact"])[1]

    @property
    def words(self) -> Words:
        """Why it was not kept; empty for a file that was."""
        return refusal_words(self.reason) if self.reason else ""

    def as_document(self) -> dict[str, Any]:
        return {
            "kind": str(self.kind),
            "name": self.name,
            "type": self.type,
            "said_type": self.said_type,
            "sha256": self.sha256,
            "sent_sha256": self.sent_sha256,
            "size": self.size,
            "at": self.at.isoformat(),
            "reason": self.reason,
            "beside": self.beside,
            "facts": self.facts,
        }

    @classmethod
    def from_document(cls, document: dict[str, Any]) -> About:
        return cls(**{**document, "kind": Kind(document["kind"]), "at": datetime.fromisoformat(document["at"])})


@dataclass(frozen=True, repr=False)
class Described:
    """A file of a report with what is known about it, its content unopened."""

    uuid: uuid.UUID
    number: int
    original_id: int | None
    row_id: int
    about: About


@dataclass(frozen=True, repr=False)
class OpenedFile:
    """A file and what is in it. Hand it to a response and forget it."""

    file: EvidenceFile
    about: About
    content: bytes


@sensitive_variables()
def sealed_row(row: EvidenceFile, key: OpenedKey, about: About, content: bytes | None) -> EvidenceFile:
    """``row`` with everything sealed into it, not saved yet. Raises CannotSeal."""
    row.envelope = seal_document(key, _context(row, "envelope"), about.as_document())
    row.content = None if content is None else seal_content(key, _context(row, "content"), content, BUCKET)
    return row


@sensitive_variables()
def about(row: EvidenceFile, key: OpenedKey) -> About:
    """What is known about a file. Raises CannotOpen."""
    return About.from_document(open_document(key, _context(row, "envelope"), bytes(row.envelope)))


def describe(rows: Iterable[EvidenceFile], key: OpenedKey) -> tuple[Described, ...]:
    """As ``about``, for several. Raises CannotOpen rather than leave one out."""
    return tuple(Described(row.uuid, row.number, row.original_id, row.pk, about(row, key)) for row in rows)


@sensitive_variables()
def open_row(row: EvidenceFile, key: OpenedKey) -> OpenedFile:
    """The file with its content. Raises CannotOpen, also when the content is not what it was when it was kept."""
    told = about(row, key)
    if row.content is None:
        raise CannotOpen("no_content")
    content = open_content(key, _context(row, "content"), bytes(row.content))
    if digest(content) != told.sha256:
        raise CannotOpen("wrong_digest")
    return OpenedFile(row, told, content)


def digest(content: bytes) -> str:
    """SHA-256 in hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def _context(row: EvidenceFile, name: str) -> Context:
    return Context(MODEL, name, row.uuid)
