"""Sealing and opening the versions of a report. Called by intake, access and tagging only."""

from __future__ import annotations

from nums_wagtail.vault import data_keys
from nums_wagtail.vault.data_keys import OpenedKey
from nums_wagtail.vault.documents import open_document, seal_document
from nums_wagtail.vault.envelope import Context
from nums_wagtail.vault.holders import KeyHolder

from .models import Report, ReportVersion
from .read import Answers


def _context(report: Report, number: int) -> Context:
    # The number is bound too, so that nobody can put an earlier version in the place of a later one.
    return Context("nums_wagtail.Report", "document", report.uuid, number)


def add_version(report: Report, key: OpenedKey, answers: Answers, number: int) -> ReportVersion:
    """Seal ``answers`` as version ``number``. Raises VaultError, and then nothing is stored."""
    envelope = seal_document(key, _context(report, number), answers.as_document())
    return ReportVersion.objects.create(report=report, number=number, envelope=envelope)


def open_versions(report: Report, holder: KeyHolder) -> list[Answers]:
    """Every version, oldest first. Raises VaultError when a key is missing or a row was changed."""
    return open_versions_with(report, data_keys.open_key(holder, report.data_key))


def open_versions_with(report: Report, key: OpenedKey) -> list[Answers]:
    """As ``open_versions``, with a key that is open already."""
    return [
        Answers.from_document(open_document(key, _context(report, version.number), bytes(version.envelope)))
        for version in ReportVersion.objects.filter(report=report).order_by("number")
    ]
