"""Sealing and opening the versions of a report. Called by intake, access, additions and tagging only.

How its reporter can be reached ends before the rest does. It is sealed under the report's key as everything is, and
once more under a key of its own that the site holds: alone that key opens nothing, and without it nobody reads it.
"""

from __future__ import annotations

from typing import Any

from django.views.decorators.debug import sensitive_variables

from nums_wagtail.foundation.errors import KeyMissing
from nums_wagtail.vault import data_keys
from nums_wagtail.vault.data_keys import OpenedKey
from nums_wagtail.vault.documents import BUCKET, open_content, open_document, seal_content, seal_document
from nums_wagtail.vault.envelope import Context
from nums_wagtail.vault.holders import KeyHolder, SiteHolder
from nums_wagtail.vault.models import KeyKind

from .models import Report, ReportVersion
from .read import Answers
from .schema import SCHEMA, split_number

#: The group whose answers say how the reporter can be reached.
CONTACT = "contact"
#: Parts of a version's document that hold answers by their name.
_BY_NAME = ("answers", "marked")


def _context(report: Report, number: int, *, field: str = "document") -> Context:
    # The number is bound too, so that nobody can put an earlier version in the place of a later one.
    return Context("nums_wagtail.Report", field, report.uuid, number)


@sensitive_variables()
def add_version(report: Report, key: OpenedKey, answers: Answers, number: int) -> ReportVersion:
    """Seal ``answers`` as version ``number``. Raises VaultError, and then nothing is stored."""
    document = answers.as_document()
    contact = _take_contact_out(document)
    version = ReportVersion(report=report, number=number)
    version.envelope = seal_document(key, _context(report, number), document)
    if contact:
        inner = seal_document(key, _context(report, number, field="contact"), contact)
        outer = _context(report, number, field="contact, outside")
        version.contact = seal_content(_key_for_contact(report), outer, inner, BUCKET)
    version.save(force_insert=True)
    return version


def open_versions(report: Report, holder: KeyHolder) -> list[Answers]:
    """Every version, oldest first. Raises VaultError when a key is missing or a row was changed."""
    return open_versions_with(report, data_keys.open_key(holder, report.data_key))


@sensitive_variables()
def open_versions_with(report: Report, key: OpenedKey) -> list[Answers]:
    """As ``open_versions``, with a key that is open already."""
    outside = _contact_key(report)
    opened = []
    for version in ReportVersion.objects.filter(report=report).order_by("number"):
        document = open_document(key, _context(report, version.number), bytes(version.envelope))
        if version.contact is not None and outside is not None:
            _put_contact_back(document, _open_contact(report, version, key, outside))
        opened.append(Answers.from_document(document))
    return opened


def _open_contact(report: Report, version: ReportVersion, key: OpenedKey, outside: OpenedKey) -> dict[str, Any]:
    number = version.number
    outer = _context(report, number, field="contact, outside")
    inner = open_content(outside, outer, bytes(version.contact or b""))
    return open_document(key, _context(report, number, field="contact"), inner)


def _is_contact(name: str) -> bool:
    key = split_number(name)[0]
    # A question that a site has taken out since is nobody's contact: its answer stays with the report.
    return SCHEMA.asks(key) and SCHEMA.question(key).group == CONTACT


def _take_contact_out(document: dict[str, Any]) -> dict[str, Any]:
    """Remove the answers that say how to reach the reporter, and return them; empty when there are none."""
    taken = {}
    for part in _BY_NAME:
        found = {name: said for name, said in document[part].items() if _is_contact(name)}
        if found:
            taken[part] = found
            document[part] = {name: said for name, said in document[part].items() if name not in found}
    return taken


def _put_contact_back(document: dict[str, Any], contact: dict[str, Any]) -> None:
    for part, found in contact.items():
        document[part] = {**document.get(part, {}), **found}


def _contact_key(report: Report) -> OpenedKey | None:
    """The key that ends with the contact; None where there is none, or it has ended."""
    if report.contact_key is None:
        return None
    try:
        return data_keys.open_key(SiteHolder(), report.contact_key)
    except KeyMissing:
        return None


def _key_for_contact(report: Report) -> OpenedKey:
    """The same, made where there is none. Part of what is adding a version, which holds the report's row."""
    report.contact_key = Report.objects.values_list("contact_key", flat=True).get(pk=report.pk)
    known = _contact_key(report)
    if known is not None:
        return known
    made = data_keys.create(KeyKind.CONTACT)
    report.contact_key = made.id
    report.save(update_fields=["contact_key"])
    return made
