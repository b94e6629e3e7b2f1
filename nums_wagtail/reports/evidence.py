"""Files that come with a report: made harmless, sealed, and kept with it. Copies for outside are in ``leaving``.

``prepare`` does the slow work and belongs outside a transaction; ``add_files`` belongs inside the one that stores
the report, or with the key that a receipt opened. One file is looked at through ``access.open_file``.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Max, QuerySet
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_variables

from nums_wagtail.conf import nums_settings
from nums_wagtail.foundation import journal
from nums_wagtail.foundation.actors import INTAKE, Actor
from nums_wagtail.foundation.errors import Refused
from nums_wagtail.foundation.transactions import verb_transaction
from nums_wagtail.vault.data_keys import OpenedKey

from .cleaning.cleaner import Cleaner
from .cleaning.kinds import PICTURES, Clean, Unfit
from .day_log import write_by_day
from .evidence_sealing import About, Described, Kind, describe, digest, sealed_row
from .models import EvidenceFile, Report
from .uploads import Offered, RefusedFile

ADDED = journal.declare("nums.reports.files_added", _("Files added to a report"))

#: Reason of a file of which nothing could be made that staff may open; its exact bytes are kept.
EXACT_ONLY = "exact_only"
#: Reason of a file for which a report has no room any more.
FULL = "full"


@dataclass(frozen=True, repr=False)
class PreparedFile:
    """A harmless file, its exact bytes if they are to be kept too, and what its sender called it."""

    name: str
    said_type: str
    sent_sha256: str
    #: None when nothing harmless could be made of it and only the exact bytes are kept.
    clean: Clean | None
    exact: bytes | None = None


@dataclass(frozen=True, repr=False)
class Prepared:
    """Files that are ready to be sealed, and those that are not kept, each with its reason."""

    kept: tuple[PreparedFile, ...] = ()
    refused: tuple[RefusedFile, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.kept or self.refused)


@dataclass(frozen=True, repr=False)
class Added:
    """What became of prepared files. ``refused`` holds the earlier refusals too."""

    files: tuple[EvidenceFile, ...] = ()
    refused: tuple[RefusedFile, ...] = ()


@sensitive_variables()
def prepare(
    offered: Iterable[Offered],
    *,
    keep_exact: bool = False,
    refused: Iterable[RefusedFile] = (),
    cleaner: Cleaner | None = None,
) -> Prepared:
    """Make files harmless in a child process; takes up to seconds each. Raises nothing on account of a file.

    ``keep_exact``: also keep each file's bytes as they are, never opened, as evidence; of a file that cannot be
    made harmless too. ``refused``: what ``uploads`` refused already. ``cleaner``: one that is running.
    """
    files = list(offered)
    if not files:
        return Prepared((), tuple(refused))
    if cleaner is not None:
        return _prepare(files, keep_exact, tuple(refused), cleaner)
    with Cleaner() as own:
        return _prepare(files, keep_exact, tuple(refused), own)


def _prepare(
    files: list[Offered], keep_exact: bool, refused: tuple[RefusedFile, ...], cleaner: Cleaner
) -> Prepared:
    kept: list[PreparedFile] = []
    not_kept = list(refused)
    for file in files:
        exact = file.content if keep_exact else None
        clean: Clean | None = None
        try:
            clean = cleaner.clean(file.content)
        except Unfit as unfit:
            not_kept.append(RefusedFile(file.name, unfit.reason if exact is None else EXACT_ONLY))
        if clean is not None or exact is not None:
            kept.append(PreparedFile(file.name, file.said_type, digest(file.content), clean, exact))
    return Prepared(tuple(kept), tuple(not_kept))


@sensitive_variables()
def add_files(report: Report, key: OpenedKey, prepared: Prepared, *, by: Actor = INTAKE) -> Added:
    """Seal files into a report and say what became of each; the same file sent again is there once.

    Works inside the caller's transaction, or opens its own. ``key`` is the report's. Raises VaultError when
    something cannot be sealed, and then nothing is stored.
    """
    if not prepared:
        return Added()
    with verb_transaction():
        # So that two sendings at once do not take the same number.
        Report.objects.select_for_update().filter(pk=report.pk).first()
        shelf = _Shelf(report, key)
        for file in prepared.kept:
            shelf.put(file)
        for refusal in prepared.refused:
            shelf.note(refusal)
        if shelf.files:
            write_by_day(report, ADDED, by=by, data={"files": len(shelf.files)})
    return Added(tuple(shelf.files), (*prepared.refused, *shelf.no_room))


def add_copy(original: EvidenceFile, key: OpenedKey, told: About, content: bytes) -> EvidenceFile:
    """Keep a copy that was made of a file, inside the caller's transaction. Raises Refused when there is no room."""
    Report.objects.select_for_update().filter(pk=original.report_id).first()
    return _Shelf(original.report, key).put_copy(original, told, content)


class _Shelf:
    """The files of one report while some are added."""

    def __init__(self, report: Report, key: OpenedKey) -> None:
        self._report = report
        self._key = key
        there = describe(files_of(report), key)
        came = [one for one in there if one.original_id is None]
        #: (whether it is the exact one, SHA-256 of what was sent) → id of the file.
        self._known = {(one.about.kind == Kind.EXACT, one.about.sent_sha256): str(one.uuid) for one in came}
        self._refusals = {(one.about.name, one.about.reason) for one in there if one.about.reason}
        self._room = nums_settings().reports.EVIDENCE_FILES_A_REPORT - len(there)
        self._next = (files_of(report).aggregate(last=Max("number"))["last"] or 0) + 1
        self.files: list[EvidenceFile] = []
        self.no_room: list[RefusedFile] = []

    def put(self, file: PreparedFile) -> None:
        wanted = (file.clean is not None) + (file.exact is not None)
        if self._room < wanted:
            self.no_room.append(RefusedFile(file.name, FULL))
            return
        if file.clean is not None and (False, file.sent_sha256) not in self._known:
            clean = file.clean
            told = About(
                kind_of_clean(clean),
                file.name,
                clean.type,
                file.said_type,
                digest(clean.content),
                file.sent_sha256,
                len(clean.content),
                facts=clean.facts,
            )
            self._store(told, clean.content)
        if file.exact is not None and (True, file.sent_sha256) not in self._known:
            told = About(
                Kind.EXACT,
                file.name,
                "exact",
                file.said_type,
                file.sent_sha256,
                file.sent_sha256,
                len(file.exact),
                beside=self._known.get((False, file.sent_sha256), ""),
            )
            self._store(told, file.exact)

    def note(self, refusal: RefusedFile) -> None:
        """Remember that a file was refused, so that its sender finds out why on the receipt page too."""
        told = refusal.reason == EXACT_ONLY or (refusal.name, refusal.reason) in self._refusals
        if self._room < 1 or told:
            return
        self._refusals.add((refusal.name, refusal.reason))
        self._store(About(Kind.REFUSED, refusal.name, reason=refusal.reason), None)

    def put_copy(self, original: EvidenceFile, told: About, content: bytes) -> EvidenceFile:
        if self._room < 1:
            raise Refused("full", _("This report has as many files and copies as it can have."))
        return self._store(told, content, original)

    def _store(self, told: About, content: bytes | None, original: EvidenceFile | None = None) -> EvidenceFile:
        row = EvidenceFile(report=self._report, number=self._next, original=original)
        sealed_row(row, self._key, told, content).save(force_insert=True)
        if original is None:
            self._known[told.kind == Kind.EXACT, told.sent_sha256] = str(row.uuid)
        self._next += 1
        self._room -= 1
        if content is not None:
            self.files.append(row)
        return row


def kind_of_clean(clean: Clean) -> Kind:
    """What a harmless file is to those who work with it."""
    if clean.type in PICTURES:
        return Kind.PICTURE
    return Kind.DOCUMENT if clean.type == "pdf" else Kind.RECORDING


def files_of(report: Report) -> QuerySet[EvidenceFile]:
    """The files of a report in the order they came, content left in the database, nothing opened."""
    return EvidenceFile.objects.filter(report=report).defer("content").order_by("number")


def described(report: Report, key: OpenedKey) -> tuple[Described, ...]:
    """What is known about each file, with the report's key: for the receipt page and the page of a case."""
    return describe(files_of(report), key)


@dataclass(frozen=True, repr=False)
class OwnFiles:
    """What a reporter reads about the files they sent: each once, without copies that staff made."""

    kept: tuple[Described, ...]
    refused: tuple[RefusedFile, ...]


def own_files(report: Report, key: OpenedKey) -> OwnFiles:
    """The files that came from the reporter, for the receipt page: those that are here, and those that are not."""
    came = [one for one in described(report, key) if one.original_id is None]
    kept = [one for one in came if one.about.kind != Kind.REFUSED and not one.about.beside]
    refused = [RefusedFile(one.about.name, one.about.reason) for one in came if one.about.kind == Kind.REFUSED]
    return OwnFiles(tuple(kept), tuple(refused))


def file_row(file_uuid: uuid.UUID) -> EvidenceFile | None:
    """The row of a file with its report, unopened. For whoever asks the door next."""
    return EvidenceFile.objects.select_related("report").filter(uuid=file_uuid).first()
